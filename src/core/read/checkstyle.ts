import type { FindingSeverity } from "../model/facts.ts";
import { createFindings, toolError } from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { scanXml, type Tag } from "./text/xml.ts";

/** Checkstyle's XML, which many linters write. https://checkstyle.org */
export const checkstyle: Reader = {
  label: "Checkstyle XML",
  families: ["debt"],
  writtenBy:
    "Checkstyle, PHP_CodeSniffer, ktlint, detekt, ShellCheck, stylelint, SwiftLint, hadolint, golangci-lint",
  roots: ["checkstyle"],
  read(source, file) {
    const tally = createFindings(file);
    let path = "";
    let failed: string | undefined;
    const notes = scanXml(source, file, {
      open(name: string, tag: Tag) {
        if (name === "file") path = tag.attribute("name") ?? "";
        else if (name === "exception") failed = "";
        else if (name === "error" && tag.attribute("severity") !== "ignore") {
          const line = Number(tag.attribute("line"));
          tally.add({
            tool: "Checkstyle",
            rule: tag.attribute("source") ?? "(no rule)",
            message: tag.attribute("message") ?? "",
            severity: severities[tag.attribute("severity") ?? "error"] ?? "medium",
            ids: [],
            at: { file: path, ...(Number.isInteger(line) && line > 0 ? { line } : {}) },
          });
        }
      },
      close(name: string) {
        if (name === "exception")
          toolError("the tool", `${path}: ${failed?.trim().split("\n", 1)[0] ?? ""}`, file);
      },
      wantsText: () => failed !== undefined && failed.length < 1_000,
      text(piece: string) {
        failed += piece;
      },
    });
    return tally.finish(notes);
  },
};

const severities: Readonly<Record<string, FindingSeverity>> = {
  error: "high",
  warning: "medium",
  info: "low",
};
