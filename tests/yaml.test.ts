import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { readYaml, type Yaml } from "../src/core/config/yaml.ts";

const key = fc.oneof(
  fc.constantFrom("name", "tests.total", "true", "~", "1", "<", "a: b", "#", "ä", "__proto__", "x y", ""),
  fc.string({ minLength: 1, maxLength: 12 }),
);

const document = fc.letrec((tie) => ({
  mapping: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.constantFrom(
      "null",
      "yes",
      "1e3",
      "0x1F",
      ".inf",
      "- a",
      "a: b",
      "|\nx",
      " lines\nof  text \n",
      "'",
      '"',
    ),
    fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("mapping"),
  ),
})).mapping;

const styles = fc.record({
  collectionStyle: fc.constantFrom("any" as const, "block" as const, "flow" as const),
  defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const, "BLOCK_LITERAL" as const),
  indent: fc.integer({ min: 2, max: 8 }),
});

const read = (text: string): Yaml => {
  const yaml = readYaml(text, "f.yml");
  if (!("value" in yaml)) throw new Error(JSON.stringify(yaml));
  return yaml;
};

describe("YAML", () => {
  test("means what it means to another library, in whatever style it is written", () => {
    fc.assert(
      fc.property(document, styles, (value, style) => {
        const text = stringify(value, {
          ...style,
          lineWidth: 0,
          aliasDuplicateObjects: false,
          version: "1.2",
        });
        expect(read(text).value).toEqual(parse(text, { version: "1.2" }));
      }),
      { numRuns: 500 },
    );
  });

  test("every key and value is where its place says", () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(
        fc.dictionary(word, fc.array(word, { minLength: 1, maxLength: 3 }), { minKeys: 1 }),
        styles,
        (lists, style) => {
          const text = stringify(lists, { ...style, defaultStringType: "PLAIN" });
          const lines = text.split("\n");
          const yaml = read(text);
          const standing = ({ line = 0, column = 0 }) => lines[line - 1]!.slice(column - 1);
          for (const [name, words] of Object.entries(lists)) {
            expect(standing(yaml.place([name], "key"))).toMatch(new RegExp(`^${name}:`));
            for (const [i, one] of words.entries())
              expect(standing(yaml.place([name, i]))).toMatch(new RegExp(`^${one}\\b`));
          }
        },
      ),
    );
  });

  test.each([
    ["a key that is not there has the place of what is around it", ["a", "b", "zzz"], "2:9"],
    ["the document itself has a line only", ["zzz"], "1"],
    ["an empty value has the place of its key", ["empty"], "3:1"],
    ["a quoted text begins with its quote", ["a", "b", "c"], "2:14"],
    ["what an alias repeats has the place of the alias", ["again", "c"], "4:8"],
  ])("%s", (_, path, where) => {
    const yaml = read('a:\n  b: &x { c: "d" }\nempty:\nagain: *x\n');
    const { line, column } = yaml.place(path);
    expect([line, column].filter((part) => part !== undefined).join(":")).toBe(where);
  });
});
