import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { kpis } from "../src/core/measure/index.ts";
import { problemCodes } from "../src/core/model/problem-codes.ts";
import { formats } from "../src/core/read/index.ts";
import { publishers } from "../src/publish/index.ts";
import { filesBelow, testPath } from "./runner/bytes.ts";

const root = testPath("..");
const source = join(root, "src");
const files = filesBelow(source).filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
const text = (file: string) => readFileSync(join(source, file), "utf8");

/** What each folder may import besides itself; the first rule that fits a file counts. */
const mayImport: readonly (readonly [
  folder: string,
  folders: readonly string[],
  packages: readonly string[],
])[] = [
  ["core/model/", [], []],
  ["core/read/", ["core/model/", "core/facts-file/"], ["istanbul-lib-coverage"]],
  ["core/facts-file/", ["core/model/"], ["zod/mini"]],
  ["core/measure/", ["core/model/"], ["picomatch"]],
  ["core/changes/", ["core/model/"], []],
  ["core/judge/", ["core/model/"], []],
  ["core/report/report-schema", ["core/model/", "core/report/"], ["zod/mini", "zod/v4/locales/en.js"]],
  ["core/report/", ["core/model/"], []],
  ["core/history/", ["core/model/"], []],
  ["core/config/", ["core/model/", "core/measure/index.ts", "core/read/index.ts"], ["js-yaml", "zod/mini"]],
  ["core/", ["core/"], []],
  ["publish/", ["core/model/", "core/report/"], []],
  ["io/base-config.ts", ["core/model/", "core/config/", "io/"], ["node:*"]],
  ["io/config-file.ts", ["core/model/", "core/config/", "io/"], ["node:*"]],
  ["io/pull-files.ts", ["core/model/", "core/changes/", "io/"], ["node:*"]],
  ["io/history-", ["core/model/", "core/history/", "io/"], ["node:*"]],
  ["io/changes.ts", ["core/model/", "core/changes/", "io/"], ["node:*"]],
  ["io/", ["core/model/"], ["node:*", "@octokit/*", "picomatch", "zod/mini"]],
  ["steps.ts", [], []],
  ["gather.ts", ["core/", "io/", "steps.ts"], []],
  ["gate.ts", ["core/", "io/", "gather.ts", "steps.ts"], []],
  ["live.ts", ["core/", "io/", "gate.ts"], []],
  ["past.ts", ["core/", "io/", "gate.ts"], []],
  ["record-run.ts", ["core/", "io/", "past.ts"], []],
  [
    "action/",
    ["core/", "io/", "publish/", "gate.ts", "live.ts", "past.ts", "record-run.ts", "steps.ts"],
    ["node:*", "@actions/core"],
  ],
  [
    "cli/",
    ["core/", "io/", "publish/", "gate.ts", "gather.ts", "live.ts", "past.ts", "record-run.ts"],
    ["node:*"],
  ],
];

function importsOf(file: string): readonly string[] {
  return [...text(file).matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map(([, target = ""]) => {
    if (!target.startsWith(".")) return target;
    return join(file, "..", target).replaceAll("\\", "/");
  });
}

describe("the house", () => {
  test.each(files)("%s imports only what it may", (file) => {
    const [folder, folders, packages] = mayImport.find(([prefix]) => file.startsWith(prefix))!;
    const wrong = importsOf(file).filter((target) => {
      if (target.startsWith(folder) || folders.some((prefix) => target.startsWith(prefix))) return false;
      return !packages.some((name) =>
        name.endsWith("*") ? target.startsWith(name.slice(0, -1)) : target === name,
      );
    });
    expect(wrong.map((target) => `${file} -> ${target}`)).toEqual([]);
  });

  test.each(files.filter((file) => file.startsWith("core/")))("%s knows no clock and no chance", (file) => {
    expect(text(file)).not.toMatch(/Date\.now|new Date\(\)|Math\.random|console\./);
  });

  test.each(files)("%s is at most 250 lines long and called after the thing in it", (file) => {
    expect(text(file).split("\n").length).toBeLessThanOrEqual(251);
    expect(file).not.toMatch(/utils|helpers|common|manager|service|types\.ts/);
  });

  test("no file uses any", () => {
    expect(files.filter((file) => /:\s*any\b|as any\b|<any>/.test(text(file)))).toEqual([]);
  });

  test("every reader stands in the registry", () => {
    const readers = files.filter(
      (file) => file.startsWith("core/read/") && /^export const \w+: Reader =/m.test(text(file)),
    );
    expect(readers.map((file) => file.slice(10, -3)).sort()).toEqual([...formats].sort());
  });

  test("every KPI belongs to a family and says what it is", () => {
    for (const [name, { label, definition, step = [] }] of Object.entries(kpis)) {
      expect(name).toMatch(
        /^(?:tests|coverage|load|service|resources|security|debt|history)(?:\.[a-z][a-z0-9_]*)+$/,
      );
      expect([label, definition, ...step].every((words) => words.length > 3)).toBe(true);
    }
  });

  test("every problem code is used, and every code that is used is known", () => {
    const all = files
      .filter((file) => !file.endsWith("problem-codes.ts"))
      .map(text)
      .join("\n");
    expect(Object.keys(problemCodes).filter((code) => !all.includes(`"${code}"`))).toEqual([]);
  });

  test("tests run on the Node of the action", () => {
    expect(process.versions.node).toMatch(/^24\./);
  });
});

describe("what is shipped", () => {
  const dist = join(root, "dist");

  test("is at most 4 MB, in few files", () => {
    const sizes = readdirSync(dist).map((file) => statSync(join(dist, file)).size);
    expect(sizes.reduce((a, b) => a + b)).toBeLessThan(4 << 20);
    expect(readdirSync(dist).sort()).toEqual([
      "cli-main.js",
      "cli.js",
      "index.js",
      "licenses.txt",
      "phase-gate.schema.json",
    ]);
  });

  test("the command line tool holds nothing of the action's toolkit", () => {
    const bundle = readFileSync(join(dist, "cli-main.js"), "utf8");
    expect(bundle).not.toMatch(/node_modules\/@actions\/|node_modules\/@octokit\//);
    expect(readFileSync(join(dist, "index.js"), "utf8")).toMatch(/node_modules\/@actions\/core/);
  });

  test("action.yml names the inputs and outputs that the code reads and writes", () => {
    const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as {
      inputs: Record<string, { description: string }>;
      outputs: Record<string, { description: string }>;
      runs: unknown;
    };
    const read = [...text("action/inputs.ts").matchAll(/getInput\("([^"]+)"\)/g)].map(([, name]) => name);
    const written = [...text("action/outputs.ts").matchAll(/setOutput\("([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(read)).toEqual(new Set(Object.keys(action.inputs)));
    expect(new Set(written)).toEqual(new Set(Object.keys(action.outputs)));
    expect(action.runs).toEqual({ using: "node24", main: "dist/index.js" });
    for (const name of Object.keys(publishers)) expect(action.inputs["publish"]!.description).toContain(name);
  });
});
