import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumCoverage } from "../../src/core/measure/coverage-sums.ts";
import type { ReadFile } from "../../src/core/model/evidence.ts";
import { type Format, formats } from "../../src/core/read/index.ts";
import { filesBelow, readText, testPath } from "../runner/bytes.ts";
import { seconds, seed } from "./share.ts";

/** Words of the engine that no message may hold. */
const internals = /undefined|\[object |(?:Type|Range|Syntax)Error|Maximum call/;

/** Files of every format, sound and bad ones, to take to pieces. */
const examples = ["genuine", "read", "probes"]
  .flatMap((folder) => filesBelow(testPath(folder)).map((file) => readFileSync(testPath(folder, file))))
  .filter((bytes) => bytes.length < 20_000)
  .map((bytes) => ({ format: readText(bytes).format, text: bytes.toString("latin1") }))
  // Messages quote files, and one that speaks of internals itself would be taken for us.
  .filter(({ text }) => !internals.test(text));

/** Markup, texts in quotes, numbers, line ends, and what is between. */
const token = /<[^\s>]*|\/?>|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|\r?\n|[[\]{}:,=]|[^<>"\d\n[\]{}:,=]+/g;

/** What readers have stumbled over before, or might. */
const snares: readonly string[] = [
  ["<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE x>", "&", "&lt;", "&#0;"],
  ["&#x110000;", "&x;", '"', "'", "\\", "\\u0000", "{", "}", "[", "]", ",", ":", "=", "\0", "\u001b[31m"],
  ["\r", "\n", "\r\n", "\t", " ", "\xff", "\xef\xbb\xbf", "\xf0\x9f\x98\x80", "\xed\xa0\x80", "__proto__"],
  ["constructor", "0", "-0", "-1", "00", "1e999", "-1e999", "1.5", "4194304", "9007199254740993", "NaN"],
  [
    "Infinity",
    "null",
    "true",
    "[]",
    "{}",
    '""',
    "end_of_record\n",
    "SF:x\n",
    "DA:1,1\n",
    "1..9\n",
    "not ok\n",
  ],
].flat();

type Edit = readonly [kind: "delete" | "repeat" | "swap" | "snare" | "graft", at: number, what: number];

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.tuple(fc.constantFrom("delete", "repeat", "swap", "snare", "graft"), fc.nat(), fc.nat()),
  { minLength: 1, maxLength: 8 },
);

/** Applies edits to the tokens of one example; grafts come from another. */
function edited(text: string, donor: string, todo: readonly Edit[]): Buffer {
  const tokens = text.match(token) ?? [];
  const others = donor.match(token) ?? [""];
  for (const [kind, place, what] of todo) {
    const at = place % (tokens.length + 1);
    const length = 1 + (what % 5);
    if (kind === "delete") tokens.splice(at, length);
    else if (kind === "repeat") tokens.splice(at, 0, ...tokens.slice(at, at + length * 8));
    else if (kind === "swap") tokens.splice(what % (tokens.length + 1), 0, ...tokens.splice(at, length));
    else if (kind === "snare") tokens.splice(at, what % 2, snares[what % snares.length]!);
    else tokens.splice(at, 0, ...others.slice(what % others.length, (what % others.length) + length * 4));
  }
  return Buffer.from(tokens.join(""), "latin1");
}

/** Everything a reader said of some bytes, and that it makes sense in itself. */
function sense({ facts, problems: told }: ReadFile, bytes: Buffer): unknown {
  // Pieces of a file can come to such words by themselves, and messages quote it.
  const quoting = internals.test(bytes.toString("latin1"));
  for (const { message, hint = "" } of told) {
    expect(quoting ? message.replace(/".*"/s, "") + hint : message + hint).not.toMatch(internals);
  }
  // How much of the place in question a message quotes is a matter of what is at hand.
  const problems = told.map((one) => ({ ...one, message: one.message.replace(/".*"/s, "") }));
  if (facts?.kind === "tests") {
    const { total, passed, failed, errored, skipped, flaky } = facts.tests.counts;
    expect(total).toBe(passed + failed + errored + skipped);
    expect(flaky).toBeLessThanOrEqual(passed);
    expect(facts.tests.seconds).toBeGreaterThanOrEqual(0);
    expect(facts.tests.seconds).toBeLessThan(Number.POSITIVE_INFINITY);
    return { problems, ...facts.tests };
  }
  const sums = facts?.kind === "coverage" ? sumCoverage(facts.coverage.files) : undefined;
  for (const { covered, total } of [sums?.lines, sums?.branches, sums?.functions, sums?.statements].filter(
    (tally) => tally !== undefined,
  )) {
    expect(Number.isSafeInteger(covered) && Number.isSafeInteger(total)).toBe(true);
    expect(covered).toBeGreaterThanOrEqual(0);
    expect(covered).toBeLessThanOrEqual(total);
  }
  return { problems, sums };
}

/** How long it goes on: by the clock only where that is asked for. */
const extent =
  seconds > 0
    ? {
        numRuns: Number.MAX_SAFE_INTEGER,
        interruptAfterTimeLimit: seconds * 1000,
        markInterruptAsFailure: false,
      }
    : { numRuns: 150 };

describe(`pieces of report files put together anew (seed ${seed})`, () => {
  test.each(formats)("%s never breaks, and reads the same in pieces of any size", (format: Format) => {
    const own = examples.filter((example) => example.format === format);
    expect(own.length).toBeGreaterThan(0);
    const texts = fc.tuple(fc.constantFrom(...own), fc.constantFrom(...examples), edits);
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 200 }), ([{ text }, donor, todo], size) => {
        const bytes = edited(text, donor.text, todo);
        if (bytes.length === 0) return;
        expect(sense(readText(bytes, "report.xml", size), bytes)).toEqual(sense(readText(bytes), bytes));
      }),
      { seed, ...extent },
    );
  });
});
