import type { Problem } from "../core/model/problem.ts";
import type { Environment } from "../io/environment.ts";
import type { Inputs } from "./inputs.ts";
import { useProxy } from "./proxy.ts";

/**
 * Completes what the event leaves out: on `workflow_run` it does not say which pull request of a fork the run before was
 * about. The API does, by the commit; no report is asked.
 */
export async function withPullRequest(environment: Environment, { token }: Inputs): Promise<Environment> {
  const { run, plan, apiUrl } = environment;
  const { repository, sha } = run;
  if (
    run.event !== "workflow_run" ||
    plan.fork === undefined ||
    repository === undefined ||
    sha === undefined
  )
    return environment;
  const [{ findPullRequest }, { openTransport }] = await Promise.all([
    import("../io/pull-requests.ts"),
    import("../io/github-transport.ts"),
    useProxy(process.env),
  ]);
  try {
    const pullRequest = await findPullRequest(openTransport({ apiUrl, token, repository }), plan.fork, sha);
    if (pullRequest === undefined)
      return told(
        environment,
        "note",
        `no open pull request of ${from(plan.fork)} has the commit ${sha.slice(0, 7)} as its head`,
      );
    const { comment: _, ...without } = plan.without;
    return { ...environment, run: { ...run, pullRequest }, plan: { ...plan, pullRequest, without } };
  } catch (error) {
    const why = error instanceof Error ? error.message : "no answer";
    return told(
      environment,
      "warning",
      `the pull request of ${from(plan.fork)} could not be looked up: ${why.slice(0, 200)}`,
    );
  }
}

function from({ repository, branch }: NonNullable<Environment["plan"]["fork"]>): string {
  return `${repository === "" ? "a repository that is gone" : repository}:${branch}`;
}

function told(environment: Environment, severity: Problem["severity"], message: string): Environment {
  const hint =
    severity === "note"
      ? "It has a newer commit by now, or was closed; so there is no comment."
      : "The job needs `pull-requests: write`. Run it again.";
  const problem: Problem = { code: "pull-request-unknown", severity, message, hint };
  return { ...environment, problems: [...environment.problems, problem] };
}
