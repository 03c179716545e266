import type { Finding, FindingSeverity } from "../model/facts.ts";
import { type Place, type Problem, refuse } from "../model/problem.ts";
import { firstLine } from "./first-line.ts";
import type { Reading } from "./reader.ts";
import { isObject, type Json, memberList } from "./text/json.ts";

/** Most findings of one file, and the longest message that is kept of one, in characters. */
const maxFindings = 200_000;
const maxMessage = 500;

/** Collects the findings of one file, with bounded memory. */
export interface FindingTally {
  add(finding: Finding): void;
  /** Notes that a finding was suppressed. */
  suppressed(): void;
  total(): number;
  finish(problems?: readonly Problem[]): Reading;
  /**
   * Ends a file that tells of no scan, or of one among others. What the others found is never hidden: a part is an error
   * then, which no `missing: warn` accepts.
   */
  nothing(message: string, hint: string, problems?: readonly Problem[]): Reading;
}

export function createFindings(file: string): FindingTally {
  const findings: Finding[] = [];
  let suppressed = 0;
  return {
    add(finding) {
      if (findings.length === maxFindings)
        refuse({
          code: "limit-count",
          message: `more findings than the limit (${maxFindings})`,
          at: { file },
        });
      const message = firstLine(finding.message, maxMessage);
      const { at, ...rest } = finding;
      findings.push({ ...rest, message, ...(at ? { at: placed(at) } : {}) });
    },
    suppressed() {
      suppressed++;
    },
    total() {
      return findings.length;
    },
    finish(problems = []) {
      const note: Problem = {
        code: "suppressed",
        severity: "note",
        message: `${suppressed} suppressed ${suppressed === 1 ? "finding is" : "findings are"} not counted`,
        at: { file },
      };
      const facts = { kind: "findings", findings: { findings, looked: true } } as const;
      return { facts, problems: suppressed > 0 ? [...problems, note] : problems };
    },
    nothing(message, hint, problems = []) {
      const looked = findings.length > 0;
      const facts = { kind: "findings", findings: { findings, looked } } as const;
      const severity = looked ? "error" : "warning";
      const idle: Problem = { code: "nothing-scanned", severity, message, at: { file }, hint };
      return { facts, problems: [...problems, idle] };
    },
  };
}

/** Lines and columns start at 1; what is none is left out. */
function placed({ file, line, column }: Place): Place {
  const real = (value: number | undefined) => value !== undefined && Number.isInteger(value) && value > 0;
  return {
    file,
    ...(real(line) ? { line: line! } : {}),
    ...(real(line) && real(column) ? { column: column! } : {}),
  };
}

/** A tool that says that it failed has found nothing that counts. Throws InputError. */
export function toolError(tool: string, said: string, file: string): never {
  const message = `${tool} failed${said.trim() === "" ? "" : `: ${said.trim().slice(0, 300)}`}`;
  refuse({ code: "tool-error", message, at: { file }, hint: "Run it again, and look at its log." });
}

const words: Readonly<Record<string, FindingSeverity>> = {
  critical: "critical",
  high: "high",
  important: "high",
  moderate: "medium",
  medium: "medium",
  low: "low",
  info: "low",
  negligible: "low",
};

/** A severity by its word; undefined for "unknown" and whatever else says nothing. */
export function severityOf(word: unknown): FindingSeverity | undefined {
  const known = typeof word === "string" ? word.toLowerCase() : "";
  return Object.hasOwn(words, known) ? words[known] : undefined;
}

/** The severity that a CVSS score stands for. https://www.first.org/cvss/v3.1/specification-document#Qualitative-Severity-Rating-Scale */
export function severityOfScore(score: unknown): FindingSeverity | undefined {
  const number = typeof score === "string" && score.trim() !== "" ? Number(score) : score;
  if (typeof number !== "number" || !(number > 0 && number <= 10)) return undefined;
  return number >= 9 ? "critical" : number >= 7 ? "high" : number >= 4 ? "medium" : "low";
}

/** The objects of a list under a key; none where it has no such list. Throws InputError for anything else in it. */
export function memberObjects(value: Json | undefined, key: string, file: string): readonly Json[] {
  const found = memberList(value, key, file);
  const odd = found.findIndex((one) => !isObject(one));
  if (odd === -1) return found;
  const message = `entry ${odd + 1} of "${key}" must be an object`;
  refuse({ code: "bad-value", message, at: { file }, hint: "Let the tool write the file again." });
}

/**
 * The names of a vulnerability: its own, and those that others give it. What stands for several CVEs, such as the
 * advisory of a distribution, is the name of none of them and has only its own.
 */
export function namesOf(own: string, others: readonly unknown[]): readonly string[] {
  const all = vulnerabilityIds([own, ...others]);
  if (all.filter(isCve).length <= 1) return all;
  const listed = vulnerabilityIds([own]);
  const advisory = listed.length === 0 && /^[\w:.-]{1,64}$/.test(own) ? [own] : listed;
  return [...new Set([...advisory, ...all.filter((id) => !isCve(id))])];
}

function isCve(id: string): boolean {
  return id.startsWith("CVE-");
}

/** Identifiers of public lists of vulnerabilities in some texts, each once. */
export function vulnerabilityIds(texts: readonly unknown[]): readonly string[] {
  const found = texts.flatMap((text) =>
    typeof text === "string"
      ? (text.match(
          /\b(?:CVE-\d{4}-\d{4,10}|GHSA(?:-[0-9a-z]{4}){3}|(?:PYSEC|RUSTSEC|GO|OSV)-\d{4}-\d{1,10})\b/gi,
        ) ?? [])
      : [],
  );
  return [...new Set(found.map(asListed))];
}

/** As the lists write them: capitals, only the rest of a GHSA in small letters. */
function asListed(id: string): string {
  return /^ghsa/i.test(id) ? `GHSA${id.slice(4).toLowerCase()}` : id.toUpperCase();
}
