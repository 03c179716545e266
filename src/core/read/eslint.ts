import { refuse } from "../model/problem.ts";
import { createFindings, toolError } from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { type Json, member, readJson } from "./text/json.ts";

/** ESLint's JSON. A file that it could not parse is an error. https://eslint.org/docs/latest/use/formatters/#json */
export const eslint: Reader = {
  label: "ESLint JSON",
  families: ["debt"],
  writtenBy: "eslint --format json, stylelint's and oxlint's formatters of the same shape",
  claims: ({ json }) => json.list && json.keys.has("filePath"),
  read(source, file) {
    const tally = createFindings(file);
    for (const entry of readJson(source, file) as readonly Json[]) {
      const [path, messages] = [member(entry, "filePath"), member(entry, "messages")];
      if (typeof path !== "string" || !Array.isArray(messages))
        refuse({ code: "bad-value", message: "an entry has no filePath and messages", at: { file } });
      for (const message of messages as readonly Json[]) addMessage(message, path);
      const hidden = member(entry, "suppressedMessages");
      for (const _ of Array.isArray(hidden) ? hidden : []) tally.suppressed();
      const [errors, warnings] = [member(entry, "errorCount"), member(entry, "warningCount")];
      if (
        typeof errors === "number" &&
        typeof warnings === "number" &&
        errors + warnings !== messages.length
      ) {
        const counted = `${path.slice(-120)} counts ${errors + warnings} messages and holds ${messages.length}`;
        refuse({
          code: "counts-differ",
          message: counted,
          at: { file },
          hint: "Let ESLint write the file again.",
        });
      }
    }
    return tally.finish();

    function addMessage(message: Json, path: string): void {
      const [rule, text, line] = [
        member(message, "ruleId"),
        member(message, "message"),
        member(message, "line"),
      ];
      const said = typeof text === "string" ? text : "";
      if (member(message, "fatal") === true) toolError("ESLint", `${path.slice(-120)}: ${said}`, file);
      tally.add({
        tool: "ESLint",
        rule: typeof rule === "string" ? rule : "(no rule)",
        message: said,
        severity: member(message, "severity") === 2 ? "high" : "medium",
        ids: [],
        at: { file: path, ...(typeof line === "number" ? { line } : {}) },
      });
    }
  },
};
