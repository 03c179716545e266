import { refuse } from "../model/problem.ts";
import { errorRate, loadReading } from "./load-reading.ts";
import type { Reader } from "./reader.ts";
import { createSamples } from "./sample-tally.ts";
import { scanCsv } from "./text/csv.ts";

const header = /^\s*"?timeStamp"?([,;|\t])/;

/** JMeter's JTL as CSV with a header. https://jmeter.apache.org/usermanual/listeners.html#csvlogformat */
export const jmeter: Reader = {
  label: "JMeter JTL (CSV)",
  families: ["load"],
  writtenBy: "jmeter -n -l results.jtl",
  claims: ({ text }) => header.test(text) && /^[^\r\n]*\belapsed\b/.test(text),
  read(source, file) {
    const tally = createSampler(file);
    const notes = scanCsv(
      source,
      file,
      ({ line, field }) => {
        const sample = {
          elapsed: field("elapsed"),
          began: field("timeStamp"),
          success: field("success"),
          threads: field("allThreads"),
          message: field("responseMessage"),
        };
        tally.sample(sample, line);
      },
      (names) => header.exec(names)?.[1] ?? ",",
    );
    const reading = tally.finish();
    return { ...reading, problems: [...notes, ...reading.problems] };
  },
};

/** One sample as either form of JTL has it. */
export interface Sample {
  readonly elapsed: string | undefined;
  readonly began: string | undefined;
  readonly success: string | undefined;
  /** Threads at work in all groups. */
  readonly threads: string | undefined;
  readonly message: string | undefined;
}

/** What JMeter writes for a transaction controller: it repeats the times of the samples in it. */
export const transaction = /^Number of samples in transaction ?: ?\d+, number of failing samples ?: ?\d+$/;

export function createSampler(file: string) {
  const samples = createSamples(file);
  let [failed, users] = [0, 0];
  return {
    sample({ elapsed, began, success, threads, message }: Sample, line: number): void {
      if (message !== undefined && transaction.test(message)) return;
      if (success !== "true" && success !== "false") bad("success", success, "true or false", line);
      const start = began === undefined ? undefined : Number(began);
      samples.add(
        count(elapsed, "elapsed", line),
        start === undefined || !Number.isFinite(start) ? undefined : start,
      );
      if (success === "false") failed++;
      if (threads !== undefined && threads !== "")
        users = Math.max(users, count(threads, "allThreads", line));
    },
    finish: () =>
      loadReading(
        {
          requests: samples.requests(),
          times: samples.times(),
          errorRate: errorRate(failed, samples.requests(), file),
          users: users > 0 ? users : undefined,
          throughput: samples.throughput(),
        },
        file,
      ),
  };

  function count(text: string | undefined, name: string, line: number): number {
    return text !== undefined && /^\d{1,15}$/.test(text)
      ? Number(text)
      : bad(name, text, "a whole number", line);
  }

  function bad(name: string, text: string | undefined, wanted: string, line: number): never {
    const found = text === undefined ? "nothing" : JSON.stringify(text.slice(0, 40));
    const message = `${name} must be ${wanted}, found ${found}`;
    const hint = "Let JMeter save the fields timeStamp, elapsed and success.";
    refuse({ code: "bad-value", message, at: { file, line }, hint });
  }
}
