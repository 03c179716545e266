import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readText } from "./runner/bytes.ts";

interface Step {
  readonly elapsed: number;
  readonly pause: number;
  readonly failed: boolean;
}

/** A record of a JTL, and when JMeter writes it. */
interface Written {
  readonly record: string;
  readonly end: number;
  readonly failed: boolean;
}

function written(thread: string, began: number, elapsed: number, failed: boolean, message: string): Written {
  const record = `${began},${elapsed},x,"${message}",${thread},${!failed},3`;
  return { record, end: began + elapsed, failed };
}

/** What the threads of a load test write; each makes one transaction after the other. */
function run(threads: readonly (readonly (readonly Step[])[])[]) {
  const [samples, transactions]: [Written[], Written[]] = [[], []];
  for (const [i, steps] of threads.entries()) {
    let now = 1_700_000_000_000 + i;
    for (const transaction of steps) {
      const begun = now;
      for (const { elapsed, pause, failed } of transaction) {
        now += pause;
        samples.push(written(`T 1-${i}`, now, elapsed, failed, "OK"));
        now += elapsed;
      }
      const failed = transaction.filter((step) => step.failed).length;
      const said = `Number of samples in transaction : ${transaction.length + 1}, number of failing samples : ${failed}`;
      transactions.push(written(`T 1-${i}`, begun, now - begun, failed > 0, said));
      now++;
    }
  }
  return { samples, transactions };
}

function read(...records: readonly Written[]) {
  const lines = [...records].sort((a, b) => a.end - b.end).map(({ record }) => record);
  const header = "timeStamp,elapsed,label,responseMessage,threadName,success,allThreads";
  const { facts, problems } = readText(`${[header, ...lines].join("\n")}\n`, "r.jtl");
  if (facts?.kind !== "load") throw new Error(problems[0]?.message);
  return facts.load;
}

const step = fc.record({
  elapsed: fc.nat({ max: 50 }),
  pause: fc.nat({ max: 9 }),
  failed: fc.boolean(),
});
const threads = fc.array(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), {
  minLength: 1,
  maxLength: 4,
});

describe("transactions of JMeter", () => {
  test("change nothing where the samples in them are there", () => {
    fc.assert(
      fc.property(threads, (steps) => {
        const { samples, transactions } = run(steps);
        expect(read(...samples, ...transactions)).toEqual(read(...samples));
      }),
    );
  });

  test("count where they are all that there is, and beside samples of other threads", () => {
    fc.assert(
      fc.property(threads, threads, (steps, others) => {
        const { transactions } = run(steps);
        const beside = run(others).samples.map((sample) => ({
          ...sample,
          record: sample.record.replace("T 1-", "T 2-"),
        }));
        const all = [...transactions, ...beside];
        const failed = all.filter((one) => one.failed).length;
        const load = read(...all);
        expect([load.requests, load.errorRate]).toEqual([
          all.length,
          all.length > 0 ? { kind: "ratio", part: failed, whole: all.length } : undefined,
        ]);
      }),
    );
  });
});
