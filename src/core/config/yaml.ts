import { parseEvents, YAMLException } from "js-yaml";
import type { Place, Problem } from "../model/problem.ts";
import { accident } from "./yaml-accident.ts";
import { type Fault, maxAliases, type Part, partsOf } from "./yaml-parts.ts";

/** Largest configuration, in characters, and deepest nesting. */
export const maxConfigText = 256 << 10;
const maxDepth = 64;

/** Most faults of one file that are told at once. */
const maxTold = 5;

/** A path of keys and indexes into the document. */
export type Path = readonly PropertyKey[];

/** Where each part of a document stands. */
export interface Places {
  /** Place of the value at a path, or of its key, or of the nearest part around it. */
  place(path: Path, what?: "key" | "value"): Place;
}

/** A YAML document as a plain value, and where in the text each part stands. */
export interface Yaml extends Places {
  readonly value: unknown;
}

/** Reads one YAML 1.2 document, strictly: what a configuration cannot mean is a problem. */
export function readYaml(text: string, file: string): Yaml | readonly Problem[] {
  if (text.length > maxConfigText) {
    return [
      {
        code: "config-too-large",
        severity: "error",
        message: `is larger than ${maxConfigText >> 10} KiB`,
        at: { file },
      },
    ];
  }
  const at = placesIn(text, file);
  try {
    const { root, faults } = partsOf(text, parseEvents(text, { maxDepth }));
    if (faults.length > 0) return faults.slice(0, maxTold).map((fault) => told(fault, text, at));
    return {
      value: root.value,
      place(path, what = "value") {
        const offset = offsetOf(root, path, what);
        return offset === undefined ? { file, line: 1 } : at(offset);
      },
    };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const place = at(error.mark?.position ?? 0);
    if (!error.reason.startsWith("nesting exceeded")) return [accident(text, place, error.reason)];
    const message = `is nested deeper than ${maxDepth} levels`;
    return [{ code: "config-too-large", severity: "error", message, at: place }];
  }
}

/** Lines and columns, from 1, of offsets into a text. */
function placesIn(text: string, file: string): (offset: number) => Place {
  const starts = [0];
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { file, line: line + 1, column: offset - starts[line]! + 1 };
  };
}

/** Where the part at a path begins, or its key, or the nearest part around it; undefined if that is the whole document. */
function offsetOf(root: Part, path: Path, what: "key" | "value"): number | undefined {
  let found: number | undefined;
  let inner = root.inner;
  for (const [i, step] of path.entries()) {
    const entry = inner?.get(String(step));
    if (entry === undefined) return found;
    found = what === "key" && i === path.length - 1 ? entry.keyAt : entry.part.offset;
    inner = entry.part.inner;
  }
  return found;
}

function told(fault: Fault, text: string, placeOf: (offset: number) => Place): Problem {
  const at = placeOf(fault.at);
  const as = (
    code: "config-syntax" | "config-too-large" | "config-value",
    message: string,
    hint?: string,
  ) => ({
    code,
    severity: "error" as const,
    message,
    at,
    ...(hint === undefined ? {} : { hint }),
  });
  switch (fault.kind) {
    case "documents":
      return as(
        "config-syntax",
        "is not YAML: source contains multiple documents",
        "Keep one document; remove the line with ---.",
      );
    case "merge":
      return as("config-syntax", "merge keys (<<) are not part of YAML 1.2", "Write the keys out.");
    case "no-text":
      return as(
        "config-syntax",
        "has a list or a mapping for a key",
        "Put the key in quotes if it is a text.",
      );
    case "infinite":
      return as("config-value", "is not a finite number");
    case "alias":
      return accident(text, at, "unresolved alias");
    case "aliases":
      return as(
        "config-too-large",
        `repeats itself by more than ${maxAliases} aliases`,
        "Write the values out.",
      );
    case "tag":
      return accident(text, at, `unresolved tag: ${fault.tag}`);
    case "repeated":
      return as(
        "config-syntax",
        `the key "${fault.key}" is there twice, first in line ${placeOf(fault.firstAt).line}`,
        "Keep one of the two, or make one list of what both hold.",
      );
  }
}
