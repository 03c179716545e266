import { refuse } from "../model/problem.ts";
import { createFindings, memberObjects, namesOf, severityOf } from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { type Json, member, memberList, memberText, readJson } from "./text/json.ts";

/** Trivy's report. Vulnerabilities, failed checks and secrets count. https://trivy.dev/latest/docs/configuration/reporting/#json */
export const trivy: Reader = {
  label: "Trivy JSON",
  families: ["security"],
  writtenBy: "trivy --format json",
  claims: ({ json: { keys } }) =>
    keys.has("SchemaVersion") && (keys.has("ArtifactName") || keys.has("ArtifactType")),
  read(source, file) {
    const results = memberObjects(readJson(source, file), "Results", file);
    const tally = createFindings(file);
    if (results.length === 0) {
      const hint = "Did Trivy find a lock file, packages or an image to look at?";
      return tally.nothing("has no Results: Trivy found nothing to look at", hint);
    }
    for (const result of results) {
      const at = memberText(result, "Target");
      if (at === undefined) refuse({ code: "bad-value", message: "a result has no Target", at: { file } });
      for (const one of memberObjects(result, "Vulnerabilities", file))
        add(one, "VulnerabilityID", packageOf(one));
      for (const one of memberObjects(result, "Misconfigurations", file)) {
        const status = member(one, "Status");
        if (status === "EXCEPTION") tally.suppressed();
        else if (status !== "PASS") add(one, "ID", at, member(one, "CauseMetadata"));
      }
      for (const one of memberObjects(result, "Secrets", file)) add(one, "RuleID", at, one);
    }
    return tally.finish();

    function add(one: Json, idKey: string, where: string, cause?: Json): void {
      const [id, line] = [memberText(one, idKey) ?? "(no identifier)", member(cause, "StartLine")];
      const severity = severityOf(member(one, "Severity"));
      tally.add({
        tool: "Trivy",
        rule: id,
        message: `${where}: ${memberText(one, "Title") ?? id}`,
        ids: namesOf(id, memberList(one, "VendorIDs", file)),
        security: true,
        ...(severity ? { severity } : {}),
        ...(typeof line === "number" ? { at: { file: where, line } } : {}),
      });
    }
  },
};

function packageOf(vulnerability: Json): string {
  return [memberText(vulnerability, "PkgName"), memberText(vulnerability, "InstalledVersion")]
    .filter(Boolean)
    .join(" ");
}
