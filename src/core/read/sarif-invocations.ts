import type { Problem } from "../model/problem.ts";
import { memberObjects, toolError } from "./finding-tally.ts";
import { firstLine } from "./first-line.ts";
import { descriptorOf, type SarifRule, type SarifRules } from "./sarif-rules.ts";
import { type Json, member, memberList, memberText } from "./text/json.ts";

/**
 * Refuses a run that says that it failed, with what it says of it. A run that succeeded by its own word and still tells of
 * errors has left something out, as Semgrep does with a file that it cannot parse: a problem that says so.
 * SARIF 2.1.0, appendix I, "Detecting incomplete result sets".
 */
export function checkInvocations(run: Json, tool: string, file: string): readonly Problem[] {
  const errors: string[] = [];
  for (const invocation of memberObjects(run, "invocations", file)) {
    const notes = ["toolExecutionNotifications", "toolConfigurationNotifications"].flatMap((key) =>
      memberObjects(invocation, key, file),
    );
    const grave = notes.filter((note) => member(note, "level") === "error");
    const exit = exitOf(invocation, memberList(run, "results", file).length === 0);
    const said = member(invocation, "executionSuccessful");
    if (said === false || diedOf(invocation) || (said !== true && (grave.length > 0 || exit !== undefined)))
      toolError(tool, textOf(grave[0] ?? notes[0]) || diedOf(invocation) || exit || "", file);
    for (const note of grave) errors.push(textOf(note));
    if (exit !== undefined) errors.push(exit);
  }
  return errors.length === 0 ? [] : [partly(tool, errors, file)];
}

/** What ended the tool before it was done. */
function diedOf(invocation: Json): string | undefined {
  return memberText(invocation, "processStartFailureMessage") || memberText(invocation, "exitSignalName");
}

/** What the exit code says. Many tools end with one that is not 0 because they found something. */
function exitOf(invocation: Json, nothingFound: boolean): string | undefined {
  const code = member(invocation, "exitCode");
  const why = memberText(invocation, "exitCodeDescription");
  if (typeof code !== "number" || code === 0 || !nothingFound) return undefined;
  return `exit code ${code}${why ? `, ${why}` : ""}`;
}

function partly(tool: string, errors: readonly string[], file: string): Problem {
  const told = errors.length === 1 ? "an error" : `${errors.length} errors`;
  const first = errors.find((error) => error !== "") ?? "no message";
  return {
    code: "partly-scanned",
    severity: "warning",
    message: `${tool} tells of ${told}, so it may not have looked at everything: ${first}`,
    at: { file },
    hint: "Look at its log; leave out by its configuration what it cannot read.",
  };
}

/** The level that a call of the tool gave to the rule of a result, in place of the rule's own. */
export function overridesOf(
  run: Json,
  rules: SarifRules,
  file: string,
): (result: Json, rule: SarifRule) => string | undefined {
  const levels = memberObjects(run, "invocations", file).map((invocation) => {
    const overrides = memberObjects(invocation, "ruleConfigurationOverrides", file).flatMap((override) => {
      const rule = rules.find(descriptorOf(override));
      const level = memberText(member(override, "configuration"), "level");
      return rule && level !== undefined ? [[rule, level] as const] : [];
    });
    return new Map(overrides);
  });
  return (result, rule) => {
    const index = member(member(result, "provenance"), "invocationIndex");
    // Where only one call is told of, it is that of all results.
    const told = typeof index === "number" && index >= 0;
    return (told ? levels[index] : levels.length === 1 ? levels[0] : undefined)?.get(rule);
  };
}

function textOf(note: Json | undefined): string {
  const text = member(member(note, "message"), "text");
  return typeof text === "string" ? firstLine(text, 300) : "";
}
