import type { ProblemCode } from "../../src/core/model/problem-codes.ts";
import type { GitHubOptions } from "../github/server.ts";
import type { ActionRun } from "../runner/run-action.ts";

/** How a user comes to a problem. The troubleshooting page shows what the tool prints for it. */
export type Example =
  | { readonly kind: "file"; readonly name: string; readonly content: string | Uint8Array }
  | {
      readonly kind: "gate";
      /** Report files by path; the checkout is a folder of its own. */
      readonly files: Readonly<Record<string, string>>;
      /** The value of `sources`, in YAML; left out: well-known names. */
      readonly sources?: string;
      readonly prepare?: (folder: string) => void;
      /** Git tracks the files. */
      readonly tracked?: true;
      /** When the job began, in milliseconds since 1970. */
      readonly startedAt?: number;
      /** Files that changed, all their lines, by path and number of lines. */
      readonly changed?: Readonly<Record<string, number>>;
    }
  | { readonly kind: "config"; readonly text: string }
  | {
      readonly kind: "command";
      readonly args: readonly string[];
      /** Makes what the command finds; it then runs in a folder of its own. */
      readonly prepare?: (folder: string) => void;
    }
  /** What a Prometheus server answers to a query; without an answer it cannot be reached. */
  | {
      readonly kind: "query";
      readonly answer?: { readonly status?: number; readonly body: unknown };
      /** Keys of the server beside its address, in YAML. */
      readonly server?: string;
    }
  /** A change of the configuration of the base branch; without one, it brings the first. */
  | { readonly kind: "change"; readonly base: string | undefined; readonly head: string }
  | { readonly kind: "action"; readonly run: Partial<ActionRun>; readonly github?: GitHubOptions };

export type Examples = Readonly<Partial<Record<ProblemCode, readonly Example[]>>>;

/** A report file, by itself. */
export function file(name: string, content: string | Uint8Array): Example {
  return { kind: "file", name, content };
}

/** A configuration, by itself. */
export function config(...lines: readonly string[]): Example {
  return { kind: "config", text: `${lines.join("\n")}\n` };
}

/** A change of one configuration into another. */
export function change(base: readonly string[] | undefined, head: readonly string[]): Example {
  const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;
  return { kind: "change", base: base && text(base), head: text(head) };
}
