import { exitCode } from "../../src/core/model/exit-code.ts";
import type { Report } from "../../src/core/model/report.ts";
import { annotationsOf } from "../../src/core/report/annotations.ts";
import { headSentence } from "../../src/core/report/sentence.ts";
import type { Fault, GitHubOptions, GitHubState } from "../github/exchange.ts";
import { createInProcess, type InProcess } from "../github/in-process.ts";
import { virtualClock } from "../runner/virtual-clock.ts";
import { publishTo } from "./publish-in-process.ts";
import { reportOf } from "./report.ts";

type Call = Pick<Fault, "method" | "path" | "body">;

const checkRun = /\/check-runs\/\d+$/;

/** Every call that publishing makes; what must come of it at each place says `stateOf`. */
export const calls = {
  "ask who we are": { method: "POST", path: /\/graphql$/ },
  "read the pull request": { method: "GET", path: /\/pulls\/7$/ },
  "list comments": { method: "GET", path: /\/issues\/7\/comments\?/ },
  "create the comment": { method: "POST", path: /\/issues\/7\/comments$/ },
  "change the comment": { method: "PATCH", path: /\/issues\/comments\/\d+$/ },
  "begin the check run": { method: "POST", path: /\/check-runs$/, body: /"in_progress"/ },
  "list check runs": { method: "GET", path: /\/check-runs\?/ },
  "complete the check run": { method: "PATCH", path: checkRun, body: /"conclusion"/ },
  "add annotations": { method: "PATCH", path: checkRun, body: /"annotations"/ },
} as const satisfies Readonly<Record<string, Call>>;

/** Everything that can go wrong with a call. Limits last 20 seconds where the answer says how long. */
export const faults = {
  "500, without effect": { status: 500 },
  "502, after it took effect": { status: 502, after: true },
  "403, not accessible": { status: 403 },
  "403, primary limit": {
    status: 403,
    headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767225620" },
  },
  "403, secondary limit": { status: 403, headers: { "retry-after": "20" } },
  "429, without a time": { status: 429 },
  "404": { status: 404 },
  "422": { status: 422 },
  "connection reset": { status: "reset" },
  "connection reset, after it took effect": { status: "reset", after: true },
  "200 with a page of HTML": { status: "html" },
  "200, cut off": { status: "cut" },
  "200 of another shape": { status: "shape" },
  "no answer": { status: "stuck", after: true },
} as const satisfies Readonly<Record<string, Pick<Fault, "status" | "after" | "headers">>>;

export interface Cell {
  readonly call: keyof typeof calls;
  readonly fault: keyof typeof faults;
  readonly lasts: "once" | "for ever";
  readonly input: "passing" | "failing";
}

export const cells: readonly Cell[] = (Object.keys(calls) as (keyof typeof calls)[]).flatMap((call) =>
  (Object.keys(faults) as (keyof typeof faults)[]).flatMap((fault) =>
    (["once", "for ever"] as const).flatMap((lasts) =>
      (["passing", "failing"] as const).map((input) => ({ call, fault, lasts, input })),
    ),
  ),
);

/** What a cell came to. */
export interface CellResult {
  /** What must never be. */
  readonly wrong: readonly string[];
  /** Whether comment, check run and annotations stand on GitHub. */
  readonly arrived: boolean;
  readonly requests: number;
  readonly seconds: number;
}

/** The fake for a cell: creating is tried where there is no comment yet, everything else where there is one. */
export function optionsOf({ call, fault, lasts }: Cell): GitHubOptions {
  const comments =
    call === "create the comment" ? [] : [{ login: "github-actions[bot]", body: `${marker(1)}\nold` }];
  const times = lasts === "once" ? 1 : Number.POSITIVE_INFINITY;
  return { comments, faults: [{ ...calls[call], ...faults[fault], times }] };
}

const marker = (number: number) => `<!-- phase-gate phase-gate run=${number}.1 `;

/** Of 200 tests 60 fail where the gate passes, 150 where it fails: both have annotations of several batches. */
export const reports = { passing: reportOf(60, 2), failing: reportOf(150, 2), next: reportOf(0, 3) } as const;

export async function runCell(cell: Cell): Promise<CellResult> {
  const clock = virtualClock();
  const github = createInProcess(optionsOf(cell), clock);
  const report = reports[cell.input];
  const begin = clock.now();
  const deliveries = await clock.run(() => publishTo(github, clock, report));
  const seconds = (clock.now() - begin) / 1000;
  const requests = github.requests.length;
  const told = deliveries.map(({ place, arrived, problems }) => ({
    place,
    arrived,
    loud: problems.length > 0,
  }));
  const { wrong, arrived } = stateOf(github, told, report);
  if (github.struck() === 0) wrong.push("the call was never made, so nothing went wrong");
  if (seconds > 120) wrong.push(`took ${seconds} s`);
  if (cell.lasts === "once" && !arrived) wrong.push("did not recover");
  wrong.push(...(await nextRun(github)));
  return { wrong, arrived, requests, seconds };
}

/** What a run says of a place. */
export interface Told {
  readonly place: string;
  readonly arrived: boolean;
  /** Something about it is said in the log and in the summary. */
  readonly loud: boolean;
}

/** What stands on GitHub beside what the run says, and what of it must never be. */
export function stateOf(github: GitHubState, told: readonly Told[], report: Report) {
  const wrong: string[] = [];
  const conclusion = exitCode(report) === 0 ? "success" : "failure";
  const [comment, check] = ["comment", "check"].map((place) => told.find((one) => one.place === place));
  const own = github.comments.filter(({ body }) => body.startsWith(marker(2)));
  const commented = own.length === 1 && own[0]!.body.includes(headSentence(report).slice(0, 20));
  if (github.comments.length > 1) wrong.push(`${github.comments.length} comments`);
  // Where an answer is lost for ever, a place may be said to be uncertain although the report is there.
  if (comment?.arrived && !commented) wrong.push("what is said of the comment is not true");
  if (!commented && !comment?.loud) wrong.push("the comment is lost silently");
  // GitHub shows the newest check run of a name.
  const shown = github.checkRuns.at(-1);
  const checked = shown?.conclusion === conclusion;
  const annotated = checked && shown.annotations.length === annotationsOf(report).length;
  if (shown && shown.status !== "completed") wrong.push("the check run is left in progress");
  if (shown?.conclusion && !checked) wrong.push(`the check run says ${shown.conclusion}`);
  if (shown && shown.annotations.length > annotationsOf(report).length) wrong.push("annotations stand twice");
  if (check?.arrived && !checked) wrong.push("what is said of the check run is not true");
  if (!checked && !check?.loud) wrong.push("the check run is lost silently");
  if (checked && !annotated && !check?.loud) wrong.push("annotations are lost silently");
  return { wrong, arrived: commented && annotated };
}

/** After a run on a good day everything is as it should be, whatever the one before it left behind. */
async function nextRun(github: InProcess): Promise<readonly string[]> {
  github.heal();
  const clock = virtualClock();
  await clock.run(() => publishTo(github, clock, reports.next));
  const wrong: string[] = [];
  const open = github.checkRuns.filter(({ status }) => status !== "completed").length;
  if (open > 0) wrong.push(`${open} check runs are in progress after the next run`);
  const shown = github.comments.filter(({ body }) => body.startsWith(marker(3)));
  if (github.comments.length !== 1 || shown.length !== 1) wrong.push("the next run has not one comment");
  return wrong;
}
