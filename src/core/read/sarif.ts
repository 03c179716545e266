import type { FindingSeverity } from "../model/facts.ts";
import { refuse } from "../model/problem.ts";
import {
  createFindings,
  type FindingTally,
  severityOfScore,
  toolError,
  vulnerabilityIds,
} from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { rulesOf, type SarifRule } from "./sarif-rules.ts";
import { isObject, type Json, member, memberText, readJson } from "./text/json.ts";

/** SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarif: Reader = {
  label: "SARIF",
  families: ["security", "debt"],
  writtenBy: "CodeQL, Semgrep, Trivy, Grype, ESLint, Ruff, golangci-lint, detekt, Checkov and many others",
  claims: ({ text, json: { keys } }) =>
    (keys.has("$schema") && /"\$schema"\s*:\s*"[^"]*sarif/i.test(text)) ||
    (keys.has("runs") && /"version"\s*:\s*"2\.1\.0"/.test(text)),
  read(source, file) {
    const document = readJson(source, file);
    const [version, runs] = [member(document, "version"), member(document, "runs")];
    if (version !== "2.1.0")
      bad(`is SARIF ${typeof version === "string" ? version : "of no version"}, not 2.1.0`, file);
    if (!Array.isArray(runs)) bad("the document has no runs", file);
    const tally = createFindings(file);
    const hint = "Did the tool run, and was it given something to look at?";
    if (runs.length === 0) return tally.nothing("holds no runs: no tool looked at anything", hint);
    for (const run of runs as readonly Json[]) {
      const tool = toolName(run);
      checkInvocations(run, tool, file);
      const results = member(run, "results");
      if (member(member(run, "externalPropertyFileReferences"), "results") !== undefined)
        bad(`the results of ${tool} stand in another file, which is not read`, file);
      if (results === undefined || results === null)
        return tally.nothing(`the run of ${tool} has no results: it looked at nothing`, hint);
      if (!Array.isArray(results)) bad(`the results of ${tool} are no list`, file);
      const rules = rulesOf(run);
      for (const result of results as readonly Json[]) addResult(result, tool, rules, run, tally, file);
    }
    return tally.finish();
  },
};

function toolName(run: Json): string {
  const name = member(member(member(run, "tool"), "driver"), "name");
  return typeof name === "string" && name !== "" ? name.slice(0, 80) : "a tool without a name";
}

/** A run that says that it failed is refused, with what it says of it. */
function checkInvocations(run: Json, tool: string, file: string): void {
  const invocations = member(run, "invocations");
  for (const invocation of Array.isArray(invocations) ? (invocations as readonly Json[]) : []) {
    if (member(invocation, "executionSuccessful") !== false) continue;
    const notes = ["toolExecutionNotifications", "toolConfigurationNotifications"].flatMap((key) => {
      const list = member(invocation, key);
      return Array.isArray(list) ? (list as readonly Json[]) : [];
    });
    const worst = notes.find((note) => member(note, "level") === "error") ?? notes[0];
    const said = member(member(worst, "message"), "text") ?? member(invocation, "exitCodeDescription");
    toolError(tool, typeof said === "string" ? said : "", file);
  }
}

function addResult(
  result: Json,
  tool: string,
  rules: { of(result: Json): SarifRule; readonly tellSecurity: boolean },
  run: Json,
  tally: FindingTally,
  file: string,
): void {
  if (!isObject(result)) bad(`a result of ${tool} is no object`, file);
  // What is no failure is no finding: a pass, a note that a rule does not apply, or a result of an earlier run.
  const kind = memberText(result, "kind") ?? "fail";
  if (!["fail", "open", "review"].includes(kind) || result["baselineState"] === "absent") return;
  if (isSuppressed(result["suppressions"])) {
    tally.suppressed();
    return;
  }
  const rule = rules.of(result);
  const level = memberText(result, "level") ?? rule.level ?? "warning";
  const severity = severityOfScore(rule.score) ?? levels[level];
  if (severity === undefined) bad(`a result of ${tool} has the unknown level "${level.slice(0, 40)}"`, file);
  const at = placeOf(result, run);
  const text = member(result["message"], "text");
  const id = member(result["message"], "id");
  tally.add({
    tool,
    rule: rule.id,
    message:
      typeof text === "string"
        ? text
        : ((typeof id === "string" ? rule.messages.get(id) : undefined) ?? rule.name),
    severity,
    ids: vulnerabilityIds([rule.id]),
    ...(rules.tellSecurity && rule.security !== undefined ? { security: rule.security } : {}),
    ...(at ? { at } : {}),
  });
}

const levels: Readonly<Record<string, FindingSeverity>> = {
  error: "high",
  warning: "medium",
  note: "low",
  none: "low",
};

/** Suppressed is what no suppression is under review or rejected for. */
function isSuppressed(suppressions: Json | undefined): boolean {
  return (
    Array.isArray(suppressions) &&
    suppressions.length > 0 &&
    (suppressions as readonly Json[]).every((one) => (member(one, "status") ?? "accepted") === "accepted")
  );
}

function placeOf(result: Json, run: Json): { file: string; line?: number; column?: number } | undefined {
  const locations = member(result, "locations");
  const physical = member(
    Array.isArray(locations) ? (locations as readonly Json[])[0] : undefined,
    "physicalLocation",
  );
  const artifact = member(physical, "artifactLocation");
  const uri = member(artifact, "uri") ?? uriAt(run, member(artifact, "index"));
  if (typeof uri !== "string") return undefined;
  const [line, column] = ["startLine", "startColumn"].map((key) => member(member(physical, "region"), key));
  return {
    file: pathOf(uri),
    ...(typeof line === "number" ? { line } : {}),
    ...(typeof column === "number" ? { column } : {}),
  };
}

function uriAt(run: Json, index: Json | undefined): Json | undefined {
  const artifacts = member(run, "artifacts");
  if (!Array.isArray(artifacts) || typeof index !== "number") return undefined;
  return member(member((artifacts as readonly Json[])[index], "location"), "uri");
}

function pathOf(uri: string): string {
  const path = uri.replace(/^file:\/\/(?:localhost)?/, "");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function bad(message: string, file: string): never {
  refuse({ code: "bad-value", message, at: { file }, hint: "Let the tool write SARIF 2.1.0 again." });
}
