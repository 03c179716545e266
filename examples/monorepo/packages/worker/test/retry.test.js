import assert from "node:assert/strict";
import { test } from "node:test";
import { delay, Queue } from "../src/queue.js";

test("a failed job waits twice as long each time", () => {
  assert.deepEqual([1, 2, 3].map(delay), [30, 60, 120]);
});

test("a failed job waits an hour at most", () => {
  assert.equal(delay(12), 3600);
});

test("a failed job comes back when its time has come", () => {
  const queue = new Queue();
  queue.add("notify", 0);
  assert.equal(queue.retry(queue.take(0), 100), true);
  assert.equal(queue.take(129), undefined);
  assert.equal(queue.take(130).failed, 1);
});

test("a job that fails too often is given up", () => {
  const queue = new Queue({ attempts: 1 });
  queue.add("notify", 0);
  assert.equal(queue.retry(queue.take(0), 0), false);
});
