import { refuse } from "../model/problem.ts";
import { createFindings, severityOf, severityOfScore, vulnerabilityIds } from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { type Json, member, memberList, memberText, readJson } from "./text/json.ts";

/** OSV-Scanner's report. Each of its groups is one vulnerability. https://google.github.io/osv-scanner/output/ */
export const osvScanner: Reader = {
  label: "OSV-Scanner JSON",
  families: ["security"],
  writtenBy: "osv-scanner --format json",
  claims: ({ text, json: { keys } }) =>
    keys.has("results") && (keys.has("*/packages") || /"results"\s*:\s*\[\s*\]/.test(text)),
  read(source, file) {
    const results = memberList(readJson(source, file), "results", file);
    const tally = createFindings(file);
    for (const found of results.flatMap((result) => memberList(result, "packages", file))) {
      const about = member(found, "package");
      const name = [memberText(about, "name"), memberText(about, "version")].filter(Boolean).join(" ");
      const vulnerabilities = memberList(found, "vulnerabilities", file);
      const told = memberList(found, "groups", file);
      const groups: readonly Json[] =
        told.length > 0 ? told : vulnerabilities.map((one) => ({ ids: [member(one, "id") ?? ""] }));
      for (const group of groups) {
        const ids = memberList(group, "ids", file);
        if (ids.length === 0)
          refuse({ code: "bad-value", message: "a group of vulnerabilities has no ids", at: { file } });
        const own = vulnerabilities.filter((one) => ids.includes(member(one, "id") ?? ""));
        const [id = ""] = ids.filter((one) => typeof one === "string");
        const summary = own.map((one) => memberText(one, "summary")).find((text) => text !== undefined);
        const database = own.map((one) => severityOf(member(member(one, "database_specific"), "severity")));
        const score = member(group, "max_severity");
        const severity =
          severityOfScore(score) ?? severityOf(score) ?? database.find((known) => known !== undefined);
        tally.add({
          tool: "OSV-Scanner",
          rule: id,
          message: `${name}: ${summary ?? id}`,
          ids: vulnerabilityIds([
            ...ids,
            ...memberList(group, "aliases", file),
            ...own.flatMap((one) => memberList(one, "aliases", file)),
          ]),
          security: true,
          ...(severity ? { severity } : {}),
        });
      }
    }
    return tally.finish();
  },
};
