import type { Annotation, CheckClient, CheckOutput, CheckRun } from "../core/model/clients.ts";
import { exitCode } from "../core/model/exit-code.ts";
import type { Problem } from "../core/model/problem.ts";
import type { Report } from "../core/model/report.ts";
import { annotationsOf } from "../core/report/annotations.ts";
import { cut, plain } from "../core/report/escape.ts";
import { renderCheckSummary } from "../core/report/markdown.ts";
import { headSentence } from "../core/report/sentence.ts";
import { apiFailure, isAmbiguous, notPublished } from "./failure.ts";
import type { Publisher } from "./publisher.ts";

/** Annotations in one request. https://docs.github.com/rest/checks/runs */
export const annotationsPerRequest = 50;

/** One check run on the head commit, with failing tests as annotations. */
export const publishCheckRun: Publisher = async (report, { client, sha }) => {
  if (sha === undefined) return [];
  const annotations = annotationsOf(report);
  const check = checkOf(report, sha, annotations.slice(0, annotationsPerRequest));
  try {
    const id = await create(client, check);
    const problems: Problem[] = [];
    for (let from = annotationsPerRequest; from < annotations.length; from += annotationsPerRequest) {
      const batch = annotations.slice(from, from + annotationsPerRequest);
      problems.push(...(await add(client, id, { ...check.output, annotations: batch })));
    }
    return problems;
  } catch (error) {
    return [notPublished("the check run", error, "checks")];
  }
};

function checkOf(report: Report, sha: string, annotations: readonly Annotation[]): CheckRun {
  const { name, run, title } = report;
  return {
    name: name === "phase-gate" ? title : `${title} (${name})`,
    sha,
    key: `phase-gate:${name}:${run.id ?? 0}:${run.attempt ?? 1}`,
    url: run.url,
    conclusion: exitCode(report) === 0 ? "success" : "failure",
    output: {
      title: cut(plain(headSentence(report)), 255),
      summary: renderCheckSummary(report),
      annotations,
    },
  };
}

/** Creating is never repeated blindly; annotations that GitHub rejects do not cost the check run. */
async function create(client: CheckClient, check: CheckRun): Promise<number> {
  try {
    return await client.createCheckRun(check);
  } catch (error) {
    const failure = apiFailure(error);
    if (isAmbiguous(failure)) {
      const id = await client.findCheckRun(check.sha, check.name, check.key);
      return id ?? (await client.createCheckRun(check));
    }
    if (failure.status !== 422 || check.output.annotations.length === 0) throw error;
    return client.createCheckRun({ ...check, output: { ...check.output, annotations: [] } });
  }
}

async function add(client: CheckClient, id: number, output: CheckOutput): Promise<readonly Problem[]> {
  try {
    await client.addToCheckRun(id, output);
    return [];
  } catch (error) {
    return [notPublished(`${output.annotations.length} annotations of the check run`, error, "checks")];
  }
}
