import { loadReading } from "./load-reading.ts";
import { whole } from "./locust.ts";
import type { Reader } from "./reader.ts";
import { scanCsv } from "./text/csv.ts";

/**
 * Locust's statistics over time. Only it knows how many users there were; the numbers of the whole run stand in the
 * file beside it. https://docs.locust.io/en/stable/retrieving-stats.html
 */
export const locustHistory: Reader = {
  label: "Locust history CSV",
  families: ["load"],
  writtenBy: "locust --csv NAME (NAME_stats_history.csv)",
  claims: ({ text }) => /^"?Timestamp"?,"?User Count"?,"?Type"?,"?Name"?,/.test(text),
  read(source, file) {
    let [users, requests] = [0, 0];
    const notes = scanCsv(source, file, (row) => {
      users = Math.max(users, whole(row, "User Count", file) ?? 0);
      requests = Math.max(requests, whole(row, "Total Request Count", file) ?? 0);
    });
    const load = { requests, times: {}, users: requests > 0 ? users : undefined, complements: true };
    const reading = loadReading(load, file);
    return { ...reading, problems: [...notes, ...reading.problems] };
  },
};
