/** One option of a command. */
export interface Option {
  readonly type: "boolean" | "string";
  readonly help: string;
  /** What stands for the value in the usage, such as FILE. */
  readonly value?: string;
}

/** What a command is given: its arguments and the only ways to speak. */
export interface Invocation {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether the page may be coloured. */
  readonly colour: boolean;
  /** Writes to standard output. */
  readonly out: (text: string) => void;
  /** Writes to standard error. */
  readonly err: (text: string) => void;
  /** Says that the command was called wrongly; gives the exit code for it. */
  readonly fail: (message: string) => ExitCode;
}

/** 0 pass or warn, 1 fail, 2 could not judge, 4 judged but a file could not be written. */
export type ExitCode = 0 | 1 | 2 | 4;

export interface Command {
  /** Half a sentence for the list of commands. */
  readonly summary: string;
  /** Its name and its arguments; the options are added. */
  readonly usage: string;
  readonly options: Readonly<Record<string, Option>>;
  run(invocation: Invocation): Promise<ExitCode>;
}
