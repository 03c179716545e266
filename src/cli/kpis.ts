import { joinCollected } from "../core/facts-file/join.ts";
import { measure, kpis as registry } from "../core/measure/index.ts";
import type { SourceEvidence } from "../core/model/evidence.ts";
import { isError } from "../core/model/problem.ts";
import { readers, readReportFile } from "../core/read/index.ts";
import { problemText } from "../core/report/problem-text.ts";
import { valueText } from "../core/report/words.ts";
import { readPieces } from "../io/report-files.ts";
import type { Command } from "./command.ts";

/** Every KPI with its definition, and its value where report files are given. */
export const kpis: Command = {
  summary: "list the KPIs, with their values where report files are given",
  usage: "kpis [FILE...] [--json]",
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
      return {
        name,
        label,
        unit,
        better,
        definition,
        value: value === undefined ? null : valueText(value, unit),
      };
    });
    if (values["json"] === true) out(`${JSON.stringify({ schema: 1, kpis: rows }, null, 2)}\n`);
    else {
      const width = Math.max(...rows.map(({ name }) => name.length));
      for (const { name, unit, better, definition, value } of rows) {
        const measured = positionals.length === 0 ? "" : `${(value ?? "-").padStart(10)}  `;
        out(
          `${name.padEnd(width)}  ${measured}${`${unit}, ${better} is better`.padEnd(24)}  ${definition}\n`,
        );
      }
    }
    const all = [...files.flatMap((file) => file.problems), ...problems];
    for (const problem of all) err(`${problemText(problem)}\n`);
    return all.some(isError) ? 2 : 0;
  },
};
