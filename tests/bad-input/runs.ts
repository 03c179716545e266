import { readFileSync } from "node:fs";
import { testPath } from "../runner/bytes.ts";
import { type BadInput, gateOn } from "./case.ts";

export const runsConfig = gateOn("tests", '"reports/*"', "tests.pass_rate: at least 50%");

function unsound(name: string, file: string, rest: Omit<BadInput, "name" | "files">): BadInput {
  const path = `reports/${file.slice(file.indexOf("/") + 1)}`;
  return { name, files: { [path]: readFileSync(testPath("read", file), "utf8") }, ...rest };
}

const broken = { outcome: "error", code: "truncated" } as const;

/** What can be wrong with TRX and CTRF files, which tell of one whole run. The gate asks for half of the tests. */
export const runCases: readonly BadInput[] = [
  unsound("TRX: an assembly that was not loaded", "trx/error-outside-beside-a-failing-test.trx", {
    outcome: "fail",
    code: "suite-error",
    says: /Could not load file or assembly/,
  }),
  unsound("TRX: aborted, in German", "trx/aborted-in-german-beside-a-failing-test.trx", {
    ...broken,
    says: /was aborted: Der aktive Testlauf/,
  }),
  unsound("TRX: still in progress", "trx/run-in-progress.trx", { ...broken, says: /InProgress/ }),
  unsound("TRX: an outcome nobody knows", "trx/run-of-an-unknown-outcome.trx", {
    ...broken,
    says: /Interrupted/,
  }),
  unsound("TRX: passed, but the run was aborted", "trx/passed-but-run-aborted.trx", {
    ...broken,
    says: /PassedButRunAborted/,
  }),
  unsound(
    "TRX: in progress beside a failing test",
    "trx/test-in-progress-is-missing-beside-a-failing-one.trx",
    {
      ...broken,
      says: /InProgress/,
    },
  ),
  unsound("CTRF: a test of another outcome is missing", "ctrf/declares-another-outcome-none-shown.json", {
    outcome: "error",
    code: "unexplained-failures",
    says: /declares 1 failures or errors/,
  }),
  unsound("CTRF: a pass in one browser for a failure in another", "ctrf/fails-in-one-of-two-browsers.json", {
    config: gateOn("tests", '"reports/*"', "tests.failed: 0, tests.errored: 0").replace(
      "\n",
      "\nretries: same-name-in-suite\n",
    ),
    outcome: "fail",
    says: /till > pays/,
  }),
];
