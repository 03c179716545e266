import { pastOf } from "./core/history/baseline.ts";
import { kpis } from "./core/measure/index.ts";
import type { Config, HistoryPlace } from "./core/model/config.ts";
import type { Rule } from "./core/model/gate.ts";
import type { Ancestry, Past, RunRecord } from "./core/model/history.ts";
import { unscoped } from "./core/model/kpi.ts";
import { isError, type Problem } from "./core/model/problem.ts";
import type { Run } from "./core/model/run.ts";
import type { Settings } from "./gate.ts";
import { ancestryOf, defaultBranch, headOf } from "./io/ancestry.ts";
import { isCheckout } from "./io/git.ts";
import type { FindAncestry } from "./io/github-ancestry.ts";
import { folderStore } from "./io/history-folder.ts";
import { failureText, type HistoryStore } from "./io/history-store.ts";
import { insideWorkspace } from "./io/workspace.ts";

/** The history, opened for one run. */
export interface OpenedHistory {
  readonly store: HistoryStore;
  /** All that it held then. */
  readonly records: readonly RunRecord[];
  /** Top of the checkout whose commits the runs are of. */
  readonly root: string;
  /** The branch whose runs are recorded. */
  readonly branch: string;
}

/** A run with its past, and the history that this was read from. */
export interface WithPast {
  readonly settings: Settings;
  readonly history?: OpenedHistory;
}

/** What only a shell knows of the history. */
export interface PastOptions {
  /** The store that the user named; it goes before that of the configuration. */
  readonly named?: HistoryStore | undefined;
  /** The default branch; left out: as git knows it. */
  readonly branch?: string | undefined;
  /** Asks GitHub for what the checkout does not know. Left out: nothing is asked. */
  readonly findAncestry?: FindAncestry | undefined;
  /** Opens a place that is no folder, or says why it cannot be had here. */
  readonly elsewhere: (place: Elsewhere) => Promise<HistoryStore | Problem>;
}

/** A place on GitHub. */
export type Elsewhere = Exclude<HistoryPlace, { readonly kind: "file" }>;

/** Adds to the settings what the history says to the run. */
export async function withPast(settings: Settings, options: PastOptions): Promise<WithPast> {
  const { config, name, workspace, problems } = settings;
  const store = options.named ?? (await openStore(config?.baseline.store, name, workspace, options));
  if (store === undefined) return { settings: { ...settings, problems: [...problems, ...unnamed(config)] } };
  if ("code" in store) return { settings: { ...settings, problems: [...problems, store] } };
  const { root } = workspace;
  const checkout = isCheckout(root);
  const branch = config?.baseline.branch ?? options.branch ?? (checkout ? defaultBranch(root) : "main");
  const { records, problems: reading } = await store.read();
  const history = { store, records, root, branch };
  const { past, problems: looking } = reading.some(isError)
    ? { past: unknownPast(settings.run), problems: [] }
    : await look(settings.run, history, options.findAncestry);
  return { settings: { ...settings, past, problems: [...problems, ...reading, ...looking] }, history };
}

/** Opens the place that the configuration names, or says why it cannot be had here. */
export async function openStore(
  place: HistoryPlace | undefined,
  gate: string,
  workspace: Settings["workspace"],
  { elsewhere }: Pick<PastOptions, "elsewhere">,
): Promise<HistoryStore | Problem | undefined> {
  if (place === undefined) return undefined;
  if (place.kind !== "file") return elsewhere(place);
  const path = insideWorkspace(place.path, workspace);
  return path === undefined ? outside(place.path) : folderStore({ shown: place.path, path, gate });
}

/** Says that no history is named, where rules need one: they would be left out for ever, and nobody would see it. */
function unnamed(config: Config | null): readonly Problem[] {
  const rules = (config?.phases ?? []).flatMap((phase) => phase.rules).filter(looksBack);
  const [first] = rules;
  // `keep` says so itself, and then nothing passes.
  if (first === undefined || config?.keep) return [];
  const more = rules.length > 1 ? ` and ${rules.length - 1} more` : "";
  const message = `${first.kpi}${more} cannot be judged without recorded runs, and no history is named`;
  const hint =
    "Name it: `baseline: { store: branch }`, `baseline: { store: file, path: DIR }` or `--history DIR`.";
  return [{ code: "no-history", severity: "warning", message, hint }];
}

function looksBack({ kpi, pass, warn }: Rule): boolean {
  const refers = [...pass, ...warn].some(({ bound }) => bound.kind === "reference");
  return refers || kpis[unscoped(kpi)]?.looksBack === true;
}

function outside(file: string): Problem {
  const message = "the folder of the history leads outside the workspace";
  const hint = "Only files of the checkout are read; the command line option --history may name any folder.";
  return { code: "outside-workspace", severity: "error", message, at: { file }, hint };
}

function unknownPast({ at }: Run): Past {
  return { at, records: [], unread: true, baseline: { none: "the history cannot be read" } };
}

/** Finds out what the history says to a run, from git where that knows enough. */
async function look(run: Run, { records, root, branch }: OpenedHistory, findAncestry?: FindAncestry) {
  const checkedOut = isCheckout(root) ? headOf(root, branch)?.sha : undefined;
  // A workflow that runs after another one has the default branch checked out, and not what it judges.
  const commit = run.event === "workflow_run" ? run.sha : (checkedOut ?? run.sha);
  const judged = run.id === undefined && checkedOut !== undefined ? { ...run, sha: checkedOut } : run;
  const known =
    checkedOut === undefined ? undefined : ancestryOf(root, branch, commit === checkedOut ? "HEAD" : commit);
  const past = pastOf(records, judged, known);
  const sure = known !== undefined && (!("none" in past.baseline) || isWhole(known));
  if (past.records.length === 0 || sure) return { past, problems: [] };
  if (findAncestry === undefined || commit === undefined)
    return { past, problems: known?.shallow ? [shallow("")] : [] };
  // GitHub forgets trial merges of a pull request that has moved on; the head of it stays.
  const recorded = new Set(past.records.map(({ sha }) => sha));
  let why = "";
  for (const asked of new Set([commit, run.sha ?? commit])) {
    try {
      const found = await findAncestry(branch, asked, (sha) => recorded.has(sha));
      return { past: pastOf(records, judged, found), problems: [] };
    } catch (error) {
      why = `, and GitHub does not tell: ${failureText(error).said}`;
    }
  }
  return {
    past: { ...past, baseline: { none: "no commit before this one is known" } },
    problems: [shallow(why)],
  };
}

/** Whether git knows the target branch and everything before. */
function isWhole({ commits, shallow: cutOff }: Ancestry): boolean {
  return commits.length > 0 && !cutOff;
}

function shallow(why: string): Problem {
  return {
    code: "history-shallow",
    severity: "error",
    message: `the checkout does not go back to a recorded commit, so no baseline can be found${why}`,
    hint: "Fetch all commits, with `fetch-depth: 0` of actions/checkout or `git fetch --unshallow`.",
  };
}
