import type { FindingSeverity } from "../model/facts.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { createFindings, severityOf, severityOfScore, vulnerabilityIds } from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { checkInvocations, overridesOf } from "./sarif-invocations.ts";
import { placeOf } from "./sarif-place.ts";
import { pointerOf, rulesOf, type SarifRule } from "./sarif-rules.ts";
import { isObject, type Json, member, memberText, readJson } from "./text/json.ts";

/** How much is kept of a message with arguments, and of each argument, in characters. */
const maxTemplate = 500;

/** SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarif: Reader = {
  label: "SARIF",
  families: ["security", "debt"],
  writtenBy: "CodeQL, Semgrep, Trivy, Grype, ESLint, Ruff, golangci-lint, detekt, Checkov and many others",
  claims: ({ text, json: { keys } }) =>
    (keys.has("$schema") && /"\$schema"\s*:\s*"[^"]*sarif/i.test(text)) ||
    // The version may stand behind runs that are longer than what is looked at.
    (keys.has("runs") &&
      (/"version"\s*:\s*"2\.1\.0"/.test(text) ||
        ["*/*/driver", "*/*/ruleId", "*/*/ruleIndex"].some((key) => keys.has(key)))),
  read(source, file) {
    const document = readJson(source, file);
    const [version, runs] = [member(document, "version"), member(document, "runs")];
    if (version !== "2.1.0")
      bad(`is SARIF ${typeof version === "string" ? version : "of no version"}, not 2.1.0`, file);
    if (!Array.isArray(runs)) bad("the document has no runs", file);
    const tally = createFindings(file);
    const hint = "Did the tool run, and was it given something to look at?";
    if (runs.length === 0) return tally.nothing("holds no runs: no tool looked at anything", hint);
    const problems: Problem[] = [];
    const idle: string[] = [];
    for (const run of runs as readonly Json[]) {
      const tool = toolName(run, file);
      problems.push(...checkInvocations(run, tool, file));
      const results = member(run, "results");
      if (member(member(run, "externalPropertyFileReferences"), "results") !== undefined)
        bad(`the results of ${tool} stand in another file, which is not read`, file);
      if (results === undefined || results === null) {
        idle.push(tool);
        continue;
      }
      if (!Array.isArray(results)) bad(`the results of ${tool} are no list`, file);
      addResults(results as readonly Json[], tool, run);
    }
    if (idle.length > 0)
      return tally.nothing(`the run of ${idle[0]} has no results: it looked at nothing`, hint, problems);
    return tally.finish(problems);

    function addResults(results: readonly Json[], tool: string, run: Json): void {
      const rules = rulesOf(run, file);
      const overridden = overridesOf(run, rules, file);
      for (const result of results) {
        if (!isObject(result)) bad(`a result of ${tool} is no object`, file);
        if (!isFinding(result, tool, file)) continue;
        if (isSuppressed(result["suppressions"])) {
          tally.suppressed();
          continue;
        }
        const pointer = pointerOf(result);
        if (pointer.id === undefined && !isObject(result["message"]))
          bad(`a result of ${tool} has neither a rule nor a message`, file);
        const rule = rules.find(pointer);
        const id = (pointer.id ?? (rule?.id || "(no rule)")).slice(0, 200);
        const level =
          memberText(result, "level") ?? (rule && (overridden(result, rule) ?? rule.level)) ?? "warning";
        if (!Object.hasOwn(levels, level))
          bad(`a result of ${tool} has the unknown level "${level.slice(0, 40)}"`, file);
        const severity = severityFor(rule?.score, levels[level]!);
        const at = placeOf(result, run);
        tally.add({
          tool,
          rule: id,
          message: messageOf(result["message"], rule) || rule?.name || id,
          ...(severity ? { severity } : {}),
          ids: vulnerabilityIds([id]),
          ...(rules.tellSecurity && rule ? { security: rule.security } : {}),
          ...(at ? { at } : {}),
        });
      }
    }
  },
};

function toolName(run: Json, file: string): string {
  const driver = member(member(run, "tool"), "driver");
  if (!isObject(driver)) bad("a run does not tell which tool it is of", file);
  return memberText(driver, "name")?.slice(0, 80) || "a tool without a name";
}

/** What is no failure is no finding: a pass, a note that a rule does not apply, or a result of an earlier run. */
function isFinding(result: Json, tool: string, file: string): boolean {
  const kind = memberText(result, "kind") ?? "fail";
  const counts = kinds.get(kind);
  if (counts === undefined) bad(`a result of ${tool} has the unknown kind "${kind.slice(0, 40)}"`, file);
  return counts && member(result, "baselineState") !== "absent";
}

/** The kinds of results, and whether each is a finding. */
const kinds: ReadonlyMap<string, boolean> = new Map([
  ["fail", true],
  ["open", true],
  ["review", true],
  ["pass", false],
  ["notApplicable", false],
  ["informational", false],
]);

/** By the score of the rule, else by the level. A score that cannot be read could be any: undefined. */
function severityFor(score: Json | undefined, byLevel: FindingSeverity): FindingSeverity | undefined {
  const none = score === undefined || score === null || (typeof score === "string" && score.trim() === "");
  // As GitHub has it, a score of 0 says nothing. Grype writes it for a severity that it does not know.
  if (none || Number(score) <= 0) return byLevel;
  return severityOfScore(score) ?? severityOf(score);
}

/** The text of a message, with its arguments in it. */
function messageOf(message: Json | undefined, rule: SarifRule | undefined): string {
  const text = memberText(message, "text") ?? rule?.messages.get(memberText(message, "id") ?? "") ?? "";
  const told = member(message, "arguments");
  if (!Array.isArray(told)) return text;
  return text.slice(0, maxTemplate).replace(/\{(\d{1,3})\}/g, (hole, index) => {
    const value = (told as readonly Json[])[Number(index)];
    return typeof value === "string" ? value.slice(0, maxTemplate) : hole;
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

function bad(message: string, file: string): never {
  refuse({ code: "bad-value", message, at: { file }, hint: "Let the tool write SARIF 2.1.0 again." });
}
