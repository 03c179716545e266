import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../src/core/model/problem.ts";
import { type Json, readJson } from "../src/core/read/text/json.ts";
import { eachEntry } from "../src/core/read/text/json-entries.ts";
import { jsonFault } from "../src/core/read/text/json-fault.ts";
import { outlineOf } from "../src/core/read/text/json-outline.ts";
import { pieces } from "./runner/bytes.ts";

type Outcome = { readonly value: unknown } | { readonly code: string; readonly at: unknown };

function outcome(read: () => unknown): Outcome {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof InputError) return { code: error.problem.code, at: error.problem.at };
    throw error;
  }
}

const whole = (content: string | Uint8Array, size?: number) =>
  outcome(() => readJson(pieces(content, size), "a.json"));
const byEntry = (content: string | Uint8Array, size?: number) =>
  outcome(() => {
    const entries: [string, Json][] = [];
    eachEntry(pieces(content, size), "a.json", (key, value) => entries.push([key, value]));
    return Object.fromEntries(entries);
  });

const nasty = ` {"a":[1,{"b":"} ] , : \\" \\\\"}], "ü€😀" : {"":{},"x":[]} ,\r\n\t"n":-1.5e3,"t":true,"z":null , "s":"ü€" } \n`;

describe("a document read entry by entry", () => {
  test("holds what it holds read whole, in pieces of any size", () => {
    const value = JSON.parse(nasty) as unknown;
    expect(whole(nasty)).toEqual({ value });
    for (let size = 1; size < 120; size++) expect(byEntry(nasty, size), `${size} bytes`).toEqual({ value });
  });

  test("may be UTF-16", () => {
    const utf16 = Buffer.from(`\ufeff${nasty}`, "utf16le");
    for (const size of [1, 2, 3, 7, 64])
      expect(byEntry(utf16, size)).toEqual({ value: JSON.parse(nasty) as unknown });
  });

  test("is refused at every proper beginning", () => {
    const bytes = Buffer.from(nasty.trimEnd());
    for (let length = 1; length < bytes.length; length++) {
      expect(byEntry(bytes.subarray(0, length)), `the first ${length} bytes`).toHaveProperty("code");
    }
  });

  test.each([
    ["a list", "[1]", "bad-value", 1, 1],
    ["a second document", '{"a":1}{"b":2}', "json-syntax", 1, 8],
    ["a comma after the last entry", '{"a":1,}', "json-syntax", 1, 8],
    ["an entry without a comma before it", '{"a":1\n"b":2}', "json-syntax", 2, 1],
    ["a key without a value", '{"a"}', "json-syntax", 1, 5],
    ["a key that is no text", "{1:2}", "json-syntax", 1, 2],
    ["NaN inside an entry", '{"a":1,\n"b":{"c":\nNaN}}', "json-syntax", 3, 1],
    ["the wrong bracket inside an entry", '{"a":{"b":1],"c":2}', "json-syntax", 1, 12],
    ["an entry twice", '{"a":1,\n "a":2}', "duplicate-key", 2, 2],
    ["an entry twice in other letters", '{"a":1,"\\u0061":2}', "duplicate-key", 1, 8],
    ["a key twice inside an entry", '{"x":1,\n"a":{"b":1,"b":2}}', "duplicate-key", 2, 12],
    ["__proto__ twice", '{"a":{"__proto__":1,"__proto__":2}}', "duplicate-key", 1, 21],
    ["values nested 256 deep", `{"a":${"[".repeat(256)}${"]".repeat(256)}}`, "limit-depth", 1, 261],
  ])("with %s is refused", (_, text, code, line, column) => {
    for (const size of [1, 5, 65_536])
      expect(byEntry(text, size)).toEqual({ code, at: { file: "a.json", line, column } });
  });

  const values = fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 4 }));

  test("agrees with the whole document on values of all kinds", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), fc.nat(3), (value, size, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(byEntry(text, size)).toEqual({ value: JSON.parse(text) as unknown });
      }),
      { numRuns: 300 },
    );
  });

  test("agrees with the whole document on what is damaged", () => {
    const damage = fc.tuple(
      fc.nat(),
      fc.nat(3),
      fc.constantFrom("", '"', "{", "}", ",", ":", "[", "\\", "0"),
    );
    fc.assert(
      fc.property(values, damage, fc.integer({ min: 1, max: 40 }), (value, [seed, length, by], size) => {
        const text = JSON.stringify(value);
        const at = seed % text.length;
        const damaged = text.slice(0, at) + by + text.slice(at + length);
        fc.pre(damaged.startsWith("{"));
        expect("value" in byEntry(damaged, size)).toBe("value" in whole(damaged));
      }),
      { numRuns: 500 },
    );
  });

  test("may be larger than any piece that is held at once", () => {
    const text = "x".repeat(1 << 20);
    const encoder = new TextEncoder();
    function* large(): Generator<Uint8Array> {
      for (let i = 0; i < 66; i++) yield encoder.encode(`${i === 0 ? "{" : ","}"${i}":"${text}"`);
      yield encoder.encode("}");
    }
    let read = 0;
    // With the platform's way to text, as files are read: without it 66 MB take half a minute on a busy machine.
    const latin1 = ({ buffer, byteOffset }: Uint8Array, start: number, end: number) =>
      Buffer.from(buffer, byteOffset + start, end - start).toString("latin1");
    eachEntry({ [Symbol.iterator]: large, latin1 }, "a.json", (key, value) => {
      read += Number(key === `${read}` && value === text);
    });
    expect(read).toBe(66);
  });
});

