import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import type { Report } from "../../src/core/model/report.ts";
import { runGate } from "../../src/gate.ts";
import { withAnswers } from "../../src/live.ts";

/** A service with metrics, which a real Prometheus of Debian scrapes every second. */
const service = createServer((_, response) => {
  response.setHeader("content-type", "text/plain; version=0.0.4");
  response.end(
    'service_uptime_ratio 0.9987\nmemory_bytes 4.27e+08\nempty_ratio NaN\nzone{zone="a"} 1\nzone{zone="b"} 2\n',
  );
});
const folder = mkdtempSync(join(tmpdir(), "phase-gate-prometheus-"));
let prometheus: ChildProcess;
let url: string;

const listening = (server: typeof service) =>
  new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ask(query: string): Promise<string> {
  return (await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`)).text();
}

beforeAll(async () => {
  const target = `127.0.0.1:${await listening(service)}`;
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  writeFileSync(
    join(folder, "prometheus.yml"),
    `global: { scrape_interval: 1s }\nscrape_configs: [{ job_name: shop, static_configs: [{ targets: ["${target}"] }] }]\n`,
  );
  prometheus = spawn(
    "prometheus",
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: "ignore" },
  );
  // Ready once it has scraped long enough for a time of two seconds.
  const ready = async () =>
    (await ask("count_over_time(memory_bytes[10s]) > 4").catch(() => "")).includes('"value"');
  while (!(await ready())) await new Promise((resolve) => setTimeout(resolve, 250));
});

afterAll(async () => {
  const ended = new Promise((resolve) => prometheus.once("exit", resolve));
  prometheus.kill();
  await ended;
  service.close();
  rmSync(folder, { recursive: true });
});

async function gate(kpi: string, limit: string, entry: string): Promise<Report> {
  const text = `version: 1
sources: { prometheus: { url: "${url}" } }
custom: { ${kpi}: { ${entry} } }
phases: [{ name: A, kpis: { ${kpi}: ${limit} } }]
`;
  const { config, problems } = parseConfig(text, "gate.yml");
  const run = { at: new Date().toISOString() };
  const workspace = { root: folder, base: folder };
  return runGate(await withAnswers({ name: "phase-gate", run, config, problems, workspace }, {}));
}

describe("a real Prometheus server", () => {
  const cases: readonly (readonly [string, string, string, string, string, readonly string[]])[] = [
    [
      "a number for now",
      "service.uptime",
      "above 99.5%",
      "query: max(service_uptime_ratio), unit: ratio",
      "met",
      [],
    ],
    ["a size in bytes", "resources.memory", "below 427 MB", "query: memory_bytes, unit: B", "broken", []],
    ["a scalar", "answers", "exactly 42", 'query: "42", better: higher', "met", []],
    [
      "a time",
      "resources.memory",
      "below 500 MB",
      "query: max(memory_bytes), unit: B, over: 2s, every: 1s",
      "met",
      [],
    ],
    [
      "nothing",
      "queue.depth",
      "at most 0",
      "query: max(no_such_metric), better: lower",
      "missing",
      ["no-samples"],
    ],
    ["not a number", "odd", "at most 0", "query: max(empty_ratio), better: lower", "missing", ["not-finite"]],
    ["several series", "zones", "at most 9", "query: zone, better: lower", "missing", ["prometheus-series"]],
    [
      "a wrong query",
      "odd",
      "at most 9",
      'query: "max(zone", better: lower',
      "missing",
      ["prometheus-failed"],
    ],
    ["a range", "odd", "at most 9", 'query: "zone[1m]", better: lower', "missing", ["prometheus-failed"]],
    [
      "a time before it was scraped",
      "resources.memory",
      "below 500 MB",
      "query: max(memory_bytes), unit: B, over: 1h",
      "missing",
      ["prometheus-partial"],
    ],
  ];
  test.each(cases)("answers with %s", async (_, kpi, limit, entry, verdict, codes) => {
    const report = await gate(kpi, limit, entry);
    expect(report.problems.map(({ code }) => code)).toEqual(codes);
    expect(report.gate?.phases[0]?.rules[0]?.verdict).toBe(verdict);
  });
});
