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
    let total: { load: Found; line: number } | undefined;
    let rows = 0;
    const notes = scanCsv(source, file, (row) => {
      if (row.field("Request Count") === undefined) {
        const message = "holds Locust's failures or exceptions, not its statistics";
        const hint = "Name the files that end in _stats.csv and _stats_history.csv.";
        refuse({ code: "unknown-format", message, at: { file }, hint });
      }
      if (total) bad(file, row.line, "a record follows the row Aggregated");
      if (row.field("Name") === "Aggregated") total = { load: aggregated(row, file), line: row.line };
      else rows += number(row, "Request Count", file) ?? 0;
    });
    if (!total) {
      const message = "the row Aggregated is missing at the end";
      refuse({ code: "truncated", message, at: { file }, hint: "Did Locust end before it wrote the file?" });
    }
    if (rows !== total.load.requests)
      bad(file, total.line, `Aggregated says ${total.load.requests} requests, the rows above ${rows}`);
    const reading = loadReading(total.load, file);
    return { ...reading, problems: [...notes, ...reading.problems] };
  },
};

const columns = [
  ["p50", "50%"],
  ["p90", "90%"],
  ["p95", "95%"],
  ["p99", "99%"],
  ["avg", "Average Response Time"],
  ["max", "Max Response Time"],
] as const;

function aggregated(row: Row, file: string): Found {
  const requests = number(row, "Request Count", file) ?? 0;
  return {
    requests,
    times: Object.fromEntries(columns.map(([name, column]) => [name, number(row, column, file)])),
    errorRate: errorRate(number(row, "Failure Count", file) ?? 0, requests, file),
    throughput: number(row, "Requests/s", file),
  };
}

/** A number of a record; undefined where there is no such column, or nothing was measured. Throws InputError. */
export function number(row: Row, column: string, file: string): number | undefined {
  const text = row.field(column);
  if (text === undefined || text === "N/A") return undefined;
  const value = Number(text);
  if (text !== "" && Number.isFinite(value) && value >= 0) return value;
  bad(file, row.line, `${column} must be a number from 0 on, found ${JSON.stringify(text.slice(0, 40))}`);
}

function bad(file: string, line: number, message: string): never {
  refuse({ code: "bad-value", message, at: { file, line }, hint: "Let Locust write the file again." });
}
