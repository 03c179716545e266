/** What the YAML library says of a fault that everyone makes, in words for those who do not write parsers. */
export interface Fault {
  /** Matches the words of the library. */
  readonly when: RegExp;
  /** Matches its line, in which a line end stands for the place of the fault. */
  readonly where?: RegExp;
  /** Matches all that stands before it. */
  readonly after?: RegExp;
  readonly says: string;
  readonly hint?: string;
  /** Whether a quote or bracket is open, whose line is to be named. */
  readonly opens?: true;
}

const entry =
  /bad indentation|whitespace character is expected|can not read a block mapping entry|document separator is expected/;

/** The first one that fits counts. */
export const faults: readonly Fault[] = [
  {
    when: entry,
    where: /^\s*\t|\n\s*\t/,
    says: "tabs are not allowed as indentation",
    hint: "Indent with blanks.",
  },
  {
    when: entry,
    where: /[}\]]\s*\n\s*[^\s#]/,
    says: "text behind a closing bracket",
    hint: "Put a text that begins with [ or { in quotes, such as a glob.",
  },
  {
    when: entry,
    where: /["']\s*\n\s*[^\s#:]/,
    says: "text behind a closing quote",
    hint: "Put the whole text in quotes.",
  },
  {
    when: /bad indentation of a mapping entry/,
    where: /:\s.*\n:/,
    says: "a second colon in one entry",
    hint: "Put the text that holds it in quotes.",
  },
  {
    when: entry,
    after: /^[ \t]*-[^\s-]/m,
    says: "a blank is missing behind a dash further up",
    hint: "An entry of a list is written as `- name: A`.",
  },
  {
    when: entry,
    after: /(?:^|\n)[ \t]*(?:- )?(?!artifact:)[\w.-]+:[^\s/:][^\n]*\n[^\n]*$/,
    says: "a blank is missing behind the colon in the line above",
    hint: "An entry is written as `key: value`.",
  },
  {
    when: entry,
    after: /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ ]+[^\s#]/,
    says: "this is no entry of what stands above, which is indented",
    hint: "Let `version: 1` begin in the first column, and all keys that stand beside it.",
  },
  {
    when: /bad indentation|whitespace character is expected/,
    says: "this is no entry of what stands above",
    hint: "Do entries of one list or mapping begin in the same column, and is there a blank behind each colon?",
  },
  {
    when: entry,
    says: "this is no entry of what stands above",
    hint: "Is a colon missing, here or in the line above, or the blank behind it? An entry is written as `key: value`.",
  },
  {
    when: /deficient indentation/,
    where: /\t.*\n/,
    says: "a tab where only blanks may stand",
    hint: "Write blanks instead of it.",
  },
  {
    when: /deficient indentation|within a .* quoted scalar|within a flow collection/,
    says: "a quote or bracket further up is not closed",
    hint: "Close it; what it holds must be indented deeper than where it begins.",
    opens: true,
  },
  {
    when: /missed comma/,
    where: /\n[}\]]/,
    says: "a bracket is closed by one of another kind",
    hint: "[ is closed by ], and { by }.",
  },
  {
    when: /missed comma/,
    says: "a comma is missing between two entries",
    hint: "Put texts with brackets or commas in quotes.",
  },
  {
    when: /unknown escape|hexadecimal/,
    says: "a backslash in double quotes begins an escape",
    hint: "Write / in paths, or put the text in single quotes.",
  },
  { when: /tab characters/, says: "tabs are not allowed as indentation", hint: "Indent with blanks." },
];

/** The line in which the innermost quote or bracket begins that a text leaves open; undefined where none is. */
export function openedIn(text: string): number | undefined {
  const open: { readonly closes: string; readonly line: number }[] = [];
  let line = 1;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === "\n") line++;
    const inner = open.at(-1);
    if (inner !== undefined && c === inner.closes) open.pop();
    else if (inner === undefined || /[\]}]/.test(inner.closes)) {
      if (c === "[" || c === "{") open.push({ closes: c === "[" ? "]" : "}", line });
      // An apostrophe inside of a word opens nothing.
      else if (/["']/.test(c) && /[\s:,[{-]/.test(text[i - 1] ?? "\n")) open.push({ closes: c, line });
    }
  }
  return open.at(-1)?.line;
}
