import type { TestName } from "../model/facts.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { declaredDiffers, noTests } from "./declared.ts";
import type { Reader } from "./reader.ts";
import { createTally, maxDetails, maxMessage, type TestTally } from "./test-tally.ts";
import { isObject, type Json, member, readJson } from "./text/json.ts";

/** CTRF, the Common Test Report Format. https://ctrf.io/docs/specification/overview */
export const ctrf: Reader = {
  label: "CTRF JSON",
  families: ["tests"],
  writtenBy: "the CTRF reporters of Playwright, Cypress, Jest, pytest, Go and others",
  claims: ({ text, json: { keys } }) =>
    (keys.has("reportFormat") && /"reportFormat"\s*:\s*"CTRF"/.test(text)) ||
    (keys.has("results") && (keys.has("*/tool") || keys.has("*/summary"))),
  read(source, file, counting) {
    const results = member(readJson(source, file), "results");
    const tests = member(results, "tests");
    if (!Array.isArray(tests)) {
      refuse({ code: "bad-value", message: "the document has no results with tests", at: { file } });
    }
    const tally = createTally(counting);
    for (const [i, test] of (tests as readonly Json[]).entries()) add(test, i, tally, file);
    return {
      facts: { kind: "tests", tests: tally.facts() },
      problems: [...checked(member(results, "summary"), tally, file), ...noTests(tally, file)],
    };
  },
};

function add(test: Json, index: number, tally: TestTally, file: string): void {
  const [name, status] = [member(test, "name"), member(test, "status")];
  if (typeof name !== "string" || typeof status !== "string") {
    refuse({ code: "bad-value", message: `test ${index + 1} has no name and status`, at: { file } });
  }
  const named = nameOf(test, name);
  tally.about?.(named);
  const duration = member(test, "duration");
  if (typeof duration === "number" && duration >= 0 && Number.isFinite(duration))
    tally.time(duration / 1000, () => named);
  if (status === "passed") {
    if (member(test, "flaky") === true) tally.flaky(named);
    else tally.passed();
  } else if (status === "skipped" || status === "pending") tally.skipped();
  else {
    // "other" is neither: what is not known to have passed does not pass.
    const how = status === "failed" ? "failed" : "errored";
    const message = text(test, "message").split(/\r?\n/, 1)[0] ?? "";
    const details = text(test, "trace").slice(0, maxDetails);
    tally.failing(how, () => ({
      ...named,
      how,
      message: (message || `status "${status}"`).slice(0, maxMessage),
      details,
      from: { file },
    }));
  }
}

function nameOf(test: Json, name: string): TestName {
  const suite = member(test, "suite");
  const parts = Array.isArray(suite) ? (suite as readonly Json[]) : typeof suite === "string" ? [suite] : [];
  const [path, line] = [member(test, "filePath"), member(test, "line")];
  const at =
    typeof path === "string" ? { file: path, ...(typeof line === "number" ? { line } : {}) } : undefined;
  return {
    suite: parts.filter((part) => typeof part === "string"),
    className: "",
    name,
    ...(at ? { at } : {}),
  };
}

function text(test: Json, key: string): string {
  const value = member(test, key);
  return typeof value === "string" ? value : "";
}

function checked(summary: Json | undefined, tally: TestTally, file: string): readonly Problem[] {
  if (!isObject(summary)) return [];
  const count = (key: string) => {
    const value = summary[key];
    return typeof value === "number" ? value : undefined;
  };
  return declaredDiffers({ who: "the summary", tests: count("tests"), bad: count("failed") ?? 0 }, tally, {
    file,
  });
}
