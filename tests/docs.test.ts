import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { presetFile, presets } from "../src/core/config/presets/index.ts";
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
      // A preset may ask for groups that are still to be defined.
      const preset = Object.keys(presets).find((name) => presets[name] === block);
      const { problems } = parseConfig(block, preset === undefined ? page : presetFile(preset));
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

  test("no merge was left undone in it", () => {
    expect(read(page)).not.toMatch(/^(?:<{7}|={7}|>{7})(?: |$)/m);
  });

  test("every generated part was generated", () => {
    expect(read(page)).not.toMatch(/<!-- generated: [^>]*-->\s*<!-- \/generated -->/);
  });
});

test("every problem code has an entry in the troubleshooting page, and no other has", () => {
  const entries = [...read("docs/troubleshooting.md").matchAll(/^### `([^`]+)`/gm)].map(([, code]) => code);
  expect(entries).toEqual(Object.keys(problemCodes));
});

test("every entry of the troubleshooting page shows what the tool prints, and no other message", () => {
  const sections = read("docs/troubleshooting.md")
    .split(/^### `/m)
    .slice(1);
  for (const section of sections) {
    const code = section.slice(0, section.indexOf("`"));
    expect(section).toContain(`<!-- generated: ../tests/goldens/problems/${code}.txt -->`);
    expect(section.match(/```text/g), code).toHaveLength(1);
  }
});

test.each(Object.keys(presets))("the preset %s stands in docs/presets.md as a whole", (name) => {
  expect(read("docs/presets.md")).toContain(`<!-- generated: preset ${name} -->`);
});

describe("the document of the report in docs/report.md", () => {
  const blocks = [...read("docs/report.md").matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, block = ""]) => JSON.parse(block) as unknown,
  );
  const report = JSON.parse(read("examples/failing/expected/report.json")) as {
    readonly kpis: Readonly<Record<string, { readonly value: number }>>;
    readonly phases: readonly { readonly name: string; readonly rules: readonly object[] }[];
  };

  test("is a shortened form of the one that the example gives", () => {
    expect(isShortened(blocks[0], report)).toBe(true);
  });

  test("shows the outputs of the same run", () => {
    const kpis = Object.fromEntries(Object.entries(report.kpis).map(([name, { value }]) => [name, value]));
    const rules = report.phases.flatMap(({ name, rules: all }) =>
      all.map((rule) => ({ phase: name, ...rule })),
    );
    expect(isShortened(blocks[1], kpis)).toBe(true);
    expect(isShortened(blocks[2], rules)).toBe(true);
  });
});

/** Whether a value is another one with keys and entries of lists left out, their order kept, and texts cut. */
function isShortened(short: unknown, long: unknown): boolean {
  if (Array.isArray(short)) {
    let from = 0;
    return short.every((entry) => {
      const found = (long as readonly unknown[]).findIndex(
        (other, i) => i >= from && isShortened(entry, other),
      );
      from = found + 1;
      return found !== -1;
    });
  }
  if (typeof short === "object" && short !== null) {
    const other = long as Readonly<Record<string, unknown>> | null;
    return Object.entries(short).every(([key, value]) => isShortened(value, other?.[key]));
  }
  return typeof short === "string" && typeof long === "string" ? long.startsWith(short) : short === long;
}

test("the workflow of the README is at most twelve lines long", () => {
  const block = /```yaml\n(permissions:[\s\S]*?)```/.exec(read("README.md"))?.[1] ?? "";
  expect(block.trim().split("\n").length).toBeLessThanOrEqual(12);
});
