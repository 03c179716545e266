import { refuse } from "../model/problem.ts";
import { createFindings, severityOf, toolError, vulnerabilityIds } from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { isObject, type Json, member, memberList, memberText, readJson } from "./text/json.ts";

/** npm's report of version 2, and that of version 1, which pnpm still writes. https://docs.npmjs.com/cli/commands/npm-audit */
export const npmAudit: Reader = {
  label: "npm audit",
  families: ["security"],
  writtenBy: "npm audit --json, pnpm audit --json",
  claims: ({ json: { keys } }) =>
    ["auditReportVersion", "advisories", "*/*/fixAvailable"].some((key) => keys.has(key)) ||
    (keys.has("error") && (keys.has("*/summary") || keys.has("statusCode"))),
  read(source, file) {
    const document = readJson(source, file);
    const error = member(document, "error");
    const [packages, advisories] = [member(document, "vulnerabilities"), member(document, "advisories")];
    if (error !== undefined || (!isObject(packages) && !isObject(advisories))) {
      const parts = [
        memberText(error, "code"),
        memberText(error, "summary"),
        memberText(document, "message"),
      ];
      toolError("npm audit", parts.filter(Boolean).join(": "), file);
    }
    const tally = createFindings(file);
    if (isObject(packages)) {
      checkTotal(document, Object.keys(packages).length, file);
      for (const [name, entry] of Object.entries(packages)) addPackage(name, entry, packages);
      // Packages that only blame each other are vulnerable all the same.
      if (tally.total() === 0)
        for (const [name, entry] of Object.entries(packages))
          add(entry, name, severityOf(member(entry, "severity")));
    } else for (const advisory of Object.values(advisories as { [id: string]: Json })) addAdvisory(advisory);
    return tally.finish();

    function addPackage(name: string, entry: Json, all: { readonly [name: string]: Json }): void {
      const causes = memberList(entry, "via", file);
      const own = causes.filter(isObject);
      for (const advisory of own)
        add(advisory, name, severityOf(advisory["severity"] ?? member(entry, "severity")));
      // A package that is only as bad as others that are listed is told there.
      const elsewhere = causes.some((cause) => typeof cause === "string" && Object.hasOwn(all, cause));
      if (own.length === 0 && !elsewhere) add(entry, name, severityOf(member(entry, "severity")));
    }

    function addAdvisory(advisory: Json): void {
      add(
        advisory,
        memberText(advisory, "module_name") ?? "(no name)",
        severityOf(member(advisory, "severity")),
      );
    }

    function add(advisory: Json, name: string, severity: ReturnType<typeof severityOf>): void {
      const texts = [
        member(advisory, "url"),
        member(advisory, "github_advisory_id"),
        ...memberList(advisory, "cves", file),
      ];
      const ids = vulnerabilityIds(texts);
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

/** npm counts packages; another number of them is a file that somebody cut or changed. */
function checkTotal(document: Json, found: number, file: string): void {
  const total = member(member(member(document, "metadata"), "vulnerabilities"), "total");
  if (typeof total !== "number" || total === found) return;
  const message = `metadata counts ${total} vulnerable packages, the report lists ${found}`;
  refuse({ code: "counts-differ", message, at: { file }, hint: "Let npm write the file again." });
}
