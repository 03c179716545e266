import { ours } from "./contestants.mjs";

/** A Markdown table with aligned columns; the first one holds words, the others numbers. */
export function table(titles, lines) {
  const widths = titles.map((title, i) => Math.max(title.length, 3, ...lines.map((line) => line[i].length)));
  const pad = (cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  const row = (cells) => `| ${cells.map(pad).join(" | ")} |`;
  const dashes = widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [titles, dashes, ...lines].map(row).join("\n");
}

/** The rows of one scene, with ratios to ours; one that broke says how below the table. */
export function sceneTable(rows) {
  const base = rows.find(({ name }) => name === ours);
  const lines = rows.map((row) =>
    row.broken === undefined
      ? [row.name, ratio(row.wall, base.wall), ratio(row.cpu, base.cpu), megabytes(row.peak)]
      : [row.name, "-", "-", "-"],
  );
  const broken = rows.filter((row) => row.broken !== undefined);
  const notes = broken.map(({ name, broken: how }) => `* ${name}: ${how.replaceAll("|", "/")}`);
  return [
    table(["contestant", "wall", "CPU", "peak MB"], lines),
    ...(notes.length > 0 ? ["", ...notes] : []),
  ].join("\n");
}

function ratio(value, base) {
  return value === undefined || base === undefined || Number.isNaN(value)
    ? "-"
    : `${(value / base).toFixed(2)}x`;
}

function megabytes(value) {
  return Number.isNaN(value) ? "-" : value.toFixed(0);
}
