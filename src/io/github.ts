import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { CheckClient, CheckRun, CommentClient } from "../core/model/clients.ts";

/** How long one request may take, and how long we wait for a rate limit to pass. */
const requestTimeout = 20_000;
const longestWait = 60;

/** Repetitions of a request that may be repeated, after 1 and 4 seconds: a dead API costs seconds, not the job. */
const retries = 2;

/** Where the API is and for whom. */
export interface GitHubAccess {
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
}

const viewer = z.object({ viewer: z.object({ login: z.string().min(1) }) });
const comments = z.array(
  z.object({ id: z.number(), body: z.string().nullish(), user: z.object({ login: z.string() }).nullish() }),
);
const created = z.object({ id: z.number() });
const checkRuns = z.array(z.object({ id: z.number(), external_id: z.string().nullish() }));

/**
 * The calls we make, and no others. Every answer is checked, because a cut one reads as "nothing there". Requests that
 * may be repeated are, by the plugins; creating is not, its callers look before they repeat.
 */
export function connect({ apiUrl, token, repository }: GitHubAccess): CommentClient & CheckClient {
  const [owner = "", repo = ""] = repository.split("/");
  const octokit = new (Octokit.plugin(retry, throttling))({
    auth: token,
    baseUrl: apiUrl,
    userAgent: "phase-gate",
    log: { debug() {}, info() {}, warn() {}, error() {} },
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, signal: AbortSignal.timeout(requestTimeout) }),
    },
    retry: { retries },
    throttle: {
      onRateLimit: (wait: number, _options: object, _octokit: unknown, tries: number) =>
        wait <= longestWait && tries < 1,
      onSecondaryRateLimit: (wait: number, _options: object, _octokit: unknown, tries: number) =>
        wait <= longestWait && tries < 1,
    },
  });
  const once = { request: { retries: 0 } };

  return {
    async viewer() {
      try {
        return viewer.parse(await octokit.graphql("{ viewer { login } }")).viewer.login;
      } catch (error) {
        // Servers without this query still know the workflow's own token.
        if (typeof error === "object" && error !== null && "status" in error && error.status === 404)
          return "github-actions[bot]";
        throw error;
      }
    },
    async listComments(pullRequest) {
      const all = await octokit.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        owner,
        repo,
        issue_number: pullRequest,
        per_page: 100,
      });
      return comments
        .parse(all)
        .map(({ id, body, user }) => ({ id, body: body ?? "", author: user?.login ?? "" }));
    },
    async createComment(pullRequest, body) {
      created.parse(
        (await octokit.rest.issues.createComment({ owner, repo, issue_number: pullRequest, body, ...once }))
          .data,
      );
    },
    async updateComment(id, body) {
      created.parse((await octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body })).data);
    },
    async deleteComment(id) {
      await octokit.rest.issues.deleteComment({ owner, repo, comment_id: id });
    },
    async findCheckRun(sha, name, key) {
      const { data } = await octokit.rest.checks.listForRef({
        owner,
        repo,
        ref: sha,
        check_name: name,
        filter: "all",
        per_page: 100,
      });
      return checkRuns.parse(data.check_runs).find((run) => run.external_id === key)?.id;
    },
    async createCheckRun(check) {
      const { name, sha, key, url, conclusion } = check;
      const { data } = await octokit.rest.checks.create({
        owner,
        repo,
        name,
        conclusion,
        head_sha: sha,
        external_id: key,
        status: "completed",
        ...(url === undefined ? {} : { details_url: url }),
        output: outputOf(check.output),
        ...once,
      });
      return created.parse(data).id;
    },
    async addToCheckRun(id, output) {
      await octokit.rest.checks.update({ owner, repo, check_run_id: id, output: outputOf(output), ...once });
    },
  };
}

function outputOf({ title, summary, annotations }: CheckRun["output"]) {
  return {
    title,
    summary,
    annotations: annotations.map(({ path, line, title, message }) => ({
      path,
      title,
      message,
      start_line: line,
      end_line: line,
      annotation_level: "failure" as const,
    })),
  };
}
