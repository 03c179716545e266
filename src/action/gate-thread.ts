import { lstatSync } from "node:fs";
import type { Report } from "../core/model/report.ts";
import { gateInSteps, runGate, type Settings } from "../gate.ts";
import { onDemand } from "../io/on-demand.ts";
import { unlessCancelled } from "./cancel.ts";

/** Given to the thread that only judges. The runner gives an action no arguments. */
const threadWord = "judge-in-thread";

/** Whether this is the thread that only judges. */
export const judgesOnly = process.argv[2] === threadWord;

/** Bytes from which on a file may take longer to read than a job that is cancelled can wait. 16 MiB. */
const largeFile = 2 ** 24;

/**
 * Runs the gate, so that a signal is heard at any time: between two report files, and where one of them is large, on a
 * thread of its own. That costs a fifth of a second, which small ones should not pay.
 */
export async function runGateListening(settings: Settings): Promise<Report> {
  const steps = gateInSteps(settings);
  for (;;) {
    const { done, value } = steps.next();
    await unlessCancelled();
    if (done) return value;
    if (isLarge(value)) return runGateApart(settings);
  }
}

/** Of what cannot be looked at, reading says so. */
function isLarge(path: string): boolean {
  try {
    return lstatSync(path).size >= largeFile;
  } catch {
    return false;
  }
}

async function runGateApart(settings: Settings): Promise<Report> {
  const { Worker } = onDemand("node:worker_threads");
  // The bundle is one file, and begins anew in the thread.
  const thread = new Worker(new URL(import.meta.url), { argv: [threadWord], workerData: settings });
  const report = await new Promise<Report>((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", () => reject(new Error("the thread that judges ended without a report")));
  });
  await unlessCancelled();
  return report;
}

/** What the thread does. Throws where there is no thread. */
export function judgeInThread(): void {
  const thread = onDemand("node:worker_threads");
  if (thread.parentPort === null) throw new Error(`${threadWord} is for a thread of the action alone`);
  thread.parentPort.postMessage(runGate(thread.workerData as Settings));
}
