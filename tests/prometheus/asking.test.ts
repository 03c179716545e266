import { afterEach, describe, expect, test } from "vitest";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import type { BaseConfig } from "../../src/core/model/policy.ts";
import { renderConsole } from "../../src/core/report/console.ts";
import { createMask } from "../../src/core/report/mask.ts";
import { maskReport } from "../../src/core/report/mask-report.ts";
import { runGate } from "../../src/gate.ts";
import { type Clock, systemClock } from "../../src/io/clock.ts";
import { secretValues } from "../../src/io/secrets.ts";
import { withAnswers } from "../../src/live.ts";
import { testPath } from "../runner/bytes.ts";
import { type FakePrometheus, type Handler, says, startPrometheus, vector } from "./server.ts";

/** Twenty times as fast as the real one; keeps what was waited for. */
const waited: number[] = [];
const clock: Clock = {
  ...systemClock,
  sleep(time, signal) {
    waited.push(time);
    return systemClock.sleep(time / 20, signal);
  },
};

const env = { PROM_TOKEN: "s3cr3t-token-of-the-server" };

let server: FakePrometheus | undefined;
afterEach(() => server?.close());

interface Given {
  readonly server?: string;
  readonly query?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly base?: BaseConfig;
}

const plan = (address: string, more = "", query = '{ query: "max(uptime)", unit: "%" }') => `version: 1
sources:
  prometheus: { url: "${address}"${more} }
custom: { service.uptime: ${query} }
phases:
  - { name: Readiness, kpis: { service.uptime: above 99.5% } }
`;

/** The report of a gate whose server does what `handler` says. */
async function gate(handler: Handler, { server: more = "", query, env: given = env, base }: Given = {}) {
  server = await startPrometheus(handler);
  const { config, problems } = parseConfig(plan(server.url, more, query), "gate.yml");
  const workspace = { root: testPath("prometheus"), base: testPath("prometheus") };
  const settings = { name: "phase-gate", run: { at: new Date().toISOString() }, config, problems, workspace };
  const asked = await withAnswers(base ? { ...settings, baseConfig: base } : settings, given, { clock });
  return maskReport(runGate(asked), createMask(secretValues(given)));
}

const codes = ({ problems }: Awaited<ReturnType<typeof gate>>) => problems.map(({ code }) => code);

