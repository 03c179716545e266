import { readFileSync } from "node:fs";
import { testPath } from "../runner/bytes.ts";
import { write } from "../runner/repository.ts";
import { change, config, type Examples } from "./example.ts";

const beginning = ["version: 1", "phases:", "  - name: Stabilization", "    kpis:"] as const;

/** Problems of the configuration. */
export const configuring = {
  "config-missing": [
    { kind: "command", args: ["check", "--config", "quality/phase-gate.yml"] },
    {
      kind: "command",
      args: ["check"],
      prepare: (folder) => write(folder, "phase-gate.yml", "version: 1\n"),
    },
  ],
  "config-syntax": [
    config(...beginning, "      tests.pass_rate: >= 85%"),
    config("version: 1", "sources:", "  tests: **/junit.xml"),
    config("version: 1", "phases:", "  - name: Stabilization", "    owner: @acme/core"),
    config("version: 1", "phases:", "\t- name: Stabilization"),
  ],
  "config-empty": [
    config("version: 1", "phases:", "  - name: Stabilization", "    kpis: {}"),
    config("# nothing yet"),
  ],
  "config-key": [config("version: 1", "source: { tests: junit.xml }", "phases: []")],
  "config-value": [
    config("version: 1", "mode: warn", ...beginning.slice(1), "      tests.failed: 0"),
    config(...beginning, "      tests.pass_rate: 85%", "require: Stabilisation"),
  ],
  "config-extends": [
    config("version: 1", "extends: exekution-plan"),
    config("version: 1", "extends: phase-gate.yml"),
    config("version: 1", "extends: https://example.org/plan.yml"),
  ],
  "config-kpi": [config(...beginning, "      coverage.line: 90%")],
  "config-group": [
    config(
      "version: 1",
      "groups: { critical: { tests: checkout.* } }",
      "phases:",
      "  - name: A",
      "    kpis:",
      "      tests.pass_rate@critcal: 90%",
    ),
    config(
      "version: 1",
      'groups: { critical: { owner: "@acme/core" } }',
      "phases:",
      "  - name: A",
      "    kpis:",
      "      tests.pass_rate@critical: 90%",
    ),
  ],
  "config-limit": [
    config(...beginning, "      coverage.lines: 0.9"),
    config(...beginning, "      tests.duration: under 10 minutes"),
    config(...beginning, "      coverage.lines: { pass: at least 80%, warn: at least 90% }"),
  ],
  "config-base": [
    change([...beginning, "      tests.pass_rate: >= 85%"], [...beginning, "      tests.pass_rate: 85%"]),
  ],
  "weaker-rules": [
    change([...beginning, "      tests.pass_rate: 90%"], [...beginning, "      tests.pass_rate: 85%"]),
    change(
      [
        ...beginning,
        "      tests.pass_rate: 90%",
        "      tests.total: 200",
        'policy: { accept-weaker: "label:gate-change" }',
      ],
      [...beginning, "      tests.pass_rate: { pass: 90%, missing: skip }"],
    ),
  ],
  "weaker-evidence": [
    change(
      ["integrity: strict", ...beginning, "      tests.failed: 0"],
      [...beginning, "      tests.failed: 0"],
    ),
  ],
  "weaker-policy": [
    change([...beginning, "      tests.failed: 0"], ["mode: report", ...beginning, "      tests.failed: 0"]),
  ],
  "first-configuration": [change(undefined, [...beginning, "      tests.failed: 0"])],
  "errors-unlimited": [config(...beginning, "      tests.failed: 0")],
  "config-too-large": ["alias-bomb", "nested-too-deep"].map(kept),
} as const satisfies Examples;

/** A configuration that is kept with the examples of configurations. */
function kept(name: string) {
  return config(readFileSync(testPath("config", `${name}.yml`), "utf8"));
}
