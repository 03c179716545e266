import type { Answer } from "./answer.ts";
import type { State } from "./state.ts";

/** A request that the token may make and that fits its published description. */
export interface Call {
  readonly state: State;
  /** "owner/name" as the path has it. */
  readonly repository: string;
  readonly params: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly body: unknown;
  /** Where GitHub documents the operation. */
  readonly docs: string;
}

/** What answers each operation, by the published id of the operation. */
export type Handlers = Readonly<Record<string, (call: Call) => Answer>>;
