import type { BadInput } from "./case.ts";

const report = '<testsuite name="s"><testcase name="a"/></testsuite>';

function unsound(name: string, config: string, rest: Pick<BadInput, "code" | "says" | "within">): BadInput {
  return { name, config, files: { "reports/unit.xml": report }, outcome: "error", ...rest };
}

const rules = (text: string) => `version: 1\nphases: [{ name: Only, kpis: { ${text} } }]\n`;

/** What can be wrong with the configuration; the one report file is sound. */
export const configCases: readonly BadInput[] = [
  unsound("an empty file", "", { code: "config-empty", says: /gate\.yml/ }),
  unsound("no phase", "version: 1\nphases: []\n", {
    code: "config-empty",
    says: /gate\.yml:2.*"phases" must not be empty/,
  }),
  unsound("a misspelt key", "version: 1\nphases: [{ name: Only, kpsi: { tests.failed: 0 } }]\n", {
    code: "config-key",
    says: /gate\.yml:2.*kpsi.*kpis/s,
  }),
  unsound("a key twice", `version: 1\n${rules("tests.failed: 0")}`, {
    code: "config-syntax",
    says: /gate\.yml:2.*(?:twice|unique)/,
  }),
  unsound("a limit that is no number", rules("tests.failed: .nan"), {
    code: "config-value",
    says: /gate\.yml:2.*(?:number|finite)/,
  }),
  unsound(
    "aliases that grow a millionfold",
    `a: &a [x, x, x, x, x, x, x, x, x]\n${Array.from("bcdefghi")
      .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(", ")}]`)
      .join("\n")}\n${rules("tests.failed: 0")}`,
    { code: "config-too-large", says: /gate\.yml.*alias/, within: { ms: 2_000, mb: 200 } },
  ),
  unsound(
    "a glob that leaves the workspace",
    `version: 1\nsources: { tests: "../../etc/*.xml" }\nphases: [{ name: Only, kpis: { tests.failed: 0 } }]\n`,
    { code: "outside-workspace", says: /\.\.\/\.\.\/etc\/\*\.xml.*outside the workspace/ },
  ),
];
