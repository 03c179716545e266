import { isArtifactSource, type Source } from "../core/model/config.ts";
import type { FetchedSources } from "../io/artifact-sources.ts";
import type { Environment } from "../io/environment.ts";
import { tempTop, withTempFolder } from "../io/temp-folder.ts";
import type { Inputs } from "./inputs.ts";
import { useProxy } from "./proxy.ts";

/** Does some work with the artifacts that sources name at hand; afterwards their files are gone. */
export async function withArtifacts<T>(
  all: readonly Source[],
  { token }: Inputs,
  { apiUrl, run: { repository, id } }: Environment,
  work: (fetched: FetchedSources) => T | Promise<T>,
): Promise<T> {
  const sources = all.filter(isArtifactSource);
  if (sources.length === 0 || repository === undefined || id === undefined) return work(new Map());
  const [{ artifactClient }, { fetchSources }, { openTransport }] = await Promise.all([
    import("../io/artifacts.ts"),
    import("../io/artifact-sources.ts"),
    import("../io/github-transport.ts"),
    useProxy(process.env),
  ]);
  const access = { apiUrl, token, repository };
  const client = artifactClient(openTransport(access), access);
  return withTempFolder(tempTop(process.env), async (folder) =>
    work(await fetchSources(sources, client, id, folder)),
  );
}
