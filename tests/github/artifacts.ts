import { createHash } from "node:crypto";
import { nodeId } from "./accounts.ts";
import { type Answer, failure, notFound } from "./answer.ts";
import type { Call, Handlers } from "./call.ts";
import { pageOf } from "./page.ts";

/** An artifact of a workflow run. */
export interface FakeArtifact {
  readonly id: number;
  readonly name: string;
  /** Id of the run that made it. */
  readonly run: number;
  /** As it is stored: a ZIP archive, or a file as it is. */
  readonly content: Uint8Array;
  readonly expired?: boolean;
  /** Branch of the run. Default "change". */
  readonly branch?: string;
  /** The run was of a fork. */
  readonly fork?: boolean;
  /** What the list says of its size, where that is not true. */
  readonly size?: number;
}

/** Handlers that read artifacts; the content itself lies in a store beside the API. */
export const artifactHandlers: Handlers = {
  "actions/list-workflow-run-artifacts": list,
  "actions/list-artifacts-for-repo": listAll,
  "actions/download-artifact": download,
};

function list({ state, params, repository, url, docs }: Call): Answer {
  if (state.actions === "none") return failure(403, "Resource not accessible by integration", docs);
  const all = state.artifacts.filter(({ run }) => run === Number(params.run_id));
  const { items, headers } = pageOf(all, url);
  const artifacts = items.map((artifact) => shown(artifact, `${state.api}/repos/${repository}`));
  return { status: 200, headers, body: { total_count: all.length, artifacts } };
}

/** Of all runs, newest first. */
function listAll({ state, repository, url, docs }: Call): Answer {
  if (state.actions === "none") return failure(403, "Resource not accessible by integration", docs);
  const name = url.searchParams.get("name");
  const all = state.artifacts
    .filter((one) => name === null || one.name === name)
    .toSorted((a, b) => b.id - a.id);
  const { items, headers } = pageOf(all, url);
  const artifacts = items.map((artifact) => shown(artifact, `${state.api}/repos/${repository}`));
  return { status: 200, headers, body: { total_count: all.length, artifacts } };
}

function download({ state, params, docs }: Call): Answer {
  if (state.actions === "none") return failure(403, "Resource not accessible by integration", docs);
  const artifact = state.artifacts.find(({ id }) => id === Number(params.artifact_id));
  if (artifact === undefined || params.archive_format !== "zip") return notFound(docs);
  if (artifact.expired) return failure(410, "Artifact has expired", docs);
  return { status: 302, headers: { location: `${state.store}/${artifact.id}?sig=signed` } };
}

function shown(
  {
    id,
    name,
    run,
    content,
    expired = false,
    size = content.length,
    branch = "change",
    fork = false,
  }: FakeArtifact,
  api: string,
): object {
  const url = `${api}/actions/artifacts/${id}`;
  const at = "2026-01-01T00:00:00Z";
  return {
    id,
    node_id: nodeId("A", id),
    name,
    size_in_bytes: size,
    url,
    archive_download_url: `${url}/zip`,
    expired,
    digest: `sha256:${createHash("sha256").update(content).digest("hex")}`,
    created_at: at,
    updated_at: at,
    expires_at: "2026-04-01T00:00:00Z",
    workflow_run: {
      id: run,
      repository_id: 1,
      head_repository_id: fork ? 2 : 1,
      head_branch: branch,
      head_sha: "a".repeat(40),
    },
  };
}
