import { type FindingSeverity, severities } from "../model/facts.ts";
import { refuse } from "../model/problem.ts";
import {
  createFindings,
  type FindingTally,
  memberObjects,
  namesOf,
  severityOf,
  severityOfScore,
} from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { type Json, member, memberList, memberText, readJson } from "./text/json.ts";

/** OSV-Scanner's report. Each of its groups is one vulnerability. https://google.github.io/osv-scanner/output/ */
export const osvScanner: Reader = {
  label: "OSV-Scanner JSON",
  families: ["security"],
  writtenBy: "osv-scanner --format json",
  claims: ({ text, json: { keys } }) =>
    keys.has("results") &&
    (keys.has("*/packages") || (/"results"\s*:\s*\[\s*\]/.test(text) && [...keys].every(isOwn))),
  read(source, file) {
    const document = readJson(source, file);
    const results = memberObjects(document, "results", file);
    const tally = createFindings(file);
    if (results.length === 0 && member(document, "experimental_config") === undefined) {
      const hint = "Is it what a recent `osv-scanner --format json` wrote?";
      return tally.nothing("has no results, and does not tell who looked", hint);
    }
    for (const result of results) {
      if (member(result, "packages") === undefined)
        refuse({ code: "bad-value", message: "a result has no packages", at: { file } });
      for (const found of memberObjects(result, "packages", file)) addPackage(found, tally, file);
    }
    return tally.finish();
  },
};

/** Whether a key beside the results is one that OSV-Scanner writes; inner ones are not looked at. */
function isOwn(key: string): boolean {
  return (
    key.startsWith("*/") ||
    key.startsWith("experimental_") ||
    ["results", "license_summary", "image_metadata"].includes(key)
  );
}

function addPackage(found: Json, tally: FindingTally, file: string): void {
  const about = member(found, "package");
  const name = [memberText(about, "name"), memberText(about, "version")].filter(Boolean).join(" ");
  const vulnerabilities = memberObjects(found, "vulnerabilities", file);
  const byId = new Map(vulnerabilities.map((one) => [idOf(one, file), one]));
  const groups = memberObjects(found, "groups", file);
  const grouped = new Set(groups.flatMap((group) => memberList(group, "ids", file)));
  // What is in no group stands for itself.
  const alone = [...byId.keys()].filter((id) => !grouped.has(id)).map((id) => ({ ids: [id] }));
  for (const group of [...groups, ...alone]) {
    const ids = memberList(group, "ids", file).filter((one) => typeof one === "string");
    const [id] = ids;
    if (id === undefined)
      refuse({ code: "bad-value", message: "a group of vulnerabilities has no ids", at: { file } });
    const own = ids.flatMap((one) => byId.get(one) ?? []);
    const summary = own.map((one) => memberText(one, "summary")).find((text) => text !== undefined);
    const aliases = [group, ...own].flatMap((one) => memberList(one, "aliases", file));
    const severity = severityIn(member(group, "max_severity"), own);
    tally.add({
      tool: "OSV-Scanner",
      rule: id,
      message: `${name}: ${summary ?? id}`,
      ids: namesOf(id, [...ids, ...aliases]),
      security: true,
      ...(severity ? { severity } : {}),
    });
  }
}

function idOf(vulnerability: Json, file: string): string {
  const id = memberText(vulnerability, "id");
  if (id === undefined) refuse({ code: "bad-value", message: "a vulnerability has no id", at: { file } });
  return id;
}

/** By the score of a group, else the worst that its databases say. A score of 0 is one: the least. */
function severityIn(score: Json | undefined, own: readonly Json[]): FindingSeverity | undefined {
  const told = own.map((one) => severityOf(member(member(one, "database_specific"), "severity")));
  return (
    severityOfScore(score) ??
    severityOf(score) ??
    severities.find((severity) => told.includes(severity)) ??
    (typeof score === "string" && /^0(?:\.0+)?$/.test(score) ? "low" : undefined)
  );
}
