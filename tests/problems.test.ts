import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { applyPolicy } from "../src/core/config/policy.ts";
import type { Changes } from "../src/core/model/changes.ts";
import type { Problem } from "../src/core/model/problem.ts";
import { type ProblemCode, problemCodes } from "../src/core/model/problem-codes.ts";
import { problemText } from "../src/core/report/problem-text.ts";
import { runGate } from "../src/gate.ts";
import { absent, baseConfigOf } from "../src/io/base-config.ts";
import { withAnswers } from "../src/live.ts";
import { startGitHub } from "./github/server.ts";
import { collecting } from "./problems/collecting.ts";
import { configuring } from "./problems/configuring.ts";
import type { Example, Examples } from "./problems/example.ts";
import { finding } from "./problems/finding.ts";
import { publishing } from "./problems/publishing.ts";
import { querying } from "./problems/querying.ts";
import { reading } from "./problems/reading.ts";
import { remembering } from "./problems/remembering.ts";
import { readText, testPath } from "./runner/bytes.ts";
import { runAction } from "./runner/run-action.ts";
import { runCli } from "./runner/run-cli.ts";
import { virtualClock } from "./runner/virtual-clock.ts";

const examples: Examples = {
  ...finding,
  ...reading,
  ...collecting,
  ...querying,
  ...configuring,
  ...remembering,
  ...publishing,
};

/** What the tool prints of one code. The page on troubleshooting includes it. */
describe("the message of every problem code reads as its golden, which the docs show", () => {
  // Most of a run of the action is waiting, so examples overlap.
  test.concurrent.for(Object.keys(problemCodes) as readonly ProblemCode[])("%s", async (code, { expect }) => {
    const given = examples[code] ?? [];
    expect(given, "add an example to a file in tests/problems/").not.toEqual([]);
    const messages: string[] = [];
    for (const example of given) {
      const printed = await messagesOf(example, code);
      expect(printed, `an example of ${code} shows nothing of it: ${JSON.stringify(example)}`).not.toEqual(
        [],
      );
      messages.push(...printed);
    }
    await expect(`${messages.join("\n\n")}\n`).toMatchFileSnapshot(
      testPath("goldens", "problems", `${code}.txt`),
    );
  });
});

async function messagesOf(example: Example, code: ProblemCode): Promise<readonly string[]> {
  const told = (problems: readonly Problem[]) => {
    const first = problems.find((problem) => problem.code === code);
    return first ? [problemText(first)] : [];
  };
  switch (example.kind) {
    case "file":
      return told(readText(example.content, example.name).problems);
    case "config":
      return told(parseConfig(example.text, ".github/phase-gate.yml").problems);
    case "change":
      return told(changed(example));
    case "gate":
      return inFolder((folder) => told(gate(example, folder)));
    case "query":
      return told(await answered(example));
    case "command": {
      const { args, prepare } = example;
      const run = (folder?: string) => {
        const { out, err } = runCli(args, folder === undefined ? {} : { cwd: folder });
        return printed(out + err, code);
      };
      if (!prepare) return run();
      return inFolder((folder) => {
        prepare(folder);
        return run(folder);
      });
    }
    case "action":
      return printed(asShown(await log(example)), code);
  }
}

function changed({ base, head }: Extract<Example, { kind: "change" }>): readonly Problem[] {
  const [file, where] = [".github/phase-gate.yml", "the configuration of main"];
  const found = base === undefined ? absent(where) : baseConfigOf(base, file, where);
  const { config } = parseConfig(head, file);
  const held = "base" in found ? found.base : undefined;
  return [...found.problems, ...(config ? applyPolicy(config, held, []).problems : [])];
}

async function answered({ answer, server = "" }: Extract<Example, { kind: "query" }>) {
  const clock = virtualClock();
  const { config, problems } = parseConfig(
    `version: 1
sources: { prometheus: { url: "https://prometheus.example"${server} } }
custom: { resources.memory: { query: "max(memory_bytes)", unit: B } }
phases: [{ name: A, kpis: { resources.memory: below 500 MB } }]
`,
    "phase-gate.yml",
  );
  const fetch = () =>
    answer
      ? Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 }))
      : Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
  const workspace = { root: testPath("problems"), base: testPath("problems") };
  const run = { at: new Date(clock.now()).toISOString() };
  const settings = { name: "phase-gate", run, config, problems, workspace };
  return runGate(await clock.run(() => withAnswers(settings, {}, { fetch, clock }))).problems;
}

function gate(
  { files, sources, prepare, tracked, startedAt, changed = {} }: Extract<Example, { kind: "gate" }>,
  folder: string,
) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  prepare?.(folder);
  if (tracked)
    for (const args of [
      ["init", "--quiet"],
      ["add", "."],
    ])
      execFileSync("git", ["-C", folder, ...args], { stdio: "ignore" });
  const given = sources === undefined ? "" : `sources: ${sources}\n`;
  const { config, problems } = parseConfig(
    `version: 1\n${given}phases: [{ name: A, kpis: { tests.error_rate: 0%${Object.keys(changed).length > 0 ? ", coverage.diff: 80%" : ""} } }]\n`,
    "phase-gate.yml",
  );
  const run = { at: "2026-11-24T00:00:00.000Z" };
  const workspace = { root: folder, base: folder };
  const started = startedAt === undefined ? {} : { startedAt };
  const lines = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  const changes: Changes = {
    kind: "known",
    since: "main",
    files: Object.entries(changed).map(([path, written]) => ({ path, lines: lines(written), written })),
  };
  return runGate({ name: "phase-gate", run, config, problems, workspace, changes, ...started }).problems;
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "phase-gate-problems-")));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function log({ run, github: options }: Extract<Example, { kind: "action" }>): Promise<string> {
  const github = await startGitHub(options);
  try {
    const inputs = { config: "phase-gate.yml", ...run.inputs };
    const checkout = testPath("..", "examples", "quickstart");
    return (await runAction({ checkout, apiUrl: github.url, ...run, inputs })).log;
  } finally {
    await github.close();
  }
}

/** Log commands as the page of a job shows them. */
function asShown(text: string): string {
  return text
    .replace(
      /^::(notice|warning|error)[^:]*::/gm,
      (_, level: string) => `${level === "notice" ? "note" : level}: `,
    )
    .replaceAll("%0A", "\n  ")
    .replaceAll("%25", "%");
}

/** Lines with a code, each with the hint below it. */
function printed(text: string, code: ProblemCode): readonly string[] {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const found = lines.flatMap((line, i) => {
    if (!line.endsWith(`[${code}]`)) return [];
    const indent = /^ */.exec(line)![0].length;
    const hint = lines[i + 1] ?? "";
    const isHint = hint.startsWith(`${" ".repeat(indent)}  `) && !/\[[\w-]+\]$/.test(hint);
    return [isHint ? `${line.slice(indent)}\n${hint.slice(indent)}` : line.slice(indent)];
  });
  return [...new Set(found)];
}