describe("a document with a string of many million characters", () => {
  const long = `${"x".repeat(12 << 20)}${"\\n".repeat(1 << 16)}`;

  test.each([
    ["is cut off inside it", `{"a":"${long}`, "json-syntax"],
    ["is wrong behind it", `{"a":"${long}",}`, "json-syntax"],
    ["has a key twice behind it", `{"a":"${long}","b":1,"b":2}`, "duplicate-key"],
  ])("is refused where it %s", (_, text, code) => {
    expect(whole(text)).toHaveProperty("code", code);
  });
});

describe("a fault", () => {
  test("is the end of every text that only ends too early", () => {
    const values = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(values, fc.nat(), (value, at) => {
        const text = JSON.stringify([value], null, 1);
        const cut = text.slice(0, at % text.length);
        // A number that is cut behind its point or its e is told by that.
        if (!/\d[.eE][+-]?$/.test(cut)) expect(jsonFault(cut)).toBe(cut.length);
      }),
    );
  });

  test.each([
    ['{"a":"\\x"}', 5],
    ['["\\u00g0"]', 1],
    ['["\n"]', 1],
    ['["a\\', 4],
    ['["\\u12', 6],
    ["[tru", 4],
    ["[trx", 1],
    ["[\u00a0]", 1],
    ["{tr", 1],
    ["-", 1],
  ])("of %j is at %i", (text, at) => {
    expect(jsonFault(text)).toBe(at);
  });
});

/** The keys of the three outermost objects of a value, as an outline has them. */
function outerKeys(value: unknown, depth = 0): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => outerKeys(item, depth));
  if (typeof value !== "object" || value === null || depth > 2) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    "*/".repeat(depth) + JSON.stringify(key).slice(1, -1),
    ...outerKeys(inner, depth + 1),
  ]);
}

describe("the outline of a document", () => {
  const documents = fc
    .jsonValue({ maxDepth: 5 })
    .filter((value) => typeof value === "object" && value !== null);

  test("holds the keys of the three outermost objects", () => {
    fc.assert(
      fc.property(documents, fc.nat(3), (value, indent) => {
        const { list, keys } = outlineOf(JSON.stringify(value, null, indent));
        expect(list).toBe(Array.isArray(value));
        expect(keys).toEqual(new Set(outerKeys(value)));
      }),
    );
  });

  test("holds none but these where the document is cut off", () => {
    fc.assert(
      fc.property(documents, fc.nat(), (value, at) => {
        const text = JSON.stringify(value);
        const { keys } = outlineOf(text.slice(0, at % text.length));
        expect(keys).toEqual(new Set(outerKeys(value).filter((key) => keys.has(key))));
      }),
    );
  });

  test("is empty where there is no document", () => {
    for (const text of ["", " ", '"a":1', "<a/>", "1"]) expect(outlineOf(text).keys.size).toBe(0);
  });
});
