import { describe, expect, test } from "vitest";
import type { PublisherName } from "../../src/publish/index.ts";
import { createInProcess } from "../github/in-process.ts";
import { publishTo } from "../publish/publish-in-process.ts";
import { reportOf } from "../publish/report.ts";
import { virtualClock } from "../runner/virtual-clock.ts";
import { random } from "./random.ts";
import { rounds, seed } from "./share.ts";

const numbers = Array.from({ length: 16 }, (_, i) => i + 11);
const reports = numbers.map((number) => reportOf(1, number));
const places: readonly (readonly PublisherName[])[] = [["comment", "check"], ["comment"]];

describe.each(places.map((some) => [some.join(" and "), some] as const))(
  `16 publishers of %s at once (seed ${seed})`,
  (_, some) => {
    test.each(["no comment", "a comment of an older run"])("on %s", { timeout: 600_000 }, async (before) => {
      const wrong: string[] = [];
      for (let round = 0; round < Math.ceil(rounds / 400); round++) {
        const next = random(seed + round);
        const clock = virtualClock(next);
        const old = {
          login: "github-actions[bot]",
          body: "<!-- phase-gate phase-gate run=10.1 sha=x -->\nold",
        };
        const comments = before === "no comment" ? [] : [old];
        const github = createInProcess({ comments, latency: () => next() * 300 }, clock);
        await clock.run(() =>
          Promise.all(
            reports.map(async (report) => {
              await clock.sleep(next() * 2000);
              await publishTo(github, clock, report, { judging: next() * 2000, places: some });
            }),
          ),
        );
        const shown = github.comments.map(({ body }) => / run=(\d+)/.exec(body)?.[1]);
        const open = github.checkRuns.filter(({ status }) => status !== "completed").length;
        if (shown.join() !== "26" || open > 0)
          wrong.push(`round ${round}: comments of ${shown.join()}, ${open} open`);
      }
      expect(wrong).toEqual([]);
    });
  },
);
