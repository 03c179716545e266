import type { Config } from "./config.ts";

/**
 * One way in which a configuration asks less than another. rules: of the code. evidence: of the report files and what
 * counts in them. policy: of whoever may be red, or of changing the configuration.
 */
export interface Weakening {
  readonly kind: "rules" | "evidence" | "policy";
  /** In words: what was asked, and what is asked now. */
  readonly what: string;
}

/** The configuration that a change is held against. `where` says in words whose it is. */
export type BaseConfig =
  | { readonly kind: "config"; readonly where: string; readonly config: Config }
  /** There is none: this change brings the first one. */
  | { readonly kind: "absent"; readonly where: string };

/** What a change does to the limits, as the report shows it. */
export interface PolicyResult {
  readonly where: string;
  readonly weaker: readonly Weakening[];
  /** The label by which all of it is accepted. */
  readonly accepted?: string;
}
