import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { filesBelow } from "./bytes.ts";
import { readOutputs } from "./output-file.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** How the bundle is run. */
export interface ActionRun {
  /** Folder that becomes the checkout, copied afresh. */
  readonly checkout: string;
  /** The checkout is used as it is and stays, as on a runner of one's own. */
  readonly inPlace?: boolean;
  readonly apiUrl?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** The event and its payload; left out: a pull request 7 of the repository itself. */
  readonly event?: { readonly name: string; readonly payload: string };
  readonly runNumber?: number;
  readonly attempt?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Given the means to send a signal to the step. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
  /** Seconds that report files are made older than the job. */
  readonly stale?: number;
}

/** What a step leaves behind. */
export interface ActionResult {
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly log: string;
  /** Content of the files that the outputs name. */
  readonly report: unknown;
  readonly markdown: string;
  /** Files below the folder that the output `history` names, by their paths in it. */
  readonly history: Readonly<Record<string, string>>;
}

export const headSha = "a".repeat(40);

const pullRequest = {
  name: "pull_request",
  payload: JSON.stringify({
    pull_request: { number: 7, head: { sha: headSha }, base: { sha: "b".repeat(40) } },
    repository: { name: "shop" },
  }),
};

/** Runs dist/index.js as the runner runs a step: inputs and paths in the environment, Node 24, a fresh checkout. */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-run-"));
  try {
    const workspace = run.inPlace ? run.checkout : join(folder, "work");
    const temp = join(folder, "temp");
    mkdirSync(temp);
    const event = run.event ?? pullRequest;
    const paths = {
      event: join(folder, "event.json"),
      output: join(folder, "output"),
      summary: join(folder, "summary"),
    };
    writeFileSync(paths.event, event.payload);
    writeFileSync(paths.output, "");
    writeFileSync(paths.summary, "");
    // Copied after the event file was written, as report files are written after the job began.
    if (!run.inPlace) cpSync(run.checkout, workspace, { recursive: true });
    if (run.stale !== undefined) {
      const later = Date.now() / 1000 + run.stale;
      utimesSync(paths.event, later, later);
    }
    const env = {
      PATH: process.env["PATH"] ?? "",
      GITHUB_WORKSPACE: workspace,
      GITHUB_EVENT_NAME: event.name,
      GITHUB_EVENT_PATH: paths.event,
      GITHUB_OUTPUT: paths.output,
      GITHUB_STEP_SUMMARY: paths.summary,
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_SHA: "c".repeat(40),
      GITHUB_RUN_ID: String(1000 + (run.runNumber ?? 1)),
      GITHUB_RUN_NUMBER: String(run.runNumber ?? 1),
      GITHUB_RUN_ATTEMPT: String(run.attempt ?? 1),
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_API_URL: run.apiUrl ?? "http://127.0.0.1:9",
      RUNNER_TEMP: temp,
      ...inputVariables(run.inputs ?? {}),
      ...run.env,
    };
    const { exitCode, log } = await start(workspace, env, run.onStart);
    const outputs = readOutputs(readFileSync(paths.output, "utf8"));
    return {
      exitCode,
      log,
      outputs,
      summary: readFileSync(paths.summary, "utf8"),
      report: JSON.parse(content(outputs["report"]) || "null") as unknown,
      markdown: content(outputs["summary"]),
      history: contents(outputs["history"]),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Content of a file that an output names; empty where there is none. */
function content(path: string | undefined): string {
  return path && existsSync(path) ? readFileSync(path, "utf8") : "";
}

function contents(folder: string | undefined): Readonly<Record<string, string>> {
  if (!folder || !existsSync(folder)) return {};
  const names = filesBelow(folder);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

function start(
  cwd: string,
  env: NodeJS.ProcessEnv,
  onStart: ActionRun["onStart"],
): Promise<{ exitCode: number | null; log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, "dist/index.js")], { cwd, env, timeout: 60_000 });
    onStart?.((signal) => child.kill(signal));
    let log = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (log += chunk.toString()));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, log }));
  });
}

/** Inputs as the runner hands them over: defaults of action.yml, names in capitals with blanks as underscores. */
function inputVariables(given: Readonly<Record<string, string>>): Record<string, string> {
  const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as {
    inputs: Record<string, { default?: string }>;
  };
  const defaults = Object.entries(action.inputs).map(
    ([name, { default: value = "" }]) => [name, value] as const,
  );
  const values = { ...Object.fromEntries(defaults), "github-token": "test-token", ...given };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}
