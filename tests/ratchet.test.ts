import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { pastOf } from "../src/core/history/baseline.ts";
import { byOrder } from "../src/core/history/order.ts";
import { exitCode } from "../src/core/model/exit-code.ts";
import type { BaseConfig } from "../src/core/model/policy.ts";
import { renderMarkdown } from "../src/core/report/markdown.ts";
import { runGate } from "../src/gate.ts";
import { loadConfig } from "../src/io/config-file.ts";
import { readFolder } from "../src/io/history-folder.ts";
import { testPath } from "./runner/bytes.ts";

const root = testPath("..", "examples", "ratchet");
const { generate } = (await import(pathToFileURL(join(root, "generate.mjs")).href)) as {
  readonly generate: () => ReadonlyMap<string, string>;
};
const run = {
  at: "2026-11-25T09:30:00.000Z",
  sha: "3f2a91c0b7d84e56a1f09c7be2d4538a6c1e0f97",
  id: 7_000_300_000,
  number: 263,
  url: "https://github.com/acme/parcels/actions/runs/7000300000",
};
const { records, problems: unread } = readFolder({
  shown: "history",
  path: join(root, "history"),
  gate: "phase-gate",
});
const newest = records.toSorted(byOrder).at(-1)!;
const past = pastOf(records, run, { commits: [newest.sha], shallow: false });

function judged(file: string) {
  const { config, problems } = loadConfig(file, root);
  const baseConfig: BaseConfig = {
    kind: "config",
    where: "the configuration of main",
    config: loadConfig("phase-gate.yml", root).config!,
  };
  return runGate({
    name: "phase-gate",
    run,
    config,
    problems,
    past,
    workspace: { root, base: root },
    ...(file === "phase-gate.yml" ? {} : { baseConfig }),
  });
}

describe("the example ratchet", () => {
  test("has the files that its generator makes", () => {
    for (const [path, text] of generate()) expect(readFileSync(join(root, path), "utf8"), path).toBe(text);
    expect([unread, records.length]).toEqual([
      [],
      [...generate().keys()].filter((path) => path.startsWith("history")).length,
    ]);
  });

  test.each([
    ["regresses", "phase-gate.yml", 1],
    ["loosens", "loosened.yml", 2],
  ])("a change that %s gets the comment that stands beside it", async (name, file, code) => {
    const report = judged(file);
    expect(exitCode(report)).toBe(code);
    await expect(renderMarkdown(report)).toMatchFileSnapshot(join(root, "expected", `${name}.md`));
  });
});
