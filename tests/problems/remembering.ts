import { renameSync } from "node:fs";
import { join } from "node:path";
import { storeRecord } from "../../src/io/history-folder.ts";
import { amount, record } from "../history/records.ts";
import { testPath } from "../runner/bytes.ts";
import { commitAll, git, init, write } from "../runner/repository.ts";
import type { Examples } from "./example.ts";

const args = ["check", "--history", "history"] as const;

function reports(folder: string): void {
  write(folder, "junit.xml", '<testsuite name="s"><testcase name="a"/></testsuite>');
  write(folder, "lcov.info", "TN:\nSF:a.js\nDA:1,1\nend_of_record\n");
}

/** A checkout of the newest of two commits alone; a run of the older one is recorded. */
function shallow(folder: string): void {
  const origin = join(folder, "origin");
  write(folder, "origin/README.md", "shop");
  init(origin);
  const sha = commitAll(origin, "First");
  commitAll(origin, "Second");
  git(folder, "clone", "--quiet", "--depth", "1", `file://${origin}`, "checkout");
  renameSync(join(folder, "checkout", ".git"), join(folder, ".git"));
  reports(folder);
  storeRecord({ shown: "history", path: join(folder, "history"), gate: "phase-gate" }, record(1, { sha }));
}

/** A plan with a waiver until a day; the only test fails or passes. */
function waived(until: string, fails: boolean): (folder: string) => void {
  return (folder) => {
    write(
      folder,
      "junit.xml",
      `<testsuite name="s"><testcase name="a">${fails ? "<failure/>" : ""}</testcase></testsuite>`,
    );
    write(
      folder,
      ".github/phase-gate.yml",
      `version: 1
sources: { tests: junit.xml }
waivers:
  - { kpi: tests.error_rate, allow: 100pp, reason: "the parcel service is down", until: ${until}, owner: "@acme/core" }
phases: [{ name: A, kpis: { tests.error_rate: 0% } }]
`,
    );
  };
}

/** A plan whose rules compare with recorded runs, where none is. */
function comparing(folder: string): void {
  reports(folder);
  const rules = "{ coverage.lines: at least baseline, tests.new_failures: 0, tests.total: at least 1 }";
  write(folder, ".github/phase-gate.yml", `version: 1\nphases: [{ name: A, kpis: ${rules} }]\n`);
}

/** Half of the tests of the recorded run are gone. */
function shrunk(folder: string): void {
  reports(folder);
  const kpis = new Map([["tests.total", { unit: "count", better: "higher" as const, value: amount(2) }]]);
  storeRecord({ shown: "history", path: join(folder, "history"), gate: "phase-gate" }, record(1, { kpis }));
}

/** A plan that keeps phases; nothing was recorded. */
function keeping(folder: string): void {
  reports(folder);
  const plan = "version: 1\nkeep: true\nphases: [{ name: A, kpis: { tests.failed: 0, tests.errored: 0 } }]\n";
  write(folder, ".github/phase-gate.yml", plan);
}

/** Problems of the history and of waivers. */
export const remembering = {
  "history-unreadable": [
    {
      kind: "command",
      args,
      prepare: (folder) => {
        reports(folder);
        write(folder, "history/runs/2026-01/1001-1.json", '{"schema":1,"id":1001,');
      },
    },
  ],
  "no-history": [
    { kind: "command", args: ["check"], prepare: comparing },
    { kind: "command", args, prepare: comparing },
  ],
  "history-shallow": [{ kind: "command", args, prepare: shallow }],
  "history-expired": [
    {
      kind: "action",
      run: { checkout: testPath("problems", "expired"), inputs: { publish: "none" } },
      github: {
        artifacts: [
          {
            id: 1,
            name: "phase-gate-history",
            run: 7,
            branch: "main",
            content: Buffer.from(""),
            expired: true,
          },
        ],
      },
    },
  ],
  "history-elsewhere": [
    {
      kind: "command",
      args: ["check"],
      prepare: (folder) => {
        reports(folder);
        write(
          folder,
          ".github/phase-gate.yml",
          `version: 1
baseline: { store: branch }
phases:
  - name: Stabilization
    kpis: { tests.total: at least baseline }
`,
        );
      },
    },
  ],
  "evidence-shrunk": [{ kind: "command", args, prepare: shrunk }],
  "keep-without-history": [
    { kind: "command", args: ["check"], prepare: keeping },
    { kind: "command", args, prepare: keeping },
  ],
  "waiver-expired": [{ kind: "command", args: ["check"], prepare: waived("2026-01-31", true) }],
  "waiver-unused": [{ kind: "command", args: ["check"], prepare: waived("2999-12-31", false) }],
  "not-recorded": [{ kind: "command", args: [...args, "--record"], prepare: reports }],
} as const satisfies Examples;
