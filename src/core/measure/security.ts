import { type FindingSeverity, severities } from "../model/facts.ts";
import type { Measured } from "../model/kpi.ts";
import { amount, type Kpi, type United } from "./kpi.ts";

const fewer = ["fewer vulnerability", "fewer vulnerabilities"] as const;

/** KPIs of vulnerabilities and other findings about security. */
export const securityKpis = {
  "security.critical": bySeverity("critical", "Critical vulnerabilities", "CVSS from 9.0."),
  "security.high": bySeverity("high", "High vulnerabilities", "CVSS from 7.0, or level error in SARIF."),
  "security.medium": bySeverity(
    "medium",
    "Medium vulnerabilities",
    "CVSS from 4.0, or level warning in SARIF.",
  ),
  "security.low": bySeverity("low", "Low vulnerabilities", "CVSS below 4.0, or level note in SARIF."),
  "security.total": {
    label: "Vulnerabilities",
    unit: "count",
    better: "lower",
    definition:
      "Findings about security of all tools, also those without a severity; each vulnerability once.",
    step: fewer,
    measure: ({ security }) => amount(security?.length),
  },
} as const satisfies Record<string, Kpi>;

function bySeverity(severity: FindingSeverity, label: string, scale: string) {
  return {
    label,
    unit: "count",
    better: "lower",
    definition: `Findings about security of severity ${severity}: ${scale}`,
    step: fewer,
    measure: ({ security }: United): Measured | undefined =>
      security === null || unrated(security) > 0
        ? undefined
        : amount(security.filter((finding) => finding.severity === severity).length),
  } as const satisfies Kpi;
}

/** How many findings have no severity: with one of them, no number of a severity is sure. */
export function unrated(findings: NonNullable<United["security"]>): number {
  return findings.filter(({ severity }) => severity === undefined).length;
}

/** Order of findings, worst first and by place, whatever the order of files. */
export function rank(severity: FindingSeverity | undefined): number {
  return severity === undefined ? severities.length : severities.indexOf(severity);
}
