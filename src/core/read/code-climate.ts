import type { FindingSeverity } from "../model/facts.ts";
import { refuse } from "../model/problem.ts";
import { createFindings } from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { type Json, member, memberText, readJson } from "./text/json.ts";

/** Code Climate's issues, also as GitLab's code quality. https://github.com/codeclimate/platform/blob/master/spec/analyzers/SPEC.md */
export const codeClimate: Reader = {
  label: "Code Climate JSON",
  families: ["debt"],
  writtenBy:
    "Code Climate engines, GitLab code quality, golangci-lint, PHPStan, Psalm, RuboCop, eslint-formatter-codeclimate",
  claims: ({ text, json }) =>
    /^\s*\[\s*\]\s*$/.test(text) ||
    (json.list && json.keys.has("location") && (json.keys.has("check_name") || json.keys.has("fingerprint"))),
  read(source, file) {
    const issues = readJson(source, file) as readonly Json[];
    const tally = createFindings(file);
    if (issues.length === 0) {
      const hint =
        "Let the tool write SARIF, which says what looked for issues, or accept it with `missing: skip`.";
      return tally.nothing("is an empty list, which does not tell who looked at what", hint);
    }
    for (const [i, issue] of issues.entries()) {
      const type = member(issue, "type") ?? "issue";
      if (type === "measurement") continue;
      const [rule, text, location] = [
        member(issue, "check_name"),
        member(issue, "description"),
        member(issue, "location"),
      ];
      const path = member(location, "path");
      if (type !== "issue" || typeof text !== "string" || typeof path !== "string") {
        const message =
          type === "issue"
            ? `issue ${i + 1} has no description and location`
            : `entry ${i + 1} is neither an issue nor a measurement`;
        refuse({ code: "bad-value", message, at: { file }, hint: "Let the tool write the file again." });
      }
      const begin = member(member(location, "positions"), "begin");
      const line = member(member(location, "lines"), "begin") ?? member(begin, "line");
      tally.add({
        tool: "Code Climate",
        rule: typeof rule === "string" ? rule : "(no rule)",
        message: text,
        severity: severities[memberText(issue, "severity") ?? ""] ?? "medium",
        ids: [],
        at: { file: path, ...(typeof line === "number" ? { line } : {}) },
      });
    }
    return tally.finish();
  },
};

const severities: Readonly<Record<string, FindingSeverity>> = {
  blocker: "critical",
  critical: "critical",
  major: "high",
  minor: "medium",
  info: "low",
};
