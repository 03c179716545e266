import { account, appOf, isBot, nodeId } from "./accounts.ts";
import { type Answer, failure, notFound } from "./answer.ts";
import type { Call, Handlers } from "./call.ts";
import { pageOf } from "./page.ts";
import { type FakeComment, replace, type State } from "./state.ts";

const longestBody = 65_536;

export const commentHandlers: Handlers = {
  "issues/list-comments": list,
  "issues/create-comment": create,
  "issues/get-comment": (call) =>
    withComment(call, (comment) => ({ status: 200, body: shown(call, comment) })),
  "issues/update-comment": (call) => withComment(call, (comment) => update(call, comment)),
  "issues/delete-comment": (call) => withComment(call, (comment) => remove(call.state, comment)),
};

/** Writes a comment as if `login` had done so. */
export function addComment(state: State, issue: number, login: string, body: string): FakeComment {
  const comment = { id: state.nextId(), login, body, issue, edits: 0 };
  const now = state.now();
  state.comments.push(comment);
  state.commentTimes.set(comment.id, { created: now, updated: now });
  return comment;
}

function list(call: Call): Answer {
  const issue = issueOf(call);
  if (issue === undefined) return notFound(call.docs);
  const since = Date.parse(call.url.searchParams.get("since") ?? "1970-01-01");
  const all = call.state.comments.filter((comment) => comment.issue === issue);
  const asked = all.filter((comment) => Date.parse(timesOf(call.state, comment).updated) >= since);
  const page = pageOf(asked, call.url);
  return { status: 200, body: page.items.map((comment) => shown(call, comment)), headers: page.headers };
}

function create(call: Call): Answer {
  const issue = issueOf(call);
  if (issue === undefined) return notFound(call.docs);
  const { body } = call.body as { readonly body: string };
  const refusal = objection(body, call.docs);
  if (refusal !== undefined) return refusal;
  const comment = addComment(call.state, issue, call.state.login, body);
  return { status: 201, body: shown(call, comment), headers: { location: address(call, comment) } };
}

function update(call: Call, comment: FakeComment): Answer {
  const { body } = call.body as { readonly body: string };
  const refusal = objection(body, call.docs);
  if (refusal !== undefined) return refusal;
  const { created } = timesOf(call.state, comment);
  call.state.commentTimes.set(comment.id, { created, updated: call.state.now() });
  const updated = replace(call.state.comments, { ...comment, body, edits: comment.edits + 1 });
  return { status: 200, body: shown(call, updated) };
}

function remove(state: State, comment: FakeComment): Answer {
  state.comments.splice(state.comments.indexOf(comment), 1);
  return { status: 204 };
}

/** What GitHub refuses though the published description allows it. */
function objection(body: string, docs: string): Answer | undefined {
  const message =
    body.trim() === ""
      ? "Body cannot be blank"
      : Array.from(body).length > longestBody
        ? `Body is too long (maximum is ${longestBody} characters)`
        : undefined;
  if (message === undefined) return undefined;
  const error = { resource: "IssueComment", code: "unprocessable", field: "data", message };
  return failure(422, "Validation Failed", docs, [error]);
}

/** Issues exist here as the conversations of pull requests only. */
function issueOf({ state, params }: Call): number | undefined {
  const issue = Number(params.issue_number);
  return state.pulls[issue] === undefined ? undefined : issue;
}

function withComment(call: Call, answer: (comment: FakeComment) => Answer): Answer {
  const comment = call.state.comments.find(({ id }) => id === Number(call.params.comment_id));
  return comment === undefined ? notFound(call.docs) : answer(comment);
}

function timesOf(state: State, comment: FakeComment): { readonly created: string; readonly updated: string } {
  const times = state.commentTimes.get(comment.id);
  if (times === undefined) throw new Error(`no times of comment ${comment.id}`);
  return times;
}

function address({ state, repository }: Call, comment: FakeComment): string {
  return `${state.api}/repos/${repository}/issues/comments/${comment.id}`;
}

/** The comment as answers carry it (`issue-comment`). */
function shown(call: Call, comment: FakeComment): object {
  const { state, repository } = call;
  const { created, updated } = timesOf(state, comment);
  return {
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    url: address(call, comment),
    html_url: `https://github.com/${repository}/pull/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${state.api}/repos/${repository}/issues/${comment.issue}`,
    body: comment.body,
    user: account(comment.login, state.api),
    created_at: created,
    updated_at: updated,
    author_association: isBot(comment.login) ? "CONTRIBUTOR" : "NONE",
    performed_via_github_app: appOf(comment.login, state.api),
    reactions: reactions(`${address(call, comment)}/reactions`),
  };
}

function reactions(url: string): object {
  const faces = { "+1": 0, "-1": 0, laugh: 0, confused: 0, heart: 0, hooray: 0, eyes: 0, rocket: 0 };
  return { url, total_count: 0, ...faces };
}
