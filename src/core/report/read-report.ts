import type { Measured } from "../model/kpi.ts";
import { refuse } from "../model/problem.ts";
import type { Report } from "../model/report.ts";
import { partsOf } from "./report-schema.ts";

/** Longest report.json that is read, in characters. */
export const maxReportText = 32 << 20;

/**
 * Reads a report.json back into the report that it was written from, as `reportDocument` writes it. It may come from anyone:
 * whatever is not exactly of that form is refused. Throws InputError.
 */
export function readReport(json: string, file: string): Report {
  if (json.length > maxReportText) wrong(file, `is longer than the limit (${maxReportText >> 20} MiB)`);
  const parsed = partsOf(parse(json, file));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    const where = path.length === 0 ? "" : `${path.map(String).join(".")}: `;
    wrong(file, `is not a report that this version writes: ${`${where}${message}`.slice(0, 300)}`);
  }
  const { schema: _, kpis, past, ...parts } = parsed.data;
  // A field that every report has and the schema has not is an error of the compiler here.
  const read: Omit<Report, "kpis"> = { ...parts, ...(past ? { past } : {}) };
  const values = Object.entries(kpis).map(([name, { label, unit, better, baseline, ...value }]) => {
    const before = baseline ? { before: measuredOf(baseline) } : {};
    return [name, { label, unit, better, value: measuredOf(value), ...before }] as const;
  });
  return { ...read, kpis: new Map(values) };
}

/** A value as the document shows it. */
interface Shown {
  readonly value: number;
  readonly part?: number;
  readonly whole?: number;
}

function measuredOf({ value, part, whole }: Shown): Measured {
  return part === undefined || whole === undefined
    ? { kind: "amount", amount: value }
    : { kind: "ratio", part, whole };
}

function parse(json: string, file: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return wrong(file, "is not JSON");
  }
}

function wrong(file: string, message: string): never {
  refuse({
    code: "report-refused",
    message: `the report ${message}`,
    at: { file },
    hint: "Publish the report.json that the same version of Phase Gate wrote.",
  });
}
