import type { Place } from "../model/problem.ts";
import { type Json, member, memberText } from "./text/json.ts";

/** Most bases that stand on one another. */
const maxBases = 8;

/** Where a result of a SARIF run stands: at the first of its locations. */
export function placeOf(result: Json, run: Json): Place | undefined {
  const locations = member(result, "locations");
  const physical = member(
    Array.isArray(locations) ? (locations as readonly Json[])[0] : undefined,
    "physicalLocation",
  );
  const told = member(physical, "artifactLocation");
  const artifact = memberText(told, "uri") === undefined ? artifactAt(run, member(told, "index")) : told;
  const uri = memberText(artifact, "uri");
  if (uri === undefined) return undefined;
  const [line, column] = ["startLine", "startColumn"].map((key) => member(member(physical, "region"), key));
  return {
    file: pathOf(withBase(uri, memberText(artifact, "uriBaseId"), run)),
    ...(typeof line === "number" ? { line } : {}),
    ...(typeof column === "number" ? { column } : {}),
  };
}

function artifactAt(run: Json, index: Json | undefined): Json | undefined {
  const artifacts = member(run, "artifacts");
  if (!Array.isArray(artifacts) || typeof index !== "number") return undefined;
  return member((artifacts as readonly Json[])[index], "location");
}

/** A relative address below its base. One that is absolute is the checkout of some machine, and says nothing here. */
function withBase(uri: string, base: string | undefined, run: Json): string {
  const bases = member(run, "originalUriBaseIds");
  let [path, id] = [uri, base];
  for (let left = maxBases; left > 0 && id !== undefined && !isAbsolute(path); left--) {
    const told: Json | undefined = member(bases, id);
    const prefix = memberText(told, "uri") ?? "";
    if (isAbsolute(prefix)) break;
    path = prefix === "" || prefix.endsWith("/") ? prefix + path : `${prefix}/${path}`;
    id = memberText(told, "uriBaseId");
  }
  return path;
}

function isAbsolute(uri: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(uri);
}

function pathOf(uri: string): string {
  const path = uri.replace(/^file:\/\/(?:localhost)?(?:\/(?=[a-z]:))?/i, "");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
