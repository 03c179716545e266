import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sumCoverage } from "../src/core/measure/coverage-sums.ts";
import type { ReadFile } from "../src/core/model/evidence.ts";
import { filesBelow, readText, testPath } from "./runner/bytes.ts";

type Tree = string | number | boolean | null | readonly Tree[] | { readonly [key: string]: Tree };

/** A document with the keys of all its objects in another order. */
function ordered(value: Tree, order: (keys: string[]) => string[]): Tree {
  if (Array.isArray(value)) return value.map((one: Tree) => ordered(one, order));
  if (typeof value !== "object" || value === null) return value;
  const entries = value as { readonly [key: string]: Tree };
  return Object.fromEntries(order(Object.keys(entries)).map((key) => [key, ordered(entries[key]!, order)]));
}

const prefixed = (xml: string) =>
  xml.replace(/<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(\/?)(?=[A-Za-z])/gs, (all, slash?: string) =>
    slash === undefined ? all : `<${slash}p:`,
  );

/** Other ways to write the same; how a tool puts it does not change what it says. */
const rewritings: readonly {
  readonly way: string;
  readonly of: RegExp;
  readonly rewrite: (text: string) => string | Buffer;
}[] = [
  {
    way: "keys sorted",
    of: /\.(?:json|sarif)$/,
    rewrite: (text) =>
      JSON.stringify(
        ordered(JSON.parse(text) as Tree, (keys) => keys.sort()),
        null,
        2,
      ),
  },
  {
    way: "keys reversed",
    of: /\.(?:json|sarif)$/,
    rewrite: (text) => JSON.stringify(ordered(JSON.parse(text) as Tree, (keys) => keys.reverse())),
  },
  { way: "prefixed names", of: /\.(?:xml|trx)$/, rewrite: prefixed },
  {
    way: "comments after every tag",
    of: /\.(?:xml|trx)$/,
    rewrite: (xml) => xml.replace(/(<\/[\w:.-]+>)(?=\s*<)/g, "$1<!-- <failure/> -->"),
  },
  {
    way: "UTF-16",
    of: /\.(?:xml|trx)$/,
    rewrite: (xml) => Buffer.from(`\ufeff${xml.replace(/^\ufeff?<\?xml[^>]*\?>/, "")}`, "utf16le"),
  },
  { way: "line ends of Windows", of: /./, rewrite: (text) => text.replace(/\r?\n/g, "\r\n") },
];

/** What was read, without order and places. */
function gist({ format, facts, problems }: ReadFile): unknown {
  const codes = problems.map(({ code }) => code).sort();
  if (facts?.kind === "tests")
    return { format, codes, ...facts.tests.counts, seconds: facts.tests.seconds?.toFixed(3) };
  if (facts?.kind === "coverage") return { format, codes, ...sumCoverage(facts.coverage.files) };
  const text = JSON.stringify(facts, (key, value: unknown) =>
    key === "line" || key === "at" ? undefined : value,
  );
  return { format, codes, letters: (text ?? "").split("").sort().join("") };
}

describe("a real file means the same, written another way", () => {
  const folder = testPath("genuine");
  const files = filesBelow(folder);

  describe.each(rewritings)("$way", ({ of, rewrite }) => {
    test.each(files.filter((file) => of.test(file)))("%s", (file) => {
      const bytes = readFileSync(join(folder, file));
      expect(gist(readText(rewrite(bytes.toString("utf8")), file))).toEqual(gist(readText(bytes, file)));
    });
  });
});
