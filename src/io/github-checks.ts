import * as z from "zod/mini";
import type { Annotation, CheckClient, SeenCheckRun } from "../core/model/clients.ts";
import type { Transport } from "./github-transport.ts";

const checkRun = z.object({
  id: z.number(),
  name: z.string(),
  external_id: z.nullish(z.string()),
  status: z.string(),
  output: z.object({ annotations_count: z.number() }),
});
const checkRuns = z.object({ check_runs: z.array(checkRun) });

/** The calls that a check run needs. */
export function checkClient({ call, pages }: Transport): CheckClient {
  const update = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
  return {
    async listCheckRuns(sha, name) {
      const route = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
      const asked = { ref: sha, filter: "all" as const, ...(name === undefined ? {} : { check_name: name }) };
      return (await pages(route, asked, checkRuns, (page) => page.check_runs)).map(seen);
    },
    async getCheckRun(id) {
      const route = "GET /repos/{owner}/{repo}/check-runs/{check_run_id}";
      return seen(await call(route, { check_run_id: id }, checkRun));
    },
    async createCheckRun({ name, sha, key, url }, done) {
      const state = done ? ({ status: "completed", ...done } as const) : ({ status: "in_progress" } as const);
      const details = url === undefined ? {} : { details_url: url };
      const check = { name, head_sha: sha, external_id: key, ...details, ...state };
      const vital = done !== undefined;
      return (await call("POST /repos/{owner}/{repo}/check-runs", check, checkRun, { vital })).id;
    },
    async completeCheckRun(id, conclusion, output) {
      const change = { check_run_id: id, status: "completed", conclusion, output } as const;
      await call(update, change, checkRun, { again: true, vital: true });
    },
    async addAnnotations(id, output, annotations) {
      const change = { check_run_id: id, output: { ...output, annotations: annotations.map(shown) } };
      // A refusal is about one of the annotations; it is found by sending fewer.
      await call(update, change, checkRun, { believed: 422 });
    },
  };
}

function shown({ path, line, endLine = line, level, title, message }: Annotation) {
  return { path, title, message, start_line: line, end_line: endLine, annotation_level: level };
}

function seen({ id, name, external_id, status, output }: z.infer<typeof checkRun>): SeenCheckRun {
  const completed = status === "completed";
  return { id, name, key: external_id ?? "", completed, annotations: output.annotations_count };
}
