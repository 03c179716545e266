import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { byDepot, load } from "../src/load.js";

describe("load", () => {
  test("fills vans with the heaviest parcels first", () => {
    const parcels = [
      { number: "A", grams: 300 },
      { number: "B", grams: 700 },
      { number: "C", grams: 600 },
    ];
    assert.deepEqual(load(parcels, 1000), [
      { parcels: ["B", "A"], grams: 1000 },
      { parcels: ["C"], grams: 600 },
    ]);
  });

  test("refuses a parcel that fits nowhere", () => {
    assert.throws(() => load([{ number: "A", grams: 1001 }], 1000), /1001 g do not fit/);
  });

  test("groups parcels by depot", () => {
    const depots = byDepot([{ depot: "Ulm" }, { depot: "Kiel" }, { depot: "Ulm" }, {}]);
    assert.deepEqual([...depots.keys()], ["Kiel", "Ulm", "unknown"]);
  });
});
