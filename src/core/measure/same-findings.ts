import { type Finding, type FindingSeverity, severities } from "../model/facts.ts";

/** Vulnerabilities, each once. */
export interface Distinct {
  readonly findings: readonly Finding[];
  /** How many of them were told more than once. */
  readonly repeated: number;
}

/**
 * Unites findings that share an identifier, directly or through others: several tools tell of one vulnerability, and one
 * tool tells of it for every package that has it. The worst severity counts. Findings without an identifier stay as they
 * are.
 */
export function distinct(all: readonly Finding[]): Distinct {
  /** By identifier the place in `groups` of those that share it; united ones point to each other. */
  const byId = new Map<string, number>();
  const parent = all.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (const [i, { ids }] of all.entries()) {
    for (const id of ids) {
      const known = byId.get(id);
      if (known === undefined) byId.set(id, i);
      else parent[root(i)] = root(known);
    }
  }
  const groups = new Map<number, Finding[]>();
  for (const [i, finding] of all.entries()) {
    const group = groups.get(root(i));
    if (group) group.push(finding);
    else groups.set(root(i), [finding]);
  }
  const united = [...groups.values()];
  return {
    findings: united.map((group) => ({ ...group[0]!, ...worst(group) })),
    repeated: united.filter((group) => group.length > 1).length,
  };
}

function worst(group: readonly Finding[]): { readonly severity?: FindingSeverity } {
  const severity = severities.find((one) => group.some((finding) => finding.severity === one));
  return severity === undefined ? {} : { severity };
}
