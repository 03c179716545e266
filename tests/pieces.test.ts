import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readReportFile } from "../src/core/read/index.ts";
import { decimal } from "../src/core/read/text/numbers.ts";
import { openWindow } from "../src/core/read/text/window.ts";
import { readPieces } from "../src/io/report-files.ts";
import { filesBelow, pieces, readText, testPath } from "./runner/bytes.ts";

const folder = testPath("genuine");
const files = filesBelow(folder).map((file) => [file, readFileSync(join(folder, file))] as const);

/** The same bytes in pieces of the given sizes, over and over, in one buffer that is written again and again. */
function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  const buffer = new Uint8Array(Math.max(...sizes));
  for (let [at, turn] = [0, 0]; at < bytes.length; turn++) {
    const piece = bytes.subarray(at, at + sizes[turn % sizes.length]!);
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
    at += piece.length;
  }
}

describe("how a file comes in pieces", () => {
  test.each(files)("changes nothing of what is read of %s", (file, bytes) => {
    const whole = readText(bytes, file);
    const sizes = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, (some) => {
        expect(readReportFile(file, cut(bytes, some))).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });

  test.each(files)("nor does the platform's way to text, of %s", (file, bytes) => {
    expect(readReportFile(file, readPieces(join(folder, file), file))).toEqual(readText(bytes, file));
  });
});

describe("a file of several pieces, which are read to where the window wants them", () => {
  const cases = (count: number, inside: string) =>
    Array.from(
      { length: count },
      (_, i) => `<testcase name="case ${i}" time="0.5">${inside}</testcase>\n`,
    ).join("");
  const lines = Array.from({ length: 3_000 }, (_, i) => `DA:${i + 1},${i % 3}\n`).join("");
  const record = (i: number) => `SF:src/${i}.ts\n${lines}end_of_record\n`;

  test.each([
    ["a.xml", `<testsuite name="s">${cases(9_000, "<failure>why</failure>")}</testsuite>`],
    ["b.xml", `<testsuite name="s"><testcase name="${"n".repeat(200_000)}"/>${cases(5_000, "")}</testsuite>`],
    [
      "c.xml",
      `<testsuite name="s"><system-out>${"x\n".repeat(150_000)}</system-out>${cases(9, "")}</testsuite>`,
    ],
    ["d.xml", `<testsuite name="s">${cases(5_000, "")}`],
    ["e.info", Array.from({ length: 9 }, (_, i) => record(i)).join("")],
    ["f.tap", `1..9000\n${Array.from({ length: 9_000 }, (_, i) => `not ok ${i + 1} - \u00e4\n`).join("")}`],
    [
      "g.json",
      JSON.stringify({ results: { tests: Array(6_000).fill({ name: "a", status: "failed", duration: 1 }) } }),
    ],
  ])("says the same as its bytes: %s", (file, text) => {
    const place = join(mkdtempSync(join(tmpdir(), "phase-gate-pieces-")), file);
    try {
      writeFileSync(place, text);
      const read = readReportFile(file, readPieces(place, file));
      expect(read).toEqual(readText(text, file));
      expect(read.format).toBeDefined();
    } finally {
      rmSync(join(place, ".."), { recursive: true });
    }
  });
});

describe("what is wrong with a file", () => {
  const sizes = fc.integer({ min: 1, max: 80 });

  test.each([
    [
      "a tag in a value, before a value without a blank",
      `<testsuite a="\n<b c="d"e="f"/>`,
      '"<" inside a tag',
    ],
    ["a tag in a value, after an attribute that comes twice", `<testsuite a="" a="<"/>`, '"<" inside a tag'],
    ["a tag in a value, before an unknown entity", `<testsuite a="<" b="&x;"/>`, '"<" inside a tag'],
    ["a tag in a value, before one without a value", `<testsuite a="<" b c="d"/>`, '"<" inside a tag'],
    ["an attribute without quotes, before another tag", `<testsuite a=b c="<"/>`, "not in quotes"],
    ["an attribute that comes twice, before an unknown entity", `<testsuite a="&x;" a=""/>`, "twice"],
  ])("is the same however it comes in pieces: %s", (_, text, message) => {
    const unquoted = (size?: number) =>
      readText(text, "a.xml", size).problems.map((one) => ({
        ...one,
        message: one.message.replace(/"[^<].*"/s, ""),
      }));
    expect(
      readText(text)
        .problems.map((one) => one.message)
        .join(),
    ).toContain(message);
    fc.assert(
      fc.property(sizes, (size) => {
        expect(unquoted(size)).toEqual(unquoted());
      }),
    );
  });

  test.each([
    ["a byte that is none of UTF-8", "\xff"],
    ["a control character", "\x01"],
    ["a byte that is none of UTF-8, after one of more bytes", "\xc3\xa4\n\xff"],
  ])("is told of its line in a text of several: %s", (_, wrong) => {
    const text = `<testsuite><testcase name="a" time="1"><failure>one\ntwo\n${wrong}</failure></testcase></testsuite>`;
    const lines = wrong.split("\n").length;
    fc.assert(
      fc.property(sizes, (size) => {
        const { problems } = readText(Buffer.from(text, "latin1"), "a.xml", size);
        expect(problems.map(({ code, at }) => [code, at?.line])).toEqual([["repaired-text", 2 + lines]]);
      }),
    );
  });
});

describe("a file is let go", () => {
  /** Bytes with nothing behind that anybody waits for, and whether somebody said that no more is wanted. */
  function watched(text: string) {
    const state = { open: false };
    const source = {
      *[Symbol.iterator]() {
        state.open = true;
        try {
          yield* pieces(text, 100);
        } finally {
          state.open = false;
        }
      },
    };
    return { state, source };
  }

  test.each([
    ["that is read to its end", "<testsuite><testcase name='a'/></testsuite>"],
    ["that breaks in its middle", `<testsuite><testcase name='a'></testsuite>${" ".repeat(70_000)}`],
    ["of an encoding that is not read", `<?xml version="1.0" encoding="EBCDIC"?>${" ".repeat(2000)}`],
    ["of no known format", "nothing\n".repeat(10_000)],
  ])("%s", (_, text) => {
    const { state, source } = watched(text);
    readReportFile("report.xml", source);
    expect(state.open).toBe(false);
  });

  test("and gives its memory only to the next one", () => {
    const first = openWindow(pieces("first"), "a.xml");
    const second = openWindow(pieces("second"), "b.xml");
    expect([first.slice(0, first.length), second.slice(0, second.length)]).toEqual(["first", "second"]);
    first.close();
    const third = openWindow(pieces("third"), "c.xml");
    expect([second.slice(0, second.length), third.slice(0, third.length)]).toEqual(["second", "third"]);
  });
});

describe("numbers in plain digits", () => {
  const read = (text: string) => decimal(new TextEncoder().encode(`"${text}"`), 1, text.length + 1);

  test("are the same as the language reads them", () => {
    const digits = fc.stringMatching(/^\d{0,7}\.?\d{0,7}$/).filter((text) => /\d/.test(text));
    fc.assert(
      fc.property(digits, (text) => {
        expect(read(text)).toBe(Number(text));
      }),
    );
  });

  test("are nothing else", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        fc.pre(!/^(?=.*\d)\d*\.?\d*$/.test(text));
        expect(read(text)).toBeNaN();
      }),
    );
    for (const text of ["", ".", "1.2.3", "-1", "1e3", " 1", "1,5", "1234567890123456"])
      expect(read(text)).toBeNaN();
  });
});
