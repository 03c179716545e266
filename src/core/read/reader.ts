import type { Counting, Facts, Family } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import type { Outline } from "./text/json-outline.ts";
import type { Bytes } from "./text/window.ts";

/** The beginning of a report file, which is all that decides who reads it. */
export interface Head {
  /** Up to 64 Ki characters. */
  readonly text: string;
  /** Local name of the root element, if the text looks like XML. */
  readonly root: string | undefined;
  /** The outermost keys, if the text looks like JSON. Their order says nothing. */
  readonly json: Outline;
}

/** What reading a file came to. Facts may come with an error: what was read until the break, for display only. */
export interface Reading {
  readonly facts: Facts;
  readonly problems: readonly Problem[];
}

/** Turns one format of report file into facts. */
export interface Reader {
  readonly label: string;
  /** Families that its facts serve; the key of `sources` that names a file says which one is meant. */
  readonly families: readonly Family[];
  /** One sentence for the docs: which tools write it. */
  readonly writtenBy: string;
  /** Local names of the root element, where the format is XML. */
  readonly roots?: readonly string[];
  /**
   * Whether the content is of this format; asked of XML only for one of its roots, and absent where that says all. Exactly
   * one reader may say so.
   */
  claims?(head: Head): boolean;
  /**
   * Reads to the last byte. Throws InputError for content that may not be judged. `counting` is for readers of tests,
   * which hand it to their tally.
   */
  read(source: Bytes, file: string, counting?: Counting): Reading;
}
