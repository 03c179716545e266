import { type Problem, refuse } from "../model/problem.ts";
import { createFindings, namesOf, severityOf, toolError, vulnerabilityIds } from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { isObject, type Json, member, memberList, memberText, readJson } from "./text/json.ts";

/** npm's report of version 2, and that of version 1, which pnpm still writes. https://docs.npmjs.com/cli/commands/npm-audit */
export const npmAudit: Reader = {
  label: "npm audit",
  families: ["security"],
  writtenBy: "npm audit --json, pnpm audit --json",
  claims: ({ text, json: { keys } }) =>
    ["auditReportVersion", "advisories", "*/*/fixAvailable"].some((key) => keys.has(key)) ||
    // The advisories may stand behind actions that are longer than what is looked at.
    (keys.has("actions") && keys.has("*/resolves")) ||
    (keys.has("error") &&
      (keys.has("*/summary") || keys.has("statusCode") || /"code"\s*:\s*"ERR_PNPM_/.test(text))),
  read(source, file) {
    const document = readJson(source, file);
    const error = member(document, "error");
    const [packages, advisories] = [member(document, "vulnerabilities"), member(document, "advisories")];
    if (error !== undefined || (!isObject(packages) && !isObject(advisories))) {
      const parts = [
        memberText(error, "code"),
        memberText(error, "summary") ?? memberText(error, "message"),
        memberText(document, "message"),
      ];
      toolError("npm audit", parts.filter(Boolean).join(": "), file);
    }
    const tally = createFindings(file);
    const problems: Problem[] = [];
    if (isObject(packages)) {
      checkCounts(document, packages, file);
      const elsewhere = toldElsewhere(packages, file);
      for (const [name, entry] of Object.entries(packages)) {
        const own = memberList(entry, "via", file).filter(isObject);
        for (const advisory of own)
          add(advisory, name, severityOf(advisory["severity"] ?? member(entry, "severity")));
        if (own.length === 0 && !elsewhere.has(name)) add(entry, name, severityOf(member(entry, "severity")));
      }
    } else {
      const listed = Object.values(advisories as { [id: string]: Json });
      for (const advisory of listed) addAdvisory(advisory);
      problems.push(...leftOut(document, listed, file));
    }
    return tally.finish(problems);

    function addAdvisory(advisory: Json): void {
      add(
        advisory,
        memberText(advisory, "module_name") ?? "(no name)",
        severityOf(member(advisory, "severity")),
      );
    }

    function add(advisory: Json, name: string, severity: ReturnType<typeof severityOf>): void {
      const [own = ""] = vulnerabilityIds([member(advisory, "url"), member(advisory, "github_advisory_id")]);
      const ids = namesOf(own, [
        member(advisory, "url"),
        member(advisory, "github_advisory_id"),
        ...memberList(advisory, "cves", file),
      ]);
      tally.add({
        tool: "npm audit",
        rule: ids[0] ?? name,
        message: `${name}: ${memberText(advisory, "title") ?? "is vulnerable"}`,
        ids,
        security: true,
        ...(severity ? { severity } : {}),
      });
    }
  },
};

/**
 * Packages that are only as bad as others that are listed, and are told there. Packages that only blame each other are
 * told nowhere else.
 */
function toldElsewhere(packages: { readonly [name: string]: Json }, file: string): ReadonlySet<string> {
  const blamedBy = new Map<string, string[]>();
  const told: string[] = [];
  for (const [name, entry] of Object.entries(packages)) {
    const causes = memberList(entry, "via", file);
    const blamed = causes.filter((cause) => typeof cause === "string" && Object.hasOwn(packages, cause));
    if (causes.some(isObject) || blamed.length === 0) told.push(name);
    for (const cause of blamed as readonly string[]) {
      const others = blamedBy.get(cause);
      if (others) others.push(name);
      else blamedBy.set(cause, [name]);
    }
  }
  const elsewhere = new Set<string>();
  for (const name of told) {
    for (const other of blamedBy.get(name) ?? []) {
      if (elsewhere.has(other)) continue;
      elsewhere.add(other);
      told.push(other);
    }
  }
  return elsewhere;
}

const words = ["critical", "high", "moderate", "low", "info"] as const;

function countsIn(document: Json): Json | undefined {
  return member(member(document, "metadata"), "vulnerabilities");
}

/** npm counts packages; more of them than are listed is a file that somebody cut or changed. */
function checkCounts(document: Json, packages: { readonly [name: string]: Json }, file: string): void {
  const found = Object.values(packages).map((entry) => member(entry, "severity"));
  const check = (what: string, counted: Json | undefined, listed: number, differ: boolean) => {
    if (typeof counted !== "number" || !differ) return;
    const message = `metadata counts ${counted} ${what}vulnerable packages, the report lists ${listed}`;
    refuse({ code: "counts-differ", message, at: { file }, hint: "Let npm write the file again." });
  };
  const total = member(countsIn(document), "total");
  check("", total, found.length, total !== found.length);
  for (const word of words) {
    const counted = member(countsIn(document), word);
    const listed = found.filter((severity) => severity === word).length;
    check(`${word} `, counted, listed, Number(counted) > listed);
  }
}

/** pnpm leaves out of the list what it was told to ignore, and counts it all the same. */
function leftOut(document: Json, listed: readonly Json[], file: string): readonly Problem[] {
  const found = new Set(listed.map((advisory) => member(advisory, "severity")));
  const missing = words.filter((word) => Number(member(countsIn(document), word)) > 0 && !found.has(word));
  if (missing.length === 0) return [];
  const message = `metadata counts ${missing.join(" and ")} vulnerabilities, the report lists none of them`;
  const hint =
    "pnpm leaves out what `auditConfig` tells it to ignore. If it ignores nothing, let it write the file again.";
  return [{ code: "counts-differ", severity: "warning", message, at: { file }, hint }];
}
