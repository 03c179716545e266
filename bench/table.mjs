const columns = ["contestant", "wall ms", "x ours", "CPU x ours", "peak MB", "MB/s"];

/** The rows of one group as a Markdown table, with ratios to the row named `ours`; broken ones say how. */
export function table(rows, ours) {
  const base = rows.find(({ name }) => name === ours);
  const cells = rows.map((row) =>
    row.broken === undefined
      ? [
          row.name,
          row.wall.toFixed(0),
          ratio(row.wall, base.wall),
          ratio(row.cpu, base.cpu),
          row.peak.toFixed(0),
          row.name === "node -e 0" ? "" : row.rate.toFixed(0),
        ]
      : [row.name, row.broken],
  );
  const whole = cells.filter((line) => line.length === columns.length);
  const widths = columns.map((title, i) => Math.max(title.length, ...whole.map((line) => line[i].length)));
  widths[0] = Math.max(...cells.map(([name]) => name.length), widths[0]);
  const pad = (cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  const line = (list) => `| ${list.map(pad).join(" | ")} |`;
  const dashes = widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(columns), line(dashes), ...cells.map(line)].join("\n");
}

function ratio(value, base) {
  return base === undefined ? "?" : (value / base).toFixed(2);
}
