import { joinCollected } from "../core/facts-file/join.ts";
import { measure, kpis as registry } from "../core/measure/index.ts";
import type { SourceEvidence } from "../core/model/evidence.ts";
import type { KpiInfo } from "../core/model/kpi.ts";
import { isError } from "../core/model/problem.ts";
import { readers, readReportFile } from "../core/read/index.ts";
import { problemText } from "../core/report/problem-text.ts";
import { plural, valueText } from "../core/report/words.ts";
import { readPieces } from "../io/report-files.ts";
import type { Command } from "./command.ts";

/** Every KPI with its definition, and its value where report files are given. */
export const kpis: Command = {
  summary: "list the KPIs, with their values where report files are given",
  usage: "kpis [FILE...]",
  options: { json: { type: "boolean", help: "print one JSON document" } },
  async run({ values, positionals, cwd, out, err }) {
    const files = positionals.map((path) => readReportFile(path, readPieces(path, path)));
    const sources = files.flatMap((file): SourceEvidence[] => {
      const reader = file.facts && readers[file.format as keyof typeof readers];
      const { families } = reader ?? { families: [] };
      return families.map((family) => ({ family, glob: file.path, files: [file], problems: [] }));
    });
    sources.push(...joinCollected(files).values());
    const { measurements, problems } = measure({ sources, root: cwd.replaceAll("\\", "/") });
    const rows = Object.entries(registry).map(([name, { label, unit, better, definition }]) => {
      const value = measurements.get(name);
      const text = value === undefined ? null : valueText(value, unit);
      return { name, label, unit, better, definition, value: text };
    });
    if (values["json"] === true) out(`${JSON.stringify({ schema: 1, kpis: rows }, null, 2)}\n`);
    else if (files.length === 0) out(table(rows));
    else {
      const found = rows.filter(({ value }) => value !== null);
      out(table(found));
      const others = plural(rows.length - found.length, "other KPI is", "other KPIs are");
      out(`${others} not measured from ${files.length === 1 ? "this file" : "these files"}.\n`);
    }
    const all = [...files.flatMap((file) => file.problems), ...problems];
    for (const problem of all) err(`${problemText(problem)}\n`);
    return all.some(isError) ? 2 : 0;
  },
};

interface Row extends Pick<KpiInfo, "unit" | "better" | "definition"> {
  readonly name: string;
  readonly value: string | null;
}

function table(rows: readonly Row[]): string {
  const width = (cells: readonly string[]) => Math.max(...cells.map(({ length }) => length));
  const names = width(rows.map(({ name }) => name));
  const values = width(rows.map(({ value }) => value ?? ""));
  return rows
    .map(({ name, unit, better, definition, value }) => {
      const measured = value === null ? "" : `${value.padStart(values)}  `;
      return `${name.padEnd(names)}  ${measured}${`${unit}, ${better} is better`.padEnd(24)}  ${definition}\n`;
    })
    .join("");
}
