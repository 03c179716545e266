import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { problemCodes } from "../src/core/model/problem-codes.ts";
import { problemText } from "../src/core/report/problem-text.ts";
import { testPath } from "./runner/bytes.ts";

const root = testPath("..");
const pages = [
  ...readdirSync(root).filter((file) => file.endsWith(".md")),
  ...readdirSync(join(root, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
  ...readdirSync(join(root, "examples")).map((name) => `examples/${name}/README.md`),
];
const read = (page: string) => readFileSync(join(root, page), "utf8");

describe.each(pages)("%s", (page) => {
  test("every whole configuration in it is valid", () => {
    const blocks = [...read(page).matchAll(/```ya?ml\n((?:#.*\n)*version: 1\n[\s\S]*?)```/g)].map(
      ([, text = ""]) => text,
    );
    for (const block of blocks) {
      const { problems } = parseConfig(block, page);
      expect(problems.map(problemText), block).toEqual([]);
    }
  });

  test("every block of YAML in it is YAML", () => {
    for (const [, block = ""] of read(page).matchAll(/```ya?ml\n([\s\S]*?)```/g)) {
      const faults = parseAllDocuments(block).flatMap((document) => [
        ...document.errors,
        ...document.warnings,
      ]);
      // The two accidents are shown on purpose.
      if (!/>= 85%|!= 0|\*\*\/\*|: @/.test(block)) expect(faults, block).toEqual([]);
    }
  });

  test("every link to a file of the repository leads somewhere", () => {
    const targets = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(
      ([, target = ""]) => target,
    );
    const broken = targets.filter((target) => !existsSync(join(root, dirname(page), target)));
    expect(broken).toEqual([]);
  });

  test("every generated part was generated", () => {
    expect(read(page)).not.toMatch(/<!-- generated: [^>]*-->\s*<!-- \/generated -->/);
  });
});

test("every problem code has an entry in the troubleshooting page, and no other has", () => {
  const entries = [...read("docs/troubleshooting.md").matchAll(/^### `([^`]+)`/gm)].map(([, code]) => code);
  expect(entries).toEqual(Object.keys(problemCodes));
});

test("the workflow of the README is at most twelve lines long", () => {
  const block = /```yaml\n(permissions:[\s\S]*?)```/.exec(read("README.md"))?.[1] ?? "";
  expect(block.trim().split("\n").length).toBeLessThanOrEqual(12);
});
