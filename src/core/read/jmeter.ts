import { refuse } from "../model/problem.ts";
import { type Announced, announcedBy, createSeenSamples } from "./jmeter-transactions.ts";
import { errorRate, loadReading } from "./load-reading.ts";
import type { Reader } from "./reader.ts";
import { createSamples } from "./sample-tally.ts";
import { scanCsv } from "./text/csv.ts";

const separator = /[,;|\t]/;

/** JMeter's JTL as CSV with a header. https://jmeter.apache.org/usermanual/listeners.html#csvlogformat */
export const jmeter: Reader = {
  label: "JMeter JTL (CSV)",
  families: ["load"],
  writtenBy: "jmeter -n -l results.jtl",
  claims({ text }) {
    const header = /^\s*([^\s[{<][^\r\n]*)/.exec(text)?.[1] ?? "";
    const columns = header.split(separator).map((name) => name.replace(/^"(.*)"$/, "$1"));
    return columns.includes("elapsed") && (columns.includes("success") || columns.includes("timeStamp"));
  },
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
          thread: field("threadName"),
          threads: field("allThreads"),
          message: field("responseMessage"),
        };
        tally.sample(sample, line);
      },
      (header) => separator.exec(header)?.[0] ?? ",",
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
  /** Name of the thread that made it. */
  readonly thread: string | undefined;
  /** Threads at work in all groups. */
  readonly threads: string | undefined;
  readonly message: string | undefined;
}

export function createSampler(file: string) {
  const samples = createSamples(file);
  const seen = createSeenSamples();
  let [failed, users, transactions] = [0, 0, 0];
  return {
    /** Adds a sample, also a transaction, unless the samples in it are there: before it, or `within` it. */
    sample(
      { elapsed, began, success, thread, threads, message }: Sample,
      line: number,
      within?: Announced,
    ): void {
      if (success !== "true" && success !== "false") bad("success", success, "true or false", line);
      const isFailed = success === "false";
      const start = began !== undefined && /^\d{1,15}$/.test(began) ? Number(began) : undefined;
      const announced = announcedBy(message);
      if (announced) {
        // An assertion can fail the transaction alone.
        const wanted = { ...announced, failed: Math.max(announced.failed, isFailed ? 1 : 0) };
        if (within && within.samples > 0 && within.failed >= wanted.failed) return;
        if (seen.explain(thread, start, wanted)) return;
        transactions++;
      } else seen.see(thread, start, isFailed);
      samples.add(count(elapsed, "elapsed", line), start);
      if (isFailed) failed++;
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
          // A transaction beside requests may stand for some of them; only those that are there are sure.
          throughput: samples.throughput(samples.requests() - transactions || transactions),
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
