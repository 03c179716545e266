import type { Evidence } from "../model/evidence.ts";
import type { Finding } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import { textOrder } from "../model/text-order.ts";
import { distinct } from "./same-findings.ts";
import { rank, unrated } from "./security.ts";
import { isSound } from "./soundness.ts";

/** Findings of one family; null where they cannot be counted. */
export interface UnitedFindings {
  readonly findings: readonly Finding[] | null;
  /** Why none can be counted, or none of one severity. */
  readonly reason?: string;
  readonly problems: readonly Problem[];
}

/**
 * Findings under `security` or `debt`. A file of both kinds is divided: what it tells to be about security is no debt,
 * and the rest is no vulnerability; where it does not tell, the key that names it decides.
 */
export function uniteFindings(
  family: "security" | "debt",
  evidence: Pick<Evidence, "sources">,
): UnitedFindings {
  const files = evidence.sources.filter((source) => source.family === family).flatMap(({ files }) => files);
  if (files.length === 0 || !isSound(family, evidence)) return { findings: null, problems: [] };
  const all: Finding[] = [];
  for (const { path, facts } of files) {
    if (facts?.kind !== "findings") continue;
    if (!facts.findings.looked)
      return { findings: null, reason: `nothing was scanned, says ${path}`, problems: [] };
    const other = family === "debt";
    for (const finding of facts.findings.findings) if (finding.security !== other) all.push(finding);
  }
  if (family === "debt") return { findings: all.toSorted(byRank), problems: [] };
  const { findings, repeated } = distinct(all);
  const bare = unrated(findings);
  return {
    findings: findings.toSorted(byRank),
    ...(bare > 0 ? { reason: noSeverity(bare) } : {}),
    problems: repeated > 0 ? [countedOnce(repeated)] : [],
  };
}

function noSeverity(count: number): string {
  const findings = count === 1 ? "1 finding has" : `${count} findings have`;
  return `${findings} no severity, so none can be counted by it; limit security.total`;
}

function countedOnce(repeated: number): Problem {
  const told = repeated === 1 ? "vulnerability is" : "vulnerabilities are";
  return {
    code: "same-finding",
    severity: "note",
    message: `${repeated} ${told} told several times and counted once`,
  };
}

function byRank(a: Finding, b: Finding): number {
  return rank(a.severity) - rank(b.severity) || textOrder(placeOf(a), placeOf(b));
}

function placeOf({ at, tool, rule, message }: Finding): string {
  return [at?.file ?? "", String(at?.line ?? 0).padStart(9, "0"), tool, rule, message].join("\0");
}
