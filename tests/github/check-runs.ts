import { isBot } from "./accounts.ts";
import { type Answer, failure, invalid, notFound } from "./answer.ts";
import type { Call, Handlers } from "./call.ts";
import { type CheckInput, refused } from "./check-limits.ts";
import { pageOf } from "./page.ts";
import { shownCheckRun } from "./shown-check-run.ts";
import { type FakeCheckRun, replace, type State } from "./state.ts";

export const checkRunHandlers: Handlers = {
  "checks/create": (call) => guarded(call, () => create(call)),
  "checks/get": (call) => withRun(call, (run) => ({ status: 200, body: shown(call, run) })),
  "checks/update": (call) => guarded(call, () => withRun(call, (run) => update(call, run))),
  "checks/list-for-ref": list,
};

const fullSha = /^[0-9a-f]{40}$/;

function create(call: Call): Answer {
  const { state } = call;
  const input = call.body as CheckInput & { readonly name: string; readonly head_sha: string };
  if (!fullSha.test(input.head_sha))
    return failure(422, `No commit found for SHA: ${input.head_sha}`, call.docs);
  const id = state.nextId();
  const blank = { conclusion: null, externalId: "", title: null, summary: null, text: null, annotations: [] };
  const run = { id, name: input.name, headSha: input.head_sha, status: "queued", ...blank };
  const details = `https://github.com/${call.repository}/runs/${id}`;
  state.checkTimes.set(id, { started: state.now(), completed: null, detailsUrl: details });
  state.checkRuns.push(run);
  return { status: 201, body: shown(call, apply(state, run, input)) };
}

function update(call: Call, run: FakeCheckRun): Answer {
  return { status: 200, body: shown(call, apply(call.state, run, call.body as CheckInput)) };
}

/** An output that is given replaces the former title, summary and text, but adds to the annotations. */
function apply(state: State, run: FakeCheckRun, input: CheckInput): FakeCheckRun {
  const status = input.conclusion === undefined ? (input.status ?? run.status) : "completed";
  const conclusion = status === "completed" ? (input.conclusion ?? run.conclusion) : null;
  const { output } = input;
  const said =
    output === undefined
      ? {}
      : { title: output.title ?? null, summary: output.summary, text: output.text ?? null };
  const annotations = [...run.annotations, ...(output?.annotations ?? [])];
  const name = input.name ?? run.name;
  const externalId = input.external_id ?? run.externalId;
  setTimes(state, run.id, input, status);
  return replace(state.checkRuns, { ...run, name, externalId, status, conclusion, ...said, annotations });
}

function setTimes(state: State, id: number, input: CheckInput, status: string): void {
  const before = timesOf(state, id);
  const completed = status === "completed" ? (input.completed_at ?? before.completed ?? state.now()) : null;
  const started = input.started_at ?? before.started;
  state.checkTimes.set(id, { started, completed, detailsUrl: input.details_url ?? before.detailsUrl });
}

/** Newest first; of several with one name, the newest only, unless all are asked for. */
function list(call: Call): Answer {
  const sha = shaOf(call);
  if (sha === undefined) return failure(422, `No commit found for SHA: ${call.params.ref}`, call.docs);
  const query = call.url.searchParams;
  const [name, status, app] = [query.get("check_name"), query.get("status"), query.get("app_id")];
  const runs = call.state.checkRuns.filter(({ headSha }) => headSha === sha).toReversed();
  const newest = runs.filter((run, index) => runs.findIndex((other) => other.name === run.name) === index);
  const asked = (query.get("filter") === "all" ? runs : newest)
    .filter((run) => name === null || run.name === name)
    .filter((run) => status === null || run.status === status)
    .map((run) => shown(call, run))
    .filter((run) => app === null || run.app?.id === Number(app));
  const page = pageOf(asked, call.url);
  return { status: 200, body: { total_count: asked.length, check_runs: page.items }, headers: page.headers };
}

/** Every full SHA may exist; of branches, those that the pull requests come from. */
function shaOf({ state, params }: Call): string | undefined {
  const ref = params.ref ?? "";
  if (fullSha.test(ref)) return ref;
  const branch = ref.replace(/^heads\//, "");
  return Object.values(state.pulls).find((pull) => (pull.headRef ?? "change") === branch)?.headSha;
}

function guarded(call: Call, answer: () => Answer): Answer {
  // Whatever else a token may do: check runs belong to apps.
  if (!isBot(call.state.login)) return failure(403, "You must authenticate via a GitHub App.", call.docs);
  const reason = refused(call.body as CheckInput);
  return reason === undefined ? answer() : invalid(reason, call.docs);
}

function withRun(call: Call, answer: (run: FakeCheckRun) => Answer): Answer {
  const run = call.state.checkRuns.find(({ id }) => id === Number(call.params.check_run_id));
  return run === undefined ? notFound(call.docs) : answer(run);
}

function shown({ state, repository }: Call, run: FakeCheckRun): ReturnType<typeof shownCheckRun> {
  return shownCheckRun(state, repository, run, timesOf(state, run.id));
}

function timesOf(state: State, id: number) {
  const times = state.checkTimes.get(id);
  if (times === undefined) throw new Error(`no times of check run ${id}`);
  return times;
}
