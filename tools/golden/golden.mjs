// Writes goldens anew, with the tests that have any: `npm run golden`. Those of the soak have a command of their own.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const tests = readdirSync("tests", { recursive: true })
  .map((file) => `tests/${file.replaceAll("\\", "/")}`)
  .filter((file) => file.endsWith(".test.ts") && !/^tests\/(?:soak|system)\//.test(file))
  .filter((file) => readFileSync(file, "utf8").includes("toMatchFileSnapshot"));
const { status } = spawnSync("npx", ["vitest", "run", ...tests, "--update"], {
  stdio: "inherit",
  shell: process.platform === "win32",
});
process.exit(status ?? 1);
