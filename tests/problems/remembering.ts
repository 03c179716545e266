import { renameSync } from "node:fs";
import { join } from "node:path";
import { storeRecord } from "../../src/io/history-folder.ts";
import { record } from "../history/records.ts";
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

/** Problems of the history. */
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
  "history-shallow": [{ kind: "command", args, prepare: shallow }],
  "not-recorded": [{ kind: "command", args: [...args, "--record"], prepare: reports }],
} as const satisfies Examples;