describe("a query to a Prometheus server", () => {
  test("gives a KPI its value", async () => {
    const report = await gate(says(vector("99.9")));
    expect([report.gate?.outcome, codes(report)]).toEqual(["pass", []]);
    expect(renderConsole(report)).toContain("prometheus/service.uptime (prometheus)");
    const { pathname, searchParams } = new URL(server!.asked[0]!.url!, server!.url);
    expect([pathname, searchParams.get("query")]).toEqual(["/api/v1/query", "max(uptime)"]);
    expect([searchParams.get("timeout"), searchParams.get("lookback_delta")]).toEqual(["10000ms", "300"]);
    expect(server!.asked[0]!.headers.authorization).toBeUndefined();
  });

  test("may be about a time, of which the worst point counts", async () => {
    const query = '{ query: uptime, unit: "%", over: 2min, every: 30s }';
    const report = await gate(
      (request, response) => {
        const { searchParams } = new URL(request.url!, "http://localhost");
        const [start, step] = [Number(searchParams.get("start")), Number(searchParams.get("step"))];
        const values = ["99.9", "98", "100", "100", "100"].map((value, i) => [start + i * step, value]);
        const result = [{ metric: {}, values }];
        says({ status: "success", data: { resultType: "matrix", result } })(request, response);
      },
      { query },
    );
    expect(new URL(server!.asked[0]!.url!, server!.url).pathname).toBe("/api/v1/query_range");
    expect(report.gate?.phases[0]?.rules[0]).toMatchObject({ verdict: "broken", value: { amount: 98 } });
  });

  test("that finds nothing leaves the KPI missing, which is not green", async () => {
    const report = await gate(says(vector()));
    expect(report.gate?.phases[0]?.rules[0]).toMatchObject({
      verdict: "missing",
      reason: "the query found nothing",
    });
    expect(report.gate?.outcome).toBe("error");
  });

  test("is asked again where the server is busy, and no fourth time", async () => {
    let count = 0;
    const once: Handler = (request, response) =>
      (++count < 3 ? says("busy", 503) : says(vector("99.9")))(request, response);
    expect((await gate(once)).gate?.outcome).toBe("pass");
    await server?.close();
    const report = await gate(says("busy", 429));
    expect([codes(report), server?.asked.length]).toEqual([["prometheus-failed"], 3]);
  });

  test.each<readonly [string, () => string, readonly number[]]>([
    ["some seconds", () => "2", [2_000, 2_000]],
    ["less than we wait anyway", () => "0", [500, 1_000]],
    ["a day that is over", () => new Date(0).toUTCString(), [500, 1_000]],
    ["no time at all", () => "soon", [500, 1_000]],
    ["longer than anyone waits for a gate", () => "3600", []],
    ["until a later day", () => new Date(Date.now() + 86_400_000).toUTCString(), []],
  ])("waits as long as a busy server asks for, within bounds: %s", async (_, after, pauses) => {
    waited.length = 0;
    const busy: Handler = (_, response) => response.writeHead(503, { "retry-after": after() }).end();
    const report = await gate(busy);
    expect(codes(report)).toEqual(["prometheus-failed"]);
    // Of each request there is also the time that it may take at most.
    expect(waited.filter((time) => time !== 10_000)).toEqual(pauses);
    expect(server?.asked.length).toBe(pauses.length + 1);
  });

  test.each<readonly [string, Handler]>([
    ["hangs up", (request) => request.socket.destroy()],
    ["never answers", () => {}],
    ["never ends its answer", (_, response) => response.write('{"status":')],
    [
      "sends without end",
      (_, response) => {
        const piece = Buffer.alloc(1 << 20, 32);
        const more = () => {
          while (response.write(piece));
          response.once("drain", more);
        };
        more();
      },
    ],
  ])("is an error once and not for each query where the server %s", async (_, handler) => {
    const report = await gate(handler, { server: ", timeout: 3s" });
    expect(codes(report)).toEqual(["prometheus-unreachable"]);
    expect(report.gate?.outcome).toBe("error");
    expect(report.gate?.phases[0]?.rules[0]?.verdict).toBe("missing");
  });

  test("that is refused, redirected or answered by something else is an error", async () => {
    const redirect: Handler = (_, response) => response.writeHead(302, { location: "/elsewhere" }).end();
    for (const handler of [says("no", 401), says("no", 403), says("no", 404), says("<html>"), redirect]) {
      const report = await gate(handler, { server: ", token: PROM_TOKEN" });
      expect(report.gate?.outcome).toBe("error");
      expect(server!.asked.length).toBe(1);
      await server!.close();
    }
  });
});

describe("the token of a Prometheus server", () => {
  const token = { server: ", token: PROM_TOKEN" };

  test("goes to it and nowhere else, whatever it says", async () => {
    const echo: Handler = (request, response) =>
      says({ status: "error", error: `bad ${request.headers.authorization}` }, 400)(request, response);
    const report = await gate(echo, token);
    expect(server!.asked[0]!.headers.authorization).toBe(`Bearer ${env.PROM_TOKEN}`);
    expect(codes(report)).toEqual(["prometheus-failed"]);
    expect(JSON.stringify(report.problems)).not.toContain(env.PROM_TOKEN);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["is not set", {}],
    ["is empty", { PROM_TOKEN: " " }],
    ["is two lines", { PROM_TOKEN: "first-of-them\nx-evil: 1" }],
  ])("that %s is an error, and nothing is asked", async (_, given) => {
    const report = await gate(says(vector("99.9")), { ...token, env: given });
    expect([codes(report), server?.asked.length]).toEqual([["prometheus-not-asked"], 0]);
    expect(report.gate?.outcome).toBe("error");
  });

  test("is not led elsewhere by a change, nor is a request", async () => {
    const base = (text: string): BaseConfig => ({
      kind: "config",
      where: "the configuration of main",
      config: parseConfig(text, "gate.yml").config!,
    });
    const moved = base(plan("https://prometheus.example", token.server));
    const none = base("version: 1\nphases: [{ name: A, kpis: { tests.total: 1 } }]\n");
    const absent: BaseConfig = { kind: "absent", where: "the configuration of main" };
    for (const before of [moved, none, absent]) {
      for (const given of [token, {}]) {
        const report = await gate(says(vector("99.9")), { ...given, base: before });
        expect(codes(report)).toContain("prometheus-not-asked");
        expect([report.gate?.phases[0]?.outcome, server?.asked.length]).toEqual(["error", 0]);
        await server!.close();
      }
    }
  });
});
