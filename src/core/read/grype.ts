import { refuse } from "../model/problem.ts";
import { createFindings, namesOf, severityOf } from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { member, memberList, readJson } from "./text/json.ts";

/** Grype's report. What its ignore rules match stands in another list and does not count. https://github.com/anchore/grype */
export const grype: Reader = {
  label: "Grype JSON",
  families: ["security"],
  writtenBy: "grype -o json",
  claims: ({ json: { keys } }) => keys.has("matches"),
  read(source, file) {
    const document = readJson(source, file);
    const matches = memberList(document, "matches", file);
    const tally = createFindings(file);
    const hint = "Is it what `grype -o json` wrote?";
    if (
      matches.length === 0 &&
      (member(document, "matches") === null ||
        ["descriptor", "source"].every((key) => member(document, key) === undefined))
    )
      return tally.nothing("has no matches, and does not tell what was looked at", hint);
    for (const match of matches) {
      const vulnerability = member(match, "vulnerability");
      const [id, name, version] = [
        member(vulnerability, "id"),
        member(member(match, "artifact"), "name"),
        member(member(match, "artifact"), "version"),
      ];
      if (typeof id !== "string")
        refuse({ code: "bad-value", message: "a match has no vulnerability with an id", at: { file }, hint });
      const others = [match, vulnerability].flatMap((one) => memberList(one, "relatedVulnerabilities", file));
      const severity = severityOf(member(vulnerability, "severity"));
      tally.add({
        tool: "Grype",
        rule: id,
        message: `${[name, version].filter((part) => typeof part === "string").join(" ")}: ${id}`,
        ids: namesOf(
          id,
          others.map((other) => member(other, "id")),
        ),
        security: true,
        ...(severity ? { severity } : {}),
      });
    }
    return tally.finish();
  },
};
