import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const preload = fileURLToPath(new URL("usage.cjs", import.meta.url));
const patience = 60_000;

/**
 * Runs a process to its end: Node with `args`, or a line of the shell. Returns what it printed, its wall and CPU time in ms, of Node also its peak memory in KB; or `broken`, a line that says how it ended.
 */
export function run({ args, shell, cwd, env = {} }) {
  const [command, words] = shell
    ? ["sh", ["-c", `${shell}; times >&3`]]
    : [process.execPath, ["--require", preload, ...args]];
  const begin = performance.now();
  const done = spawnSync(command, words, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "", GITHUB_ACTIONS: "", CI: "true", ...env },
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
  return {
    stdout: done.stdout,
    wall,
    ...(shell ? { cpu: cpuOfChildren(done.output[3]) } : JSON.parse(done.output[3])),
  };
}

/** What `times` of the shell says in its second line, such as "0m0.012s 0m0.034s", in ms. */
function cpuOfChildren(text) {
  const parts = text.split("\n")[1].matchAll(/(\d+)m([\d.]+)s/g);
  return [...parts].reduce((sum, [, minutes, seconds]) => sum + (minutes * 60 + Number(seconds)) * 1000, 0);
}

/** The line of an output that says what went wrong: a thrown error, or the message of a JSON document. */
function reason(output) {
  const lines = output.split("\n").map((line) => line.trim());
  const telling =
    lines.find((line) => /^(?:\w*Error\b|"message":|FATAL ERROR)/.test(line)) ??
    lines.find((line) => line !== "") ??
    "";
  return telling.slice(0, 80);
}
