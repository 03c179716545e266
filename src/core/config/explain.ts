import type { z } from "zod/mini";
import { families } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import { nearest } from "./nearest.ts";
import { configSchema } from "./schema.ts";
import { queryKeys } from "./schema-prometheus.ts";
import type { Path, Yaml } from "./yaml.ts";

type Issue = z.core.$ZodIssue;

/** Turns what the schema objects to into problems in the user's own words, each with its line. */
export function explain(issues: readonly Issue[], yaml: Yaml): readonly Problem[] {
  return issues.flatMap((issue) => one(issue, issue.path, yaml));
}

function one(issue: Issue, path: Path, yaml: Yaml): readonly Problem[] {
  if (issue.code === "invalid_union") {
    const inner = deepest(issue.errors);
    if (inner) return inner.flatMap((nested) => one(nested, [...path, ...nested.path], yaml));
  }
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(path);
    return issue.keys.map((key) => {
      const meant = nearest(key, known);
      return {
        code: "config-key",
        severity: "error",
        message: `unknown key "${key}"${meant ? `, did you mean "${meant}"?` : ""}`,
        at: yaml.place([...path, key], "key"),
        ...(meant ? {} : { hint: `Known here: ${known.join(", ")}.` }),
      };
    });
  }
  const name =
    path.length === 0
      ? "the configuration"
      : `"${String(path.findLast((step) => typeof step === "string"))}"`;
  const [inside, last] = path.slice(-2);
  if (inside === "kpis" && /^\d/.test(String(last)) && valueAt(path, yaml) === null) {
    return [
      {
        code: "config-value",
        severity: "error",
        message: "YAML reads a comma inside of { } as the end of an entry",
        at: yaml.place(path, "key"),
        hint: "Write numbers without it: 1000 for 1,000, and 1.5 for 1,5.",
      },
    ];
  }
  if (inside === "kpis" && /[\w%]:\S/.test(String(last)) && valueAt(path, yaml) === null) {
    const [kpi, limit] = String(last).split(/:(.*)/);
    return [
      {
        code: "config-value",
        severity: "error",
        message: "the blank behind the colon is missing",
        at: yaml.place(path, "key"),
        hint: `Write \`${kpi}: ${limit}\`.`,
      },
    ];
  }
  const nothing = issue.code === "too_small" && path.length === 1 && path[0] === "phases";
  return [
    {
      code: nothing ? "config-empty" : "config-value",
      severity: "error",
      message: `${name} ${complaint(issue, path, yaml)}`,
      at: yaml.place(path),
    },
  ];
}

/** Of the alternatives of a union the one that got furthest is the one that was meant; none if all failed at once. */
function deepest(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return alternatives.find((issues) => issues.some(gotInside));
}

function gotInside(issue: Issue): boolean {
  if (issue.path.length > 0 || issue.code === "unrecognized_keys" || issue.code === "too_small") return true;
  return issue.code === "invalid_union" && issue.errors.some((issues) => issues.some(gotInside));
}

function complaint(issue: Issue, path: Path, yaml: Yaml): string {
  const value = valueAt(path, yaml);
  const found = value === undefined ? "" : `, found ${shown(value)}`;
  switch (issue.code) {
    case "invalid_type":
      return value === undefined
        ? "is missing"
        : `must be ${article(issue.expected)}${found}${slip(value, issue.expected)}`;
    case "invalid_value":
      return `${value === undefined ? "is missing, it " : ""}must be ${issue.values.map(String).join(" or ")}${found}`;
    case "too_small":
      return issue.origin === "number" ? `must be at least ${issue.minimum}${found}` : "must not be empty";
    case "too_big":
      return `must have at most ${issue.maximum} ${issue.origin === "string" ? "characters" : "entries"}`;
    case "invalid_format":
      if (path[0] === "policy") return `must be "label:" and the name of a label${found}`;
      return issue.format === "date"
        ? `must be a day such as 2026-12-31${found}`
        : `has the wrong form${found}${forms[String(path.at(-1))] ?? ""}`;
    case "invalid_key":
      return 'is no name: write letters, digits, ".", "_" and "-"';
    case "custom":
      return issue.message;
    case "invalid_union":
      if (value === undefined) return "is missing";
      if (path[0] === "extends")
        return `must be the name of a preset, the path of a file, or a list of these${found}`;
      if (path[0] === "groups") return `must be a glob or a list of globs${found}`;
      return path.includes("kpis")
        ? `must be a limit such as "at least 90%", a list of limits, or { pass, warn, missing }${found}`
        : `must be a glob, { files: a glob }, or a list of these${found}`;
    default:
      return `is not valid${found}`;
  }
}

/** The slip that makes nothing or a text of a mapping. */
function slip(value: unknown, expected: string): string {
  if (expected !== "object" && expected !== "record") return "";
  if (value === null) return "; what belongs to it is indented deeper than it";
  return typeof value === "string" && /:\S/.test(value) ? "; write a blank behind the colon" : "";
}

function valueAt(path: Path, { value }: Yaml): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown> | undefined)?.[step], value);
}

const time = "; write a time such as 10s or 5min";

/** How keys are written whose form is checked. */
const forms: Readonly<Record<string, string>> = {
  value: "; write a JSON Pointer such as /totals/percent",
  over: time,
  every: time,
  timeout: time,
  "max-age": time,
};

function article(type: string): string {
  const names: Readonly<Record<string, string>> = {
    array: "a list",
    object: "a mapping",
    record: "a mapping",
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
  };
  return names[type] ?? type;
}

function shown(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a mapping" : JSON.stringify(value).slice(0, 60);
}

/** Keys that the schema knows at a path. */
function keysAt(path: Path): readonly string[] {
  const { shape } = configSchema;
  if (path.length === 0) return Object.keys(shape);
  if (path[0] === "sources") {
    if (path.length === 1) return [...families, "prometheus"];
    if (path[1] === "prometheus") return ["url", "token", "timeout", "max-age"];
    return ["files", "expect", "optional", "stale", ...(path[1] === "tests" ? ["group"] : [])];
  }
  if (path[0] === "groups") return ["tests", "owner"];
  if (path[0] === "custom")
    return ["file", "value", "unit", "better", "optional", "stale", ...Object.keys(queryKeys())];
  if (path[0] === "policy") return ["accept-weaker"];
  if (path[0] === "comment") return ["title", "when"];
  if (path[0] === "waivers") return ["kpi", "allow", "reason", "until", "owner"];
  if (path[0] === "baseline") return ["branch", "store", "path", "name"];
  if (path[0] === "coverage") return ["include", "exclude"];
  return path.includes("kpis")
    ? ["pass", "warn", "missing", "min-lines", "min-samples"]
    : Object.keys(shape.phases.def.innerType.def.element.shape);
}
