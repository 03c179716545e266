import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const preload = fileURLToPath(new URL("usage.cjs", import.meta.url));
const patience = 120_000;

/**
 * Runs `node ...args` as a process of its own. Returns what it printed, wall and CPU time in ms and peak
 * memory in KB; or `broken`, a line that says how it ended where it did not end well.
 */
export function runNode(args) {
  const begin = performance.now();
  const done = spawnSync(process.execPath, ["--require", preload, ...args], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    timeout: patience,
  });
  const wall = performance.now() - begin;
  if (done.error?.code === "ETIMEDOUT") return { broken: `gave up after ${patience / 1000} s` };
  if (done.error) return { broken: done.error.message };
  if (done.signal !== null || done.status !== 0) {
    return { broken: `ends with ${done.signal ?? done.status}: ${reason(done.stderr || done.stdout)}` };
  }
  return { stdout: done.stdout, wall, ...JSON.parse(done.output[3]) };
}

/** The line of an output that says what went wrong: a thrown error, or the message of a JSON document. */
function reason(output) {
  const lines = output.split("\n").map((line) => line.trim());
  const telling = lines.find((line) => /^(?:\w*Error\b|"message":)/.test(line)) ?? lines[0];
  return telling.slice(0, 80);
}
