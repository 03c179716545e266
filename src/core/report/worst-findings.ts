import { type Finding, severities } from "../model/facts.ts";
import type { Report } from "../model/report.ts";
import { plural } from "./words.ts";

/** The findings that a page shows: those on changed lines first, then the worst, as far as the report keeps them. */
export function worstFindings({ findings: { kept } }: Report, most: number): readonly Finding[] {
  return [...kept.filter(({ touched }) => touched), ...kept.filter(({ touched }) => !touched)].slice(0, most);
}

/** "9 findings: 1 high and 2 medium about security, 6 others, 3 on changed lines". Without any escaping. */
export function findingsText({ findings: { total, kept } }: Report): string {
  const all = plural(total, "finding");
  // Of what the report no longer holds nobody can say what it is.
  if (total > kept.length) return all;
  const security = kept.filter((finding) => finding.security === true);
  const rated = severities.flatMap((severity) => {
    const count = security.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const unrated = security.filter(({ severity }) => severity === undefined).length;
  if (unrated > 0) rated.push(`${unrated} unrated`);
  const others = total - security.length;
  const touched = kept.filter((finding) => finding.touched === true).length;
  const parts = [
    ...(security.length === 0 ? [] : [`${listed(rated)} about security`]),
    ...(security.length > 0 && others > 0 ? [plural(others, "other")] : []),
    ...(touched === 0 ? [] : [`${touched} on changed lines`]),
  ];
  return parts.length === 0 ? all : `${all}: ${parts.join(", ")}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
