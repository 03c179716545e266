import { appOf, idOf, nodeId } from "./accounts.ts";
import { shownInCheckRun } from "./pulls.ts";
import type { CheckTimes, FakeCheckRun, State } from "./state.ts";

/** A check run as answers carry it (`check-run`). */
export function shownCheckRun(state: State, repository: string, run: FakeCheckRun, times: CheckTimes) {
  const url = `${state.api}/repos/${repository}/check-runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("CR", run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `https://github.com/${repository}/runs/${run.id}`,
    details_url: times.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: times.started,
    completed_at: times.completed,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: idOf(run.headSha) },
    app: appOf(state.login, state.api),
    pull_requests: shownInCheckRun(state, repository, run.headSha),
  };
}
