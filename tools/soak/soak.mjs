// Runs the sweeps of tests/soak in full, one file after the other: npm run soak [-- fuzz truncation]. A sweep that passed is
// not run again by the next call with the same settings, until all of them have passed.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const named = process.argv.slice(2);
const sweeps = readdirSync("tests/soak")
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => file.slice(0, -".test.ts".length))
  .filter((sweep) => named.length === 0 || named.includes(sweep));
if (sweeps.length === 0) throw new Error(`no sweep in tests/soak is called ${named.join(", ")}`);

const { SOAK_SEED = "1", SOAK_ROUNDS = "", SOAK_SECONDS = "" } = process.env;
const settings = `${SOAK_SEED} ${SOAK_ROUNDS} ${SOAK_SECONDS}`;
const state = ".tmp/soak.json";
const passed = new Set(readState());

for (const sweep of sweeps.filter((one) => !passed.has(one))) {
  const args = ["vitest", "run", "--config", "vitest.soak.config.ts", `tests/soak/${sweep}.test.ts`];
  const { status } = spawnSync("npx", args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) {
    console.error(`${sweep} did not pass. npm run soak goes on with it.`);
    process.exit(1);
  }
  passed.add(sweep);
  mkdirSync(".tmp", { recursive: true });
  writeFileSync(state, JSON.stringify({ settings, passed: [...passed] }));
}
rmSync(state, { force: true });
console.log(`All passed: ${sweeps.join(", ")}.`);

/** What passed before, with the same settings. */
function readState() {
  try {
    const before = JSON.parse(readFileSync(state, "utf8"));
    return before.settings === settings ? before.passed : [];
  } catch {
    return [];
  }
}
