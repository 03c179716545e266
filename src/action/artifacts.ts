import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isArtifactSource } from "../core/model/config.ts";
import type { Settings } from "../gate.ts";
import type { FetchedSources } from "../io/artifact-sources.ts";
import type { Environment } from "../io/environment.ts";
import type { Inputs } from "./inputs.ts";

/** Does some work with the artifacts that the configuration names at hand; afterwards their files are gone. */
export async function withArtifacts<T>(
  { token }: Inputs,
  { config, run: { repository, id } }: Settings,
  { apiUrl }: Environment,
  work: (fetched: FetchedSources) => T,
): Promise<T> {
  const sources = Object.values(config?.sources ?? {})
    .flat()
    .filter(isArtifactSource);
  if (sources.length === 0 || repository === undefined || id === undefined) return work(new Map());
  const [{ artifactClient }, { fetchSources }, { openTransport }] = await Promise.all([
    import("../io/artifacts.ts"),
    import("../io/artifact-sources.ts"),
    import("../io/github-transport.ts"),
  ]);
  const temp = process.env["RUNNER_TEMP"] ?? "";
  const folder = mkdtempSync(join(existsSync(temp) ? temp : tmpdir(), "phase-gate-artifacts-"));
  try {
    const access = { apiUrl, token, repository };
    const client = artifactClient(openTransport(access), access);
    return work(await fetchSources(sources, client, id, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
