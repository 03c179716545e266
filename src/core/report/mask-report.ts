import type { Evidence, ReadFile } from "../model/evidence.ts";
import type { Facts } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import type { Report } from "../model/report.ts";
import type { Mask } from "./mask.ts";

/** Words of our own in a report, which decide and are compared. */
const ours: ReadonlySet<string> = new Set([
  "better",
  "code",
  "family",
  "format",
  "how",
  "kind",
  "kpi",
  "missing",
  "mode",
  "of",
  "op",
  "outcome",
  "severity",
  "verdict",
]);

/** The report without secrets in any of its texts. Verdicts, numbers, names of KPIs and the run stay as they are. */
export function maskReport(report: Report, mask: Mask): Report {
  const masked = maskValue(report, mask) as Report;
  return { ...masked, name: report.name, run: report.run };
}

/** A problem that came up after the report was made, such as one of publishing. */
export function maskProblem(problem: Problem, mask: Mask): Problem {
  return maskValue(problem, mask) as Problem;
}

/** Evidence that leaves this runner. Coverage has no text but paths, which must stay what they are. */
export function maskEvidence(evidence: Evidence, mask: Mask): Evidence {
  const maskFile = ({ facts, ...file }: ReadFile): ReadFile => ({
    ...(maskValue(file, mask) as ReadFile),
    path: file.path,
    ...(facts ? { facts: facts.kind === "coverage" ? facts : (maskValue(facts, mask) as Facts) } : {}),
  });
  const sources = evidence.sources.map((source) => ({
    ...source,
    files: source.files.map(maskFile),
    problems: maskValue(source.problems, mask) as readonly Problem[],
  }));
  return { ...evidence, sources };
}

function maskValue(value: unknown, mask: Mask): unknown {
  if (typeof value === "string") return mask(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => maskValue(item, mask));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, maskValue(item, mask)]));
  // A copy first, so that a field of any name is one of its own.
  const masked: Record<string, unknown> = { ...value };
  for (const key of Object.keys(masked)) if (!ours.has(key)) masked[key] = maskValue(masked[key], mask);
  return Object.assign(masked, maskFailure(value, mask));
}

const keyBegins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----(?!.*-----END )/;

/** A failing test's text is parted after its first line, which can be inside of a private key. */
function maskFailure(value: object, mask: Mask): object {
  if (!("message" in value && "details" in value)) return {};
  const { message, details } = value;
  if (typeof message !== "string" || typeof details !== "string" || !keyBegins.test(message)) return {};
  return { details: mask(`-----BEGIN PRIVATE KEY-----\n${details}`) };
}
