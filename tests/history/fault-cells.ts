import { tmpdir } from "node:os";
import { recordPath } from "../../src/core/history/layout.ts";
import { writeRecord } from "../../src/core/history/record-json.ts";
import { artifactClient } from "../../src/io/artifacts.ts";
import { ancestryFinder } from "../../src/io/github-ancestry.ts";
import { branchClient } from "../../src/io/github-branch.ts";
import { openTransport } from "../../src/io/github-transport.ts";
import { artifactStore } from "../../src/io/history-artifact.ts";
import { branchStore } from "../../src/io/history-branch.ts";
import type { Fault } from "../github/exchange.ts";
import { addCommit, addTree, filesAt } from "../github/git-store.ts";
import { createInProcess, type InProcess } from "../github/in-process.ts";
import { faults } from "../publish/fault-cells.ts";
import type { Row } from "../publish/fault-table.ts";
import { type VirtualClock, virtualClock } from "../runner/virtual-clock.ts";
import { zipFile } from "../runner/zip-file.ts";
import { commit, record } from "./records.ts";

/** Every call that a history on a branch or in an artifact makes, and finding its baseline. */
const calls = {
  "see the branch": { method: "GET", path: /\/matching-refs\// },
  "ask for its archive": { method: "GET", path: /\/zipball\// },
  "download the archive": { method: "GET", path: /^\/acme\/shop\/legacy\.zip\// },
  "find the merge base": { method: "GET", path: /\/compare\// },
  "list the commits before": { method: "GET", path: /\/commits\?/ },
  "read the newest commit": { method: "GET", path: /\/git\/commits\/[0-9a-f]+$/ },
  "look for the record": { method: "GET", path: /\/contents\// },
  "write the tree": { method: "POST", path: /\/git\/trees$/ },
  "write the commit": { method: "POST", path: /\/git\/commits$/ },
  "move the branch": { method: "PATCH", path: /\/git\/refs\// },
  "make the branch": { method: "POST", path: /\/git\/refs$/ },
  "list the artifacts": { method: "GET", path: /\/actions\/artifacts\?/ },
  "ask for the artifact": { method: "GET", path: /\/actions\/artifacts\/\d+\/zip$/ },
  "download the artifact": { method: "GET", path: /^\/\d+$/ },
} as const satisfies Readonly<Record<string, Pick<Fault, "method" | "path">>>;

export interface HistoryCell {
  readonly call: keyof typeof calls;
  readonly fault: keyof typeof faults;
  readonly lasts: Row["lasts"];
}

export const historyCells: readonly HistoryCell[] = (Object.keys(calls) as (keyof typeof calls)[]).flatMap(
  (call) =>
    (Object.keys(faults) as (keyof typeof faults)[]).flatMap((fault) =>
      (["once", "for ever"] as const).map((lasts) => ({ call, fault, lasts })),
    ),
);

const branch = "phase-gate-history";
const ref = `refs/heads/${branch}`;
const path = (number: number) => `runs/${recordPath(record(number))}`;
const text = (number: number) => writeRecord(record(number));

function open(github: InProcess, clock: VirtualClock) {
  const access = { apiUrl: github.url, token: "t", repository: "acme/shop" };
  const world = { fetch: github.fetch, clock };
  const transport = openTransport(access, world);
  const store = branchStore(
    { branch, gate: "phase-gate", temp: tmpdir() },
    branchClient(transport, access, world),
    clock,
  );
  return { store, find: ancestryFinder(transport) };
}

/** A run reads the history, and records itself where that takes calls. */
export async function runHistoryCell(cell: HistoryCell): Promise<Row> {
  return cell.call.includes("artifact") ? runArtifactCell(cell) : runBranchCell(cell);
}

async function runArtifactCell({ call, fault, lasts }: HistoryCell): Promise<Row> {
  const clock = virtualClock();
  const times = lasts === "once" ? 1 : Number.POSITIVE_INFINITY;
  const content = zipFile([{ name: path(1), content: text(1) }]);
  const artifacts = [{ id: 1, name: branch, run: 7, branch: "main", content }];
  const github = createInProcess({ artifacts, faults: [{ ...calls[call], ...faults[fault], times }] }, clock);
  const access = { apiUrl: github.url, token: "t", repository: "acme/shop" };
  const world = { fetch: github.fetch, clock };
  const client = artifactClient(openTransport(access, world), access, world);
  const place = { name: branch, branch: "main", gate: "phase-gate", temp: tmpdir(), folder: "" };
  const before = clock.now();
  const { records, problems } = await clock.run(() => artifactStore(place, client).read());
  const wrong: string[] = [];
  if (records.length === 0 && !problems.some(({ severity }) => severity === "error"))
    wrong.push("a history that was not read passes for a first run");
  if (github.struck() === 0) wrong.push("the call was never made, so nothing went wrong");
  const arrived = records.length === 1 && problems.length === 0;
  if (lasts === "once" && !arrived) wrong.push("did not recover");
  return { call, fault, lasts, wrong, arrived, seconds: (clock.now() - before) / 1000 };
}

/** A run reads the history, finds its baseline and records itself, as it does; between, another run may be faster. */
async function runBranchCell({ call, fault, lasts }: HistoryCell): Promise<Row> {
  const clock = virtualClock();
  const times = lasts === "once" ? 1 : Number.POSITIVE_INFINITY;
  const isNew = call === "make the branch";
  const github = createInProcess(
    {
      faults: [{ ...calls[call], ...faults[fault], times }],
      branches: isNew ? {} : { [branch]: { [path(1)]: text(1) } },
      code: {
        commits: [1, 2].map((number) => ({ sha: commit(number), parents: number === 1 ? [] : [commit(1)] })),
        branches: { main: commit(2) },
      },
    },
    clock,
  );
  const before = clock.now();
  const wrong: string[] = [];
  const { store, find } = open(github, clock);
  const said = await clock.run(async () => {
    const read = await store.read();
    const known = read.records.length === (isNew ? 0 : 1);
    if (!known && read.problems.length === 0)
      wrong.push("a history that was not read passes for a first run");
    if (read.problems.some(({ severity }) => severity !== "error"))
      wrong.push("what was not read is no error");
    const ancestry = await find("main", commit(2), (sha) => sha === commit(1)).catch(() => undefined);
    if (ancestry && ancestry.commits.length !== 2) wrong.push("other commits than there are");
    if (call === "look for the record") elsewhere(github, 3);
    if (read.problems.length > 0) return { known, found: ancestry !== undefined, kept: false };
    const kept = await store.keep(record(2), read.records).catch((error: unknown) => {
      if (store.whyNot(error).message === "") wrong.push("not recorded, and no reason");
      return false;
    });
    return { known, found: ancestry !== undefined, kept };
  });
  const seconds = (clock.now() - before) / 1000;
  const files = filesAt(github.git, github.git.refs.get(ref) ?? "");
  if (said.kept && files?.get(path(2)) !== text(2)) wrong.push("what is said of the record is not true");
  for (const number of call === "look for the record" ? [1, 3] : isNew ? [] : [1])
    if (files?.get(path(number)) !== text(number)) wrong.push(`record ${number} is lost`);
  if (github.struck() === 0) wrong.push("the call was never made, so nothing went wrong");
  if (seconds > 240) wrong.push(`took ${seconds} s`);
  const arrived = said.known && said.found && said.kept;
  if (lasts === "once" && !arrived) wrong.push("did not recover");
  wrong.push(...(await nextRun(github)));
  return { call, fault, lasts, wrong, arrived, seconds };
}

/** What another run does meanwhile. */
function elsewhere({ git }: InProcess, number: number): void {
  const head = git.refs.get(ref) ?? "";
  const files = new Map(filesAt(git, head));
  git.refs.set(ref, addCommit(git, addTree(git, files.set(path(number), text(number))), [head], "Elsewhere"));
}

/** On a good day the next run finds everything in order. */
async function nextRun(github: InProcess): Promise<readonly string[]> {
  github.heal();
  const clock = virtualClock();
  const { store } = open(github, clock);
  const { records, problems } = await clock.run(() => store.read());
  const kept = await clock.run(() => store.keep(record(9), records));
  return problems.length > 0 || !kept ? ["the next run cannot record"] : [];
}
