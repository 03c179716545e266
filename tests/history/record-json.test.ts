import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRecordPath, recordPath, recordsFolder } from "../../src/core/history/layout.ts";
import { readRecord, writeRecord } from "../../src/core/history/record-json.ts";
import type { RunRecord } from "../../src/core/model/history.ts";
import { amount, commit, day, ratio, record } from "./records.ts";

const whole = record(7, {
  kpis: new Map([
    ["coverage.lines", { unit: "%", better: "higher", value: ratio(1, 3) }],
    ["tests.duration", { unit: "ms", better: "lower", value: amount(12.5) }],
  ]),
  tests: {
    counts: { total: 2, passed: 1, failed: 1, errored: 0, skipped: 0, flaky: 1 },
    failing: [{ test: "a > b", message: "boom" }],
    flaky: ["a > c"],
  },
});
const text = writeRecord(whole);
const changed = (change: (given: Record<string, unknown>) => void): string => {
  const given = JSON.parse(text) as Record<string, unknown>;
  change(given);
  return JSON.stringify(given);
};

const refused: readonly (readonly [string, string, RegExp])[] = [
  ["nothing", "", /not well-formed JSON/],
  ["half a record", text.slice(0, text.length / 2), /not well-formed JSON/],
  ["a list", "[]", /no object/],
  ["something else", "{}", /does not say that it is a record/],
  ["a newer form", changed((given) => (given["schema"] = 2)), /form 2 of a newer version; this one reads 1/],
  ["an older form", changed((given) => (given["schema"] = 0)), /does not say that it is a record/],
  ["a commit that is none", changed((given) => (given["sha"] = "main")), /no commit for sha/],
  ["a run without a number", changed((given) => (given["number"] = 0)), /no whole number for number/],
  ["a number beyond exactness", changed((given) => (given["id"] = 2 ** 53)), /no whole number for id/],
  [
    "a time of another zone",
    changed((given) => (given["at"] = "2026-01-01T00:00:00+02:00")),
    /no time in at/,
  ],
  ["a day that does not exist", changed((given) => (given["at"] = "2026-13-01T00:00:00Z")), /no time in at/],
  ["an unknown outcome", changed((given) => (given["outcome"] = "green")), /no outcome/],
  [
    "more than all of it",
    changed(
      (given) =>
        (given["kpis"] = {
          "coverage.lines": { unit: "%", better: "higher", value: { kind: "ratio", part: 3, whole: 2 } },
        }),
    ),
    /more than all of coverage.lines/,
  ],
  [
    "a number that is none",
    changed(
      (given) =>
        (given["kpis"] = { a: { unit: "ms", better: "lower", value: { kind: "amount", amount: null } } }),
    ),
    /no number for a/,
  ],
  [
    "no good direction",
    changed((given) => (given["kpis"] = { a: { unit: "ms", value: {} } })),
    /no good direction for a/,
  ],
  ["a name that never ends", changed((given) => (given["branch"] = "x".repeat(501))), /no text for branch/],
  [
    "more KPIs than anyone has",
    changed(
      (given) => (given["kpis"] = Object.fromEntries(Array.from({ length: 5_001 }, (_, i) => [`k${i}`, {}]))),
    ),
    /more than 5000 entries in kpis/,
  ],
  ["a record that never ends", `${text}${" ".repeat(1 << 22)}`, /is longer than/],
];

describe("records", () => {
  test("are read as they were written", () => {
    expect(readRecord(text)).toEqual({ record: whole });
  });

  test.each(refused)("%s is refused", (_, given, why) => {
    const read = readRecord(given);
    expect("wrong" in read && read.wrong).toMatch(why);
    expect("wrong" in read && read.wrong).not.toMatch(/undefined|\[object/);
  });

  test("keep what a hostile test report calls its tests", () => {
    const failing = [{ test: '__proto__ > "\u2028</script>', message: "::error::" }];
    const hostile: RunRecord = { ...whole, tests: { ...whole.tests!, failing } };
    expect(readRecord(writeRecord(hostile))).toEqual({ record: hostile });
  });

  test("cut or changed at any place they are the same record, a valid one or none, and never an exception", () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 2 }), (at, put) => {
        const read = readRecord(text.slice(0, at) + put + text.slice(at + 1));
        expect("record" in read || read.wrong.length > 0).toBe(true);
        if (at < text.length - 2) expect("wrong" in readRecord(text.slice(0, at))).toBe(true);
      }),
    );
  });
});

describe("the layout", () => {
  test("has a folder for each month, in UTC, and a file for each run and attempt", () => {
    expect(recordPath({ at: "2026-02-28T23:59:59.999Z", id: 12, attempt: 3 })).toBe("2026-02/12-3.json");
    expect([recordsFolder("phase-gate"), recordsFolder("web")]).toEqual(["runs", "gates/web/runs"]);
  });

  test.each(["2026-02/12-3.json", "2026-12/9007199254740991-99.json"])("%s is a record", (path) => {
    expect(isRecordPath(path)).toBe(true);
  });

  test.each([
    "2026-02/.x.tmp",
    "2026-02/012-1.json",
    "2026-02/1-0.json",
    "2026-02/1.json",
    "../1-1.json",
    "2026-02/a/1-1.json",
  ])("%s is none", (path) => {
    expect(isRecordPath(path)).toBe(false);
  });

  test("a commit may be named by SHA-256", () => {
    expect(
      readRecord(writeRecord({ ...whole, sha: commit(1).padStart(64, "0"), at: day(1) })),
    ).toHaveProperty("record");
  });
});
