import { isNode, isScalar, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { Place, Problem } from "../model/problem.ts";

/** Largest configuration, in characters, and deepest nesting. */
export const maxConfigText = 256 << 10;
const maxDepth = 64;
const maxAliases = 50;

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

/** Reads one YAML 1.2 document. Everything the YAML library only warns of is a problem here. */
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
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    version: "1.2",
    merge: false,
  });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const told = faults.map(
      ({ code, pos, message }) =>
        (code === "DUPLICATE_KEY" ? repeated(document.contents, pos[0], at) : undefined) ??
        accident(text, at(pos[0]), message),
    );
    // One slip makes several faults in its line; the first one names it.
    const isFirst = (one: Problem, i: number) =>
      told.findIndex((other) => other.at?.line === one.at?.line) === i;
    return told.filter(isFirst).slice(0, 5);
  }

  const found: Problem[] = [];
  visit(document, {
    Pair(_, pair, path) {
      const offset = isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
      if (String(pair.key) === "<<") {
        found.push(problem(at(offset), "merge keys (<<) are not part of YAML 1.2", "Write the keys out."));
      }
      if (path.length > maxDepth * 2) {
        found.push({
          ...problem(at(offset), `is nested deeper than ${maxDepth} levels`),
          code: "config-too-large",
        });
        return visit.BREAK;
      }
      return undefined;
    },
    Alias(_, node) {
      if (node.resolve(document) === undefined) {
        found.push(accident(text, at(node.range?.[0] ?? 0), "unresolved alias"));
      }
    },
    Scalar(_, node) {
      if (typeof node.value === "number" && !Number.isFinite(node.value)) {
        found.push({ ...problem(at(node.range?.[0] ?? 0), "is not a finite number"), code: "config-value" });
      }
    },
  });
  if (found.length > 0) return found;
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: maxAliases });
  } catch {
    const message = `repeats itself by more than ${maxAliases} aliases`;
    return [
      {
        code: "config-too-large",
        severity: "error",
        message,
        at: { file, line: 1 },
        hint: "Write the values out.",
      },
    ];
  }
  return {
    value,
    place(path, what = "value") {
      for (let length = path.length; length > 0; length--) {
        const node = locate(
          document.contents,
          path.slice(0, length),
          what === "key" && length === path.length,
        );
        if (node?.range) return at(node.range[0]);
      }
      return { file, line: 1 };
    },
  };
}

/** The node at a path; with `key`, the key of the last step instead of its value. */
function locate(root: Node | null, path: Path, key: boolean): Node | undefined {
  let node: unknown = root;
  for (const [i, step] of path.entries()) {
    if (!isCollection(node)) return undefined;
    const item = node.items.find((entry, index) =>
      isPair(entry) ? String(entry.key) === String(step) : index === step,
    );
    node = isPair(item) ? (key && i === path.length - 1 ? item.key : (item.value ?? item.key)) : item;
  }
  return isNode(node) ? node : undefined;
}

function isCollection(node: unknown): node is { items: readonly unknown[] } {
  return typeof node === "object" && node !== null && "items" in node && Array.isArray(node.items);
}

function isPair(entry: unknown): entry is { key: unknown; value: unknown } {
  return (
    typeof entry === "object" && entry !== null && "key" in entry && "value" in entry && !isCollection(entry)
  );
}

function problem(at: Place, message: string, hint?: string): Problem {
  return { code: "config-syntax", severity: "error", message, at, ...(hint === undefined ? {} : { hint }) };
}

/** A key that stands twice in one mapping, the second time at an offset; undefined where it is not found. */
function repeated(root: Node | null, offset: number, at: (offset: number) => Place): Problem | undefined {
  let found: Problem | undefined;
  visit(root, {
    Map(_, { items }) {
      const keys = items.map(({ key }) => (isScalar(key) ? key : undefined));
      const second = keys.find((key) => key?.range?.[0] === offset);
      const first = keys.find((key) => second !== undefined && key?.value === second.value);
      if (second === undefined || first?.range == null) return undefined;
      const message = `the key "${String(second.value)}" is there twice, first in line ${at(first.range[0]).line}`;
      found = problem(at(offset), message, "Keep one of the two, or make one list of what both hold.");
      return visit.BREAK;
    },
  });
  return found;
}

/** The accidents of YAML that everyone has once, each with its cure; else the words of the YAML library. */
function accident(text: string, at: Place, message: string): Problem {
  const line = text.split("\n")[(at.line ?? 1) - 1] ?? "";
  const comparison = /[:{,[]\s*(>=?|<=?|!=|==)\s*([\d.]+\s*[%a-z]*)/i.exec(line);
  if (comparison?.[1]?.startsWith(">")) {
    const [, symbol = "", value = ""] = comparison;
    const words = symbol === ">=" ? "at least" : "above";
    const what = "YAML reads an unquoted > as the beginning of a text block";
    return problem(at, what, `Write "${symbol} ${value.trim()}" in quotes, or: ${words} ${value.trim()}`);
  }
  if (/unresolved tag: !=?/i.test(message)) {
    return problem(
      at,
      "YAML reads an unquoted ! as a tag",
      'There is no "!=" in limits; write what must hold, such as: exactly 0',
    );
  }
  if (/unresolved alias/i.test(message)) {
    const glob = /\*\S*/.exec(line.slice((at.column ?? 1) - 1))?.[0].replace(/[,\]}]+$/, "") ?? "**/*.xml";
    return problem(
      at,
      "YAML reads an unquoted * as a reference to another place",
      `Put the glob in quotes: "${glob}"`,
    );
  }
  if (/reserved character @/i.test(message)) {
    const name = /@[\w./-]+/.exec(line.slice((at.column ?? 1) - 1))?.[0] ?? "@team";
    return problem(at, "YAML does not allow an unquoted @ at the beginning", `Put it in quotes: "${name}"`);
  }
  const hint = /multiple documents/i.test(message)
    ? "Keep one document; remove the line with ---."
    : undefined;
  return problem(at, `is not YAML: ${message.split(/[\n;]/)[0]?.toLowerCase() ?? ""}`, hint);
}
