import type { ProblemCode } from "./problem-codes.ts";

/** Where something is, in a file the user can open. Lines and columns start at 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** `error`: nothing may be judged on it. `warning`: judged, but look at it. `note`: good to know. */
export type Severity = "error" | "warning" | "note";

/** Something wrong with input or set-up that the user can fix: what it is, where, and what to do next. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
  readonly at?: Place;
  readonly hint?: string;
}

/** The only error class: a problem on its way up. Anything else that is thrown is a bug of ours. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Refuses the input at hand. Throws an InputError that carries the problem with severity `error`. */
export function refuse(problem: Omit<Problem, "severity">): never {
  throw new InputError({ ...problem, severity: "error" });
}

export function isError(problem: Problem): boolean {
  return problem.severity === "error";
}
