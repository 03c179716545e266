import type { Counting, TestName } from "../model/facts.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { declaredDiffers, noTests } from "./declared.ts";
import { firstLine } from "./first-line.ts";
import { timesLeftOut } from "./odd-times.ts";
import type { Reader } from "./reader.ts";
import { createTally, maxDetails, type TestTally } from "./test-tally.ts";
import { type Json, member, memberText, readJson } from "./text/json.ts";
import { readCount } from "./text/numbers.ts";

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
    return readTests(tests as readonly Json[], member(results, "summary"), file, counting);
  },
};

/** What tells two tests of one name in one suite apart, or two runs of one test. Attempts have all of it in common. */
const apart = ["id", "testId", "executionId", "browser", "device", "parameters"];

function readTests(
  tests: readonly Json[],
  summary: Json | undefined,
  file: string,
  counting: Counting | undefined,
) {
  const tally = createTally(counting);
  let odd = 0;
  for (const [i, test] of tests.entries()) {
    const [name, status] = [member(test, "name"), member(test, "status")];
    if (typeof name !== "string" || typeof status !== "string") {
      refuse({ code: "bad-value", message: `test ${i + 1} has no name and status`, at: { file } });
    }
    const named = nameOf(test, name);
    tally.about?.(named, JSON.stringify(apart.map((key) => member(test, key) ?? null)));
    const duration = member(test, "duration") ?? undefined;
    if (typeof duration === "number" && duration >= 0 && Number.isFinite(duration))
      tally.time(duration / 1000, () => named);
    else if (duration !== undefined) odd++;
    tell(tally, test, named, status, file);
  }
  return {
    facts: { kind: "tests", tests: tally.facts() } as const,
    problems: [
      ...checked(summary, tally, file),
      ...timesLeftOut(odd, "number of milliseconds", file),
      ...noTests(tally, file),
    ],
  };
}

function tell(tally: TestTally, test: Json, named: TestName, status: string, file: string): void {
  if (status === "passed") {
    if (member(test, "flaky") === true) tally.flaky(named);
    else tally.passed();
  } else if (status === "skipped" || status === "pending") tally.skipped();
  else {
    // "other" is neither: what is not known to have passed does not pass.
    const how = status === "failed" ? "failed" : "errored";
    const message = firstLine(memberText(test, "message") ?? "") || `status "${status.slice(0, 80)}"`;
    const details = (memberText(test, "trace") ?? "").slice(0, maxDetails);
    tally.failing(how, () => ({ ...named, how, message, details, from: { file } }));
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

function checked(summary: Json | undefined, tally: TestTally, file: string): readonly Problem[] {
  const count = (key: string): number | undefined => {
    const value = member(summary, key) ?? undefined;
    const read = typeof value === "object" ? undefined : readCount(String(value));
    if (value === undefined || read !== undefined) return read;
    const message = `"${key}" of the summary is no count: ${JSON.stringify(value).slice(0, 80)}`;
    refuse({ code: "bad-value", message, at: { file }, hint: "Let the tool write the file again." });
  };
  const bad = (count("failed") ?? 0) + (count("other") ?? 0);
  const found = { tests: tally.total(), bad: tally.bad() };
  return declaredDiffers({ who: "the summary", tests: count("tests"), bad }, found, { file });
}
