import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readDiff } from "../../src/core/changes/unified-diff.ts";
import { parseConfig } from "../../src/core/config/parse-config.ts";
import { pastOf as chosen } from "../../src/core/history/baseline.ts";
import type { Past, RunRecord } from "../../src/core/model/history.ts";
import type { Report } from "../../src/core/model/report.ts";
import type { Run } from "../../src/core/model/run.ts";
import { runGate } from "../../src/gate.ts";

/** What one run of the gate is made of; everything but the plan may be left out. */
export interface Given {
  /** Configuration without its first line, the version. */
  readonly plan: string;
  /** Report files by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Recorded runs, oldest first; the last of them is the baseline. */
  readonly records?: readonly RunRecord[];
  /** Why there is no baseline although there are records. */
  readonly noBaseline?: string;
  /** The commits that the run stands on, newest first: then the baseline is chosen by them, and not given. */
  readonly commits?: readonly string[];
  /** What the change is, as `git diff` tells it. */
  readonly diff?: string;
  /** Configuration of the base, without its first line. */
  readonly base?: string;
  readonly labels?: readonly string[];
  readonly run?: Partial<Run>;
  /** Hours that the report files are older than the job. */
  readonly hoursOld?: number;
}

/** The whole gate over a folder of its own, as both shells run it. */
export function gate({ plan, files = {}, base, labels, diff, run, hoursOld, ...history }: Given): Report {
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-trap-"));
  const at = "2026-02-10T12:00:00.000Z";
  try {
    for (const [path, content] of Object.entries(files)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      if (hoursOld !== undefined)
        utimesSync(file, Date.parse(at) / 1000, Date.parse(at) / 1000 - hoursOld * 3_600);
    }
    const past = pastOf(history, at);
    return runGate({
      name: "phase-gate",
      run: { at, ...run },
      ...parseConfig(`version: 1\n${plan}`, "phase-gate.yml"),
      workspace: { root: folder, base: folder },
      ...(past ? { past } : {}),
      ...(base === undefined ? {} : { baseConfig: { kind: "config", where: "main", config: planOf(base) } }),
      ...(labels ? { labels } : {}),
      ...(diff === undefined ? {} : { changes: { kind: "known", since: "main", files: readDiff(diff) } }),
      ...(hoursOld === undefined ? {} : { startedAt: Date.parse(at) }),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pastOf(
  { records, noBaseline, commits }: Pick<Given, "records" | "noBaseline" | "commits">,
  at: string,
): Past | undefined {
  if (records === undefined) return undefined;
  if (commits !== undefined) return chosen(records, { at }, { commits, shallow: false });
  const newest = records.at(-1);
  if (noBaseline !== undefined) return { at, records, baseline: { none: noBaseline } };
  return {
    at,
    records,
    baseline: newest ? { record: newest, distance: 1 } : { none: "no recorded run yet" },
  };
}

function planOf(text: string) {
  const { config } = parseConfig(`version: 1\n${text}`, "phase-gate.yml");
  if (!config) throw new Error(`the configuration of the base does not parse: ${text}`);
  return config;
}

/** A JUnit file with tests that pass, tests that fail and tests that are skipped. */
export function junit(passed: number, failed = 0, skipped = 0): string {
  const cases = (count: number, of: string, content: string) =>
    Array.from(
      { length: count },
      (_, i) => `<testcase classname="shop" name="${of}${i}">${content}</testcase>`,
    );
  return `<testsuite name="s">${[
    ...cases(passed, "p", ""),
    ...cases(failed, "f", "<failure/>"),
    ...cases(skipped, "s", "<skipped/>"),
  ].join("")}</testsuite>`;
}

/** An lcov file of one source file, of which the first lines ran and the rest did not. */
export function lcov(covered: number, missed: number, file = "src/a.ts"): string {
  const lines = Array.from({ length: covered + missed }, (_, i) => `DA:${i + 1},${i < covered ? 1 : 0}`);
  return `TN:\nSF:${file}\n${lines.join("\n")}\nend_of_record\n`;
}

/** Lines that a change adds to a file, from a line on. */
export function added(file: string, from: number, count: number): string {
  const lines = Array.from({ length: count }, () => "+x\n").join("");
  return `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -${from - 1},0 +${from},${count} @@\n${lines}`;
}
