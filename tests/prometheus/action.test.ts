import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startGitHub } from "../github/server.ts";
import { runAction } from "../runner/run-action.ts";
import { says, startPrometheus, vector } from "./server.ts";

const token = "s3cr3t-token-of-the-server";

test("the action asks a Prometheus server with the token of its step, and never prints it", async () => {
  const github = await startGitHub();
  onTestFinished(() => github.close());
  const prometheus = await startPrometheus(says(vector("99.9")));
  onTestFinished(() => prometheus.close());
  const checkout = mkdtempSync(join(tmpdir(), "phase-gate-prometheus-"));
  onTestFinished(() => rmSync(checkout, { recursive: true }));
  writeFileSync(
    join(checkout, "gate.yml"),
    `version: 1
sources: { prometheus: { url: "${prometheus.url}", token: PROM_TOKEN } }
custom: { service.uptime: { query: "${token}", unit: "%" } }
phases: [{ name: Readiness, kpis: { service.uptime: above 99.5% } }]
`,
  );
  const { exitCode, outputs, log, summary } = await runAction({
    checkout,
    apiUrl: github.url,
    event: {
      name: "push",
      payload: JSON.stringify({ repository: { name: "shop", default_branch: "main" } }),
    },
    inputs: { config: "gate.yml", publish: "summary" },
    env: { PROM_TOKEN: token },
  });
  expect([exitCode, outputs["outcome"]], log).toEqual([0, "pass"]);
  expect(prometheus.asked.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${token}`]);
  expect(`${log}${summary}${JSON.stringify(outputs)}`).not.toContain(token);
});
