import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { improve, length, tour } from "../src/route.js";

const depot = { x: 0, y: 0 };
const near = { x: 1, y: 1 };
const middle = { x: 2, y: 3 };
const far = { x: 6, y: 4 };

describe("tour", () => {
  test("goes to the nearest stop next", () => {
    assert.deepEqual(tour(depot, [far, near, middle]), [near, middle, far]);
  });

  test("without stops is empty", () => {
    assert.deepEqual(tour(depot, []), []);
    assert.equal(length(depot, []), 0);
  });

  test("ends where it began", () => {
    assert.equal(length(depot, [near, middle, far]), 20);
  });

  test("gets shorter when a part is turned around", () => {
    const crossed = [middle, near, far];
    assert.ok(length(depot, improve(depot, crossed)) < length(depot, crossed));
  });
});
