import type { Outcome } from "../../src/core/model/gate.ts";
import type { ProblemCode } from "../../src/core/model/problem-codes.ts";

/** Input that a gate must not be misled by, and what has to be said of it. */
export interface BadInput {
  /** What is wrong with it, as a sentence. */
  readonly name: string;
  /** The workspace: content by path. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** The configuration, where it is not the one of the table. */
  readonly config?: string;
  readonly outcome: Outcome;
  /** The problem that says so; left out where a rule alone does. */
  readonly code?: ProblemCode;
  /** What the page must say. */
  readonly says?: RegExp;
  /** What no page, log or file may hold. */
  readonly hides?: RegExp;
  /** Where the case is one of time or memory: it runs as a process of its own, within ms of CPU time and MB. */
  readonly within?: { readonly ms: number; readonly mb: number };
}

/** A configuration of one phase over the report files of one family. */
export function gateOn(family: string, files: string, kpis: string): string {
  return `version: 1\nsources: { ${family}: ${files} }\nphases:\n  - { name: Only, kpis: { ${kpis} } }\n`;
}
