import { refuse } from "../model/problem.ts";
import { loadReading } from "./load-reading.ts";
import type { Reader } from "./reader.ts";
import { createSamples } from "./sample-tally.ts";
import { scanCsv } from "./text/csv.ts";

/**
 * hey's list of responses. Requests without a response are not in it, so it knows no error rate.
 * https://github.com/rakyll/hey, requester/print.go
 */
export const hey: Reader = {
  label: "hey CSV",
  families: ["load"],
  writtenBy: "hey -o csv",
  claims: ({ text }) => text.startsWith("response-time,DNS+dialup,DNS,"),
  read(source, file) {
    const samples = createSamples(file);
    const notes = scanCsv(source, file, ({ line, field }) => {
      const [elapsed, offset] = [seconds("response-time"), seconds("offset")];
      samples.add(elapsed, offset);

      function seconds(name: string): number {
        const text = field(name) ?? "";
        if (/^\d{1,9}\.\d{1,9}$/.test(text)) return Math.round(Number(text) * 1e7) / 1e4;
        const message = `${name} must be a number of seconds, found ${JSON.stringify(text.slice(0, 40))}`;
        refuse({ code: "bad-value", message, at: { file, line }, hint: "Write it with `hey -o csv`." });
      }
    });
    const load = { requests: samples.requests(), times: samples.times(), throughput: samples.throughput() };
    const reading = loadReading(load, file);
    return { ...reading, problems: [...notes, ...reading.problems] };
  },
};
