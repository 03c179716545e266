import type { SourceEvidence } from "../model/evidence.ts";
import type { Finding } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import { distinct } from "./same-findings.ts";
import { rank } from "./security.ts";

/** Findings of one family, or the sentence that says why there are none to count. */
export type Counted =
  | { readonly findings: readonly Finding[]; readonly problems: readonly Problem[] }
  | { readonly reason: string };

/**
 * Findings under `security` or `debt`. A file of both kinds is divided: what it tells to be about security is no debt,
 * and the rest is no vulnerability; where it does not tell, the key that names it decides.
 */
export function countFindings(family: "security" | "debt", sources: readonly SourceEvidence[]): Counted {
  const files = sources.filter((source) => source.family === family).flatMap((source) => source.files);
  const all: Finding[] = [];
  for (const { path, facts } of files) {
    if (facts?.kind !== "findings") continue;
    if (!facts.findings.looked) return { reason: `nothing was scanned, says ${path}` };
    const other = family === "debt";
    for (const finding of facts.findings.findings) if (finding.security !== other) all.push(finding);
  }
  const { findings, repeated } = family === "security" ? distinct(all) : { findings: all, repeated: 0 };
  const note: Problem = {
    code: "same-finding",
    severity: "note",
    message: `${repeated} ${repeated === 1 ? "vulnerability is" : "vulnerabilities are"} told several times and counted once`,
  };
  return { findings: findings.toSorted(byRank), problems: repeated > 0 ? [note] : [] };
}

function byRank(a: Finding, b: Finding): number {
  return rank(a.severity) - rank(b.severity) || compare(placeOf(a), placeOf(b));
}

function placeOf({ at, tool, rule, message }: Finding): string {
  return [at?.file ?? "", String(at?.line ?? 0).padStart(9, "0"), tool, rule, message].join("\0");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
