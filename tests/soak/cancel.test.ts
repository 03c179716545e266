import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startGitHub } from "../github/server.ts";
import { testPath } from "../runner/bytes.ts";
import { write } from "../runner/repository.ts";
import { runAction } from "../runner/run-action.ts";
import { random } from "./random.ts";
import { rounds, seed } from "./share.ts";

const next = random(seed);

const config = `version: 1
sources: { tests: "reports/*.xml" }
phases: [{ name: Stabilization, kpis: { tests.pass_rate: above 85% } }]
`;

/** A job is cancelled while the bundle makes its request of that number, or so many milliseconds later. */
const moments = Array.from({ length: rounds > 1000 ? 50 : 4 }, () => ({
  request: 1 + Math.floor(next() * 9),
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
      expect(Date.now() - sentAt).toBeLessThan(5_000);
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

test("a job that is cancelled while report files are read reads no further", {
  timeout: 60_000,
}, async () => {
  const checkout = mkdtempSync(join(tmpdir(), "phase-gate-cancel-"));
  let kill: (signal: NodeJS.Signals) => void = () => {};
  let sentAt = 0;
  const github = await startGitHub({
    onRequest: ({ method, path }) => {
      if (method !== "GET" || !path.includes("/check-runs")) return;
      // The last request before reading; many files are left to read by then.
      setTimeout(() => {
        sentAt = Date.now();
        kill("SIGINT");
      }, 60);
    },
  });
  try {
    const cases = '<testcase classname="a" name="b" time="0.1"/>'.repeat(20_000);
    write(checkout, "phase-gate.yml", config);
    for (let i = 0; i < 100; i++)
      write(checkout, `reports/${i}.xml`, `<testsuite name="s${i}">${cases}</testsuite>`);
    const inputs = { config: "phase-gate.yml", publish: "check" };
    const run = { checkout, apiUrl: github.url, inputs, onStart: (send: typeof kill) => (kill = send) };
    const { exitCode, outputs, report, log } = await runAction(run);
    expect(Date.now() - sentAt).toBeLessThan(5_000);
    expect([exitCode, outputs["outcome"], report], log).toEqual([130, "error", null]);
    expect(github.checkRuns.map(({ conclusion }) => conclusion)).toEqual(["cancelled"]);
  } finally {
    rmSync(checkout, { recursive: true });
    await github.close();
  }
});
