import type { Problem } from "../model/problem.ts";
import { refuse } from "../model/problem.ts";
import { createFindings, memberObjects, namesOf } from "./finding-tally.ts";
import type { Reader } from "./reader.ts";
import { member, memberList, memberText, readJson } from "./text/json.ts";

/** pip-audit's report. It tells no severities. https://github.com/pypa/pip-audit#usage */
export const pipAudit: Reader = {
  label: "pip-audit JSON",
  families: ["security"],
  writtenBy: "pip-audit --format json",
  claims: ({ text, json: { keys } }) => keys.has("dependencies") && /"dependencies"\s*:\s*\[/.test(text),
  read(source, file) {
    const dependencies = memberList(readJson(source, file), "dependencies", file);
    const tally = createFindings(file);
    if (dependencies.length === 0)
      return tally.nothing("lists no dependency", "Was pip-audit given requirements or an environment?");
    const skipped: string[] = [];
    for (const dependency of dependencies) {
      const name = memberText(dependency, "name");
      if (name === undefined)
        refuse({ code: "bad-value", message: "a dependency has no name", at: { file } });
      if ((member(dependency, "vulns") ?? null) === null) skipped.push(name);
      for (const one of memberObjects(dependency, "vulns", file)) {
        const id = memberText(one, "id") ?? "(no identifier)";
        tally.add({
          tool: "pip-audit",
          rule: id,
          message: `${[name, memberText(dependency, "version")].filter(Boolean).join(" ")}: ${id}`,
          ids: namesOf(id, memberList(one, "aliases", file)),
          security: true,
        });
      }
    }
    if (skipped.length === dependencies.length)
      return tally.nothing("none of the dependencies was looked at", skippedHint);
    return tally.finish(skipped.length > 0 ? [leftOut(skipped, file)] : []);
  },
};

const skippedHint = "pip-audit skips what its index does not know, such as packages of your own.";

function leftOut(names: readonly string[], file: string): Problem {
  const shown = names.slice(0, 5).join(", ").slice(0, 200);
  const message = `${names.length} ${names.length === 1 ? "dependency was" : "dependencies were"} not looked at: ${shown}`;
  return { code: "partly-scanned", severity: "warning", message, at: { file }, hint: skippedHint };
}
