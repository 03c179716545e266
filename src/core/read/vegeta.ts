import { refuse } from "../model/problem.ts";
import { errorRate, loadReading } from "./load-reading.ts";
import type { Reader } from "./reader.ts";
import { member, readJson } from "./text/json.ts";
import { readAmount, readCounts, readWhole } from "./text/json-number.ts";

/** Vegeta's report, with times in nanoseconds. https://github.com/tsenart/vegeta#report-command */
export const vegeta: Reader = {
  label: "Vegeta JSON report",
  families: ["load"],
  writtenBy: "vegeta report -type=json",
  claims: ({ json: { keys } }) => keys.has("latencies") && keys.has("bytes_in"),
  read(source, file) {
    const document = readJson(source, file);
    const requests = readWhole(member(document, "requests"), "requests", file) ?? 0;
    const statuses = Object.entries(readCounts(member(document, "status_codes"), "status", file));
    const sum = (those: RegExp) =>
      statuses.reduce((all, [status, count]) => all + (those.test(status) ? count : 0), 0);
    const counted = sum(/^/);
    const time = (key: string) => {
      const nanoseconds = readAmount(member(member(document, "latencies"), key), `latencies ${key}`, file);
      return nanoseconds === undefined ? undefined : nanoseconds / 1e6;
    };
    if (counted !== requests) bad(`${requests} requests, but ${counted} status codes`, file);
    // A report that was taken before its end holds zeros for what was not worked out yet.
    if (requests > 0 && !(time("mean") ?? 0)) bad(`the mean latency of ${requests} requests is 0`, file);
    const times = {
      p50: time("50th"),
      p90: time("90th"),
      p95: time("95th"),
      p99: time("99th"),
      avg: time("mean"),
      max: time("max"),
    };
    return loadReading(
      {
        requests,
        // Status 0 stands for no answer, and finding nobody there is fast.
        times: sum(/[^0]/) > 0 ? times : {},
        errorRate: errorRate(requests - sum(/^[23]\d\d$/), requests, file),
        throughput: readAmount(member(document, "rate"), "rate", file),
      },
      file,
    );
  },
};

function bad(message: string, file: string): never {
  refuse({ code: "bad-value", message, at: { file }, hint: "Let `vegeta report` write the file again." });
}
