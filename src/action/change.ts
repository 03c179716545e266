import { resolve } from "node:path";
import { weakenings } from "../core/config/weaker.ts";
import { judgesChanges } from "../core/measure/diff.ts";
import type { ChangeClient } from "../core/model/clients.ts";
import type { Config } from "../core/model/config.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Settings } from "../gate.ts";
import { absent, baseConfigByGit, baseConfigOf, type FoundBase, unreadable } from "../io/base-config.ts";
import { changesOfCheckout, type FoundChanges, unknown } from "../io/changes.ts";
import type { Environment } from "../io/environment.ts";
import { changesOfPull } from "../io/pull-files.ts";
import { shownPath } from "../io/workspace.ts";
import type { Inputs } from "./inputs.ts";
import { useProxy } from "./proxy.ts";

/** A pull request, or what a merge queue adds, as the event tells it. */
export interface Pull {
  /** Absent where a merge queue does not name it. */
  readonly number?: number;
  readonly head: string;
  /** The commit of the base branch. */
  readonly base: string;
}

/** The pull request of this run or the group of a merge queue, if it is about one and its event tells the commits. */
export function pullOf({ plan, run }: Pick<Environment, "plan" | "run">): Pull | undefined {
  const { pullRequest, queued, sha: head, base } = plan;
  const number = pullRequest ?? queued;
  if (head === undefined || base === undefined) return undefined;
  if (number !== undefined) return { number, head, base };
  return run.event === "merge_group" ? { head, base } : undefined;
}

/** A client for asking, loaded only where git cannot tell. */
export async function askingClient(
  inputs: Pick<Inputs, "token">,
  { apiUrl, run }: Environment,
): Promise<ChangeClient> {
  const [{ changeClient }, { openTransport }] = await Promise.all([
    import("../io/github-changes.ts"),
    import("../io/github-transport.ts"),
    useProxy(process.env),
  ]);
  return changeClient(openTransport({ apiUrl, token: inputs.token, repository: run.repository ?? "" }));
}

/** Adds to the settings what this run changes: lines, the configuration of the base branch and the labels. */
export async function withChange(
  settings: Settings,
  pull: Pull | undefined,
  inputs: Pick<Inputs, "config" | "workingDirectory" | "mode" | "report">,
  client: () => Promise<ChangeClient>,
): Promise<Settings> {
  const { config, workspace, problems } = settings;
  if (inputs.report !== undefined) return settings;
  if (pull === undefined && /^(?:pull_request|merge_group)/.test(settings.run.event ?? "")) {
    const { problems: unknownBase } = unreadable("the event", "names no commit of the base branch", "event");
    return { ...settings, problems: [...problems, ...unknownBase] };
  }
  if (pull === undefined || config === null)
    return { ...settings, changes: { kind: "none", reason: "this run is about no pull request" } };
  const { root } = workspace;
  const path = shownPath(resolve(root, inputs.workingDirectory, inputs.config), root);
  const found = withMode(await baseConfig(root, path, pull, client), inputs.mode);
  const base = "base" in found ? found.base : undefined;
  const accepting = base?.kind === "config" && weakenings(base.config, config).length > 0;
  const label = accepting ? base.config.policy.acceptLabel : undefined;
  const labels = label === undefined ? { names: [], problems: [] } : await labelsOf(pull, label, client);
  const judged = judgesChanges(config) || (base?.kind === "config" && judgesChanges(base.config));
  const lines =
    changesOfCheckout(root, pull.head, pull.base) ??
    (judged || hasFindings(config) ? await changesByApi(root, pull, client) : undefined);
  return {
    ...settings,
    problems: [...problems, ...found.problems, ...labels.problems, ...((judged && lines?.problems) || [])],
    labels: labels.names,
    ...(base === undefined ? {} : { baseConfig: base }),
    ...(lines === undefined ? {} : { changes: lines.changes }),
  };
}

async function baseConfig(
  root: string,
  path: string,
  { base }: Pull,
  client: () => Promise<ChangeClient>,
): Promise<FoundBase> {
  const where = `the configuration of the base branch (${base.slice(0, 7)})`;
  const local = baseConfigByGit(root, base, path, where);
  if (local !== undefined) return local;
  try {
    return (await baseByApi(path, base, where, await client())) ?? absent(where);
  } catch (error) {
    return unreadable(where, `could not be read: ${messageOf(error)}`, path);
  }
}

/** Reads the file, and what it extends, which is known only when it was read. Undefined where there is none. */
async function baseByApi(
  path: string,
  commit: string,
  where: string,
  client: ChangeClient,
): Promise<FoundBase | undefined> {
  const texts = new Map([[path, await client.textAt(path, commit)]]);
  const text = texts.get(path);
  if (text === null || text === undefined) return undefined;
  for (;;) {
    const wanted = new Set<string>();
    const found = baseConfigOf(text, path, where, (other) => {
      const known = texts.get(other);
      if (known === undefined) wanted.add(other);
      return typeof known === "string" ? { text: known } : { wrong: "does not exist" };
    });
    if (wanted.size === 0) return found;
    for (const other of wanted) texts.set(other, await client.textAt(other, commit));
  }
}

/** The input wins over both files, so it is no difference between them. */
function withMode(found: FoundBase, mode: Config["mode"] | undefined): FoundBase {
  if (mode === undefined || !("base" in found) || found.base.kind !== "config") return found;
  return { ...found, base: { ...found.base, config: { ...found.base.config, mode } } };
}

/** Labels are asked for now, because those of the event are as old as it. */
async function labelsOf(
  { number }: Pull,
  label: string,
  client: () => Promise<ChangeClient>,
): Promise<{ readonly names: readonly string[]; readonly problems: readonly Problem[] }> {
  try {
    if (number === undefined) throw new Error("the merge queue does not name it");
    return { names: await (await client()).labels(number), problems: [] };
  } catch (error) {
    const message = `the labels of the pull request could not be read, so "${label}" accepts nothing: ${messageOf(error)}`;
    const hint = "Give the job the permission `pull-requests: read` or `write`.";
    return { names: [], problems: [{ code: "labels-unknown", severity: "warning", message, hint }] };
  }
}

async function changesByApi(
  root: string,
  { number }: Pull,
  client: () => Promise<ChangeClient>,
): Promise<FoundChanges> {
  try {
    if (number === undefined) throw new Error("the merge queue names no pull request");
    return changesOfPull(await (await client()).changedFiles(number), root);
  } catch (error) {
    return unknown(
      `GitHub did not tell them: ${messageOf(error)}`,
      "Check out with `fetch-depth: 0`, so that git can tell them.",
    );
  }
}

/** Whether there may be many findings, of which those on changed lines come first. */
function hasFindings({ sources }: Config): boolean {
  return sources !== undefined && sources.security.length + sources.debt.length > 0;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "no answer";
}
