import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startGitHub } from "../github/server.ts";
import { testPath } from "../runner/bytes.ts";
import { write } from "../runner/repository.ts";
import { runAction } from "../runner/run-action.ts";
import { random } from "./random.ts";
import { rounds, seed } from "./share.ts";

/** In full, or the share of `npm test`. */
const full = rounds > 1_000;
const next = random(seed);

const config = (sources: string) => `version: 1
sources: { tests: "${sources}" }
phases: [{ name: Stabilization, kpis: { tests.pass_rate: above 85% } }]
`;

const signals = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

/** Size of a report file that is read for much longer than five seconds. */
const megabytes = full ? 750 : 100;

/** A job is cancelled while the bundle makes its request of that number, of twelve, or so many milliseconds later. */
const moments = Array.from({ length: full ? 50 : 4 }, () => ({
  request: 1 + Math.floor(next() * 12),
  later: Math.floor(next() * 40),
  signal: next() < 0.8 ? ("SIGINT" as const) : ("SIGTERM" as const),
}));

describe(`a job that is cancelled (seed ${seed})`, () => {
  test.each(moments)("by $signal $later ms after request $request", { timeout: 60_000 }, async (moment) => {
    let kill: (signal: NodeJS.Signals) => void = () => {};
    let [seen, sentAt] = [0, 0];
    const github = await startGitHub({
      latency: () => next() * 40,
      onRequest: () => {
        seen += 1;
        if (seen !== moment.request) return;
        setTimeout(() => {
          sentAt = Date.now();
          kill(moment.signal);
        }, moment.later);
      },
    });
    try {
      const { exitCode, outputs, report } = await runAction({
        checkout: testPath("..", "examples", "failing"),
        apiUrl: github.url,
        inputs: { config: "phase-gate.yml" },
        onStart: (send) => (kill = send),
      });
      // The last moments may come after the end of a run that was quick.
      if (sentAt > 0) expect(Date.now() - sentAt).toBeLessThan(5_000);
      if (!github.requests.some(({ method }) => method === "POST")) {
        // Nothing was begun yet.
        expect([outputs["outcome"], report, exitCode]).toEqual(["error", null, null]);
        return;
      }
      expect(github.checkRuns.map(({ status }) => status)).toEqual(["completed"]);
      const conclusion = github.checkRuns[0]!.conclusion;
      expect(["cancelled", "failure"]).toContain(conclusion);
      // Outputs and report are all there or not at all.
      expect(["error", "fail"]).toContain(outputs["outcome"]);
      expect(report === null).toBe(outputs["outcome"] === "error");
      if (conclusion === "failure") expect(outputs["outcome"]).toBe("fail");
      // The signal may also find the process at its end, with nothing left to close.
      const closed = exitCode === (moment.signal === "SIGINT" ? 130 : 143);
      if (!closed) expect([exitCode === 1 || exitCode === null, conclusion]).toEqual([true, "failure"]);
      expect(github.comments.length).toBeLessThanOrEqual(1);
    } finally {
      await github.close();
    }
  });
});

/** A job that is cancelled that many milliseconds after the last request before reading, with these report files. */
async function cancelled(
  signal: NodeJS.Signals,
  later: number,
  sources: string,
  put: (checkout: string) => void,
) {
  const checkout = mkdtempSync(join(tmpdir(), "phase-gate-cancel-"));
  let kill: (signal: NodeJS.Signals) => void = () => {};
  let sentAt = 0;
  const github = await startGitHub({
    onRequest: ({ method, path }) => {
      if (method !== "GET" || !path.includes("/check-runs")) return;
      setTimeout(() => {
        sentAt = Date.now();
        kill(signal);
      }, later);
    },
  });
  try {
    write(checkout, "phase-gate.yml", config(sources));
    put(checkout);
    const inputs = { config: "phase-gate.yml", publish: "check" };
    const place = { checkout, inPlace: true, apiUrl: github.url };
    const { exitCode, outputs, report, log } = await runAction({
      ...place,
      inputs,
      onStart: (send) => (kill = send),
    });
    const seconds = (Date.now() - sentAt) / 1000;
    const conclusions = github.checkRuns.map(({ conclusion }) => conclusion);
    return { seconds, exitCode, outcome: outputs["outcome"], report, conclusions, log };
  } finally {
    rmSync(checkout, { recursive: true });
    await github.close();
  }
}

describe("a job that is cancelled while report files are read reads no further", () => {
  test.each(signals)("by %s among many files", { timeout: 60_000 }, async (signal, exitCode) => {
    const cases = '<testcase classname="a" name="b" time="0.1"/>'.repeat(20_000);
    const { seconds, log, ...rest } = await cancelled(signal, 60, "reports/*.xml", (checkout) => {
      for (let i = 0; i < 100; i++)
        write(checkout, `reports/${i}.xml`, `<testsuite name="s${i}">${cases}</testsuite>`);
    });
    expect(rest, log).toEqual({ exitCode, outcome: "error", report: null, conclusions: ["cancelled"] });
    expect(seconds).toBeLessThan(5);
  });

  test.each(full ? signals : signals.slice(0, 1))(
    `by %s inside of one file of ${megabytes} MB`,
    { timeout: 120_000 },
    async (signal, exitCode) => {
      const { seconds, log, ...rest } = await cancelled(signal, 1_500, "reports/unit.tap", (checkout) => {
        write(checkout, "reports/unit.tap", "TAP version 13\n");
        const megabyte = "ok - a\n".repeat(150_000);
        for (let i = 0; i < megabytes; i++) appendFileSync(join(checkout, "reports/unit.tap"), megabyte);
      });
      expect(rest, log).toEqual({ exitCode, outcome: "error", report: null, conclusions: ["cancelled"] });
      // Reading it takes longer than that, many times over.
      expect(seconds).toBeLessThan(5);
    },
  );
});
