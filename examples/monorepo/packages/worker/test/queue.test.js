import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Queue } from "../src/queue.js";

describe("queue", () => {
  let queue;

  beforeEach(() => {
    queue = new Queue();
  });

  test("hands out jobs in the order they are due", () => {
    queue.add("notify", 20);
    queue.add("sort", 10);
    assert.deepEqual([queue.take(30).name, queue.take(30).name], ["sort", "notify"]);
  });

  test("keeps a job until it is due", () => {
    queue.add("notify", 20);
    assert.equal(queue.take(19), undefined);
    assert.equal(queue.size, 1);
  });

  test("takes a job of one name once", () => {
    assert.equal(queue.add("notify", 20), true);
    assert.equal(queue.add("notify", 40), false);
  });

  test("is empty at first", () => {
    assert.equal(queue.take(0), undefined);
  });
});
