import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderMarkdown } from "../../src/core/report/markdown.ts";
import { runGate } from "../../src/gate.ts";
import { loadConfig } from "../../src/io/config-file.ts";
import { write } from "../runner/repository.ts";

const modules = ["checkout", "catalog", "search", "payment", "shipping", "accounts", "returns", "pricing"];
const messages = [
  "expected 200 to be 503",
  "TimeoutError: locator.click: Timeout 30000ms exceeded while waiting for locator('#buy-now >> nth=0')",
  "Cannot read properties of undefined (reading 'subscriptionRenewalReminderPreferences')",
  "java.lang.IllegalStateException: com.example.shop.checkout.internal.pricing.DiscountCalculationStrategyFactory has no bean",
];

const phases = [
  "Stabilization",
  "Reliability",
  "Coverage of the critical paths of checkout and payment",
  "Performance",
  "Security",
  "Accessibility",
  "Observability",
  "Operations",
  "Internationalization",
  "Documentation",
  "Production readiness",
  "Continuous improvement and monitoring",
];

const config = `version: 1
sources:
  tests: reports/*.xml
  coverage: reports/lcov.info
groups:
${modules.map((name) => `  ${name}: { tests: "*${name}*", owner: "@acme/${name}-team" }`).join("\n")}
phases:
${phases
  .map(
    (name, i) => `  - name: ${name}
    owner: "@acme/platform"
    due: 2027-0${1 + (i % 9)}-15
    kpis:
      tests.pass_rate: above ${60 + 3 * i}%
      tests.errored: ${i < 2 ? "at most 10000" : "0"}
      coverage.lines: above ${50 + 3 * i}%
${modules.map((module) => `      tests.pass_rate@${module}: at least ${60 + 3 * i}%`).join("\n")}`,
  )
  .join("\n")}
`;

/** The comment on 10,000 tests, of which 3,600 fail, in 12 phases of 11 rules. */
export function hugeComment(): string {
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-huge-"));
  try {
    write(folder, "phase-gate.yml", config);
    for (const [number, module] of modules.entries()) {
      const cases = Array.from({ length: 1_250 }, (_, i) => {
        const name = `com.example.shop.${module}.internal.VeryLongNameOfASuiteThatSaysWhatItIsAbout`;
        const failure = i % 25 < 9 ? `<failure message="${messages[i % 4]}">at ${name}:${i}</failure>` : "";
        return `<testcase classname="${name}" name="gives ${i} results for &quot;${module}&quot; in order" time="0.${i % 10}" file="tests/${module}/suite-${i % 7}.test.ts" line="${i + 1}">${failure}</testcase>`;
      });
      write(folder, `reports/${number}.xml`, `<testsuite name="${module}">${cases.join("\n")}</testsuite>`);
    }
    const lines = Array.from({ length: 900 }, (_, i) => `DA:${i + 1},${i % 3}\n`).join("");
    write(folder, "reports/lcov.info", `TN:\nSF:src/index.ts\n${lines}end_of_record\n`);
    const { config: read, problems } = loadConfig("phase-gate.yml", folder);
    const report = runGate({
      name: "phase-gate",
      run: { at: "2026-11-24T09:30:00.000Z", number: 4211, sha: "a".repeat(40) },
      config: read,
      problems,
      workspace: { root: folder, base: folder },
    });
    return renderMarkdown(report);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
