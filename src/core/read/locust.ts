import { refuse } from "../model/problem.ts";
import { errorRate, type Found, loadReading } from "./load-reading.ts";
import type { Reader } from "./reader.ts";
import { type Row, scanCsv } from "./text/csv.ts";

/**
 * Locust's statistics of a whole run, with the row "Aggregated" at the end.
 * https://docs.locust.io/en/stable/retrieving-stats.html
 */
export const locust: Reader = {
  label: "Locust statistics CSV",
  families: ["load"],
  writtenBy: "locust --csv NAME (NAME_stats.csv)",
  claims: ({ text }) =>
    /^"?Type"?,"?Name"?,"?Request Count"?,/.test(text) ||
    /^(?:Method,Name,Error,Occurrences|Count,Message,Traceback,Nodes)\r?\n/.test(text),
  read(source, file) {
    let total: Total | undefined;
    let [requests, failed] = [0, 0];
    const visit = (row: Row) => {
      if (total) bad(file, row.line, "a record follows the row Aggregated");
      if (row.field("Name") === "Aggregated") {
        total = aggregated(row, file);
        return;
      }
      requests += whole(row, "Request Count", file) ?? 0;
      failed += whole(row, "Failure Count", file) ?? 0;
    };
    const notes = scanCsv(source, file, visit, (header) => {
      if (header.includes("Request Count")) return ",";
      const message = "holds Locust's failures or exceptions, not its statistics";
      const hint = "Name the files that end in _stats.csv and _stats_history.csv.";
      refuse({ code: "unknown-format", message, at: { file }, hint });
    });
    if (!total) {
      const message = "the row Aggregated is missing at the end";
      refuse({ code: "truncated", message, at: { file }, hint: "Did Locust end before it wrote the file?" });
    }
    const { load, line } = total;
    if (requests !== load.requests)
      bad(file, line, `Aggregated says ${load.requests} requests, the rows above ${requests}`);
    if (failed !== total.failed)
      bad(file, line, `Aggregated says ${total.failed} failures, the rows above ${failed}`);
    const reading = loadReading(load, file);
    return { ...reading, problems: [...notes, ...reading.problems] };
  },
};

/** The row Aggregated. */
interface Total {
  readonly load: Found;
  readonly failed: number;
  readonly line: number;
}

const columns = [
  ["p50", "50%"],
  ["p90", "90%"],
  ["p95", "95%"],
  ["p99", "99%"],
  ["avg", "Average Response Time"],
  ["max", "Max Response Time"],
] as const;

function aggregated(row: Row, file: string): Total {
  const requests = whole(row, "Request Count", file) ?? 0;
  const failed = whole(row, "Failure Count", file) ?? 0;
  const load = {
    requests,
    times: Object.fromEntries(columns.map(([name, column]) => [name, amount(row, column, file)])),
    errorRate: errorRate(failed, requests, file),
    throughput: amount(row, "Requests/s", file),
    complements: false,
  };
  return { load, failed, line: row.line };
}

/** A whole number of a record, which may be written as 5.0; undefined as for `amount`. Throws InputError. */
export function whole(row: Row, column: string, file: string): number | undefined {
  const value = amount(row, column, file);
  if (value === undefined || Number.isSafeInteger(value)) return value;
  bad(file, row.line, `${column} must be a whole number, found ${value}`);
}

/** A number of a record; undefined where there is no such column, or nothing was measured. Throws InputError. */
function amount(row: Row, column: string, file: string): number | undefined {
  const text = row.field(column);
  if (text === undefined || text === "N/A") return undefined;
  if (/^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))) return Number(text);
  bad(file, row.line, `${column} must be a number from 0 on, found ${JSON.stringify(text.slice(0, 40))}`);
}

function bad(file: string, line: number, message: string): never {
  refuse({ code: "bad-value", message, at: { file, line }, hint: "Let Locust write the file again." });
}
