import type { HistoryPlace } from "../model/config.ts";
import type { Problem } from "../model/problem.ts";
import type { Places } from "./yaml.ts";

/** A name that both a branch and an artifact may have. */
export const historyName = /^(?!.*(?:\.\.|\.$|\.lock$))[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

const usualName = "phase-gate-history";

interface RawBaseline {
  readonly store?: HistoryPlace["kind"] | undefined;
  readonly path?: string | undefined;
  readonly name?: string | undefined;
}

/** Where the history lies, or undefined where the configuration names no place. */
export function parsePlace(
  { store, path, name }: RawBaseline = {},
  yaml: Places,
  problems: Problem[],
): HistoryPlace | undefined {
  const wrong = (message: string) => {
    const at = yaml.place(["baseline"], "key");
    problems.push({ code: "config-value", severity: "error", message: `baseline: ${message}`, at });
    return undefined;
  };
  if ((store === "file") !== (path !== undefined)) return wrong("`store: file` and `path` belong together");
  if (name !== undefined && store !== "branch" && store !== "artifact")
    return wrong("`name` belongs to `store: branch` or `store: artifact`");
  if (path !== undefined) return { kind: "file", path };
  return store === "branch" || store === "artifact" ? { kind: store, name: name ?? usualName } : undefined;
}

/** The place in words, for a list of what has changed. */
export function placeText(place: HistoryPlace): string {
  return place.kind === "file" ? place.path : `${place.kind} ${place.name}`;
}
