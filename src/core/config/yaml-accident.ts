import type { Place, Problem } from "../model/problem.ts";

/** The accidents of YAML that everyone has once, each with its cure; else the words of the YAML library. */
export function accident(text: string, at: Place, message: string): Problem {
  const line = text.split("\n")[(at.line ?? 1) - 1] ?? "";
  const comparison = /[:{,[]\s*(>=?|<=?|!=|==)\s*([\d.]+\s*[%a-z]*)/i.exec(line);
  if (comparison?.[1]?.startsWith(">")) {
    const [, symbol = "", value = ""] = comparison;
    const words = symbol === ">=" ? "at least" : "above";
    const what = "YAML reads an unquoted > as the beginning of a text block";
    return problem(at, what, `Write "${symbol} ${value.trim()}" in quotes, or: ${words} ${value.trim()}`);
  }
  if (/unresolved tag: !=?/i.test(message)) {
    return problem(
      at,
      "YAML reads an unquoted ! as a tag",
      'There is no "!=" in limits; write what must hold, such as: exactly 0',
    );
  }
  if (/unresolved alias/i.test(message)) {
    const glob = /\*\S*/.exec(line.slice((at.column ?? 1) - 1))?.[0].replace(/[,\]}]+$/, "") ?? "**/*.xml";
    return problem(
      at,
      "YAML reads an unquoted * as a reference to another place",
      `Put the glob in quotes: "${glob}"`,
    );
  }
  const column = (at.column ?? 1) - 1;
  const rest = line.slice(column);
  const marked = `${line.slice(0, column)}\n${rest}`;
  const reserved = /^([@`%])[\w./-]*/.exec(rest);
  if (reserved) {
    const [whole, sign] = reserved;
    const hint = sign === "`" ? "Leave it out, or put the text in quotes." : `Put it in quotes: "${whole}"`;
    return problem(at, `YAML does not allow an unquoted ${sign} at the beginning`, hint);
  }
  const { says, hint } = faults.find(
    ({ when, where: begins }) => when.test(message) && begins?.test(marked) !== false,
  ) ?? {
    says: message.split(/[\n;]/)[0]!.toLowerCase(),
  };
  return problem(at, `is not YAML: ${says}`, hint);
}

/** What the YAML library says of faults that everyone makes, in words for those who do not write parsers. */
const faults: readonly {
  readonly when: RegExp;
  /** Matches its line, in which a line end stands for the place of the fault. */
  readonly where?: RegExp;
  readonly says: string;
  readonly hint?: string;
}[] = [
  {
    when: /bad indentation of a mapping entry/,
    where: /:\s.*\n:/,
    says: "a second colon in one entry",
    hint: "Put the text that holds it in quotes.",
  },
  {
    when: /bad indentation|whitespace character is expected/,
    says: "this is no entry of what stands above",
    hint: "Do entries of one list or mapping begin in the same column, and is there a blank behind each colon?",
  },
  {
    when: /can not read a block mapping entry|document separator is expected/,
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
  },
  {
    when: /missed comma/,
    says: "a comma is missing between two entries",
    hint: "Put texts with brackets or commas in quotes.",
  },
  { when: /tab characters/, says: "tabs are not allowed as indentation", hint: "Indent with blanks." },
];

function problem(at: Place, message: string, hint?: string): Problem {
  return { code: "config-syntax", severity: "error", message, at, ...(hint === undefined ? {} : { hint }) };
}
