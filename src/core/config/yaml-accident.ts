import type { Place, Problem } from "../model/problem.ts";
import { type Fault, faults, openedIn } from "./yaml-faults.ts";

/** The accidents of YAML that everyone has once, each with its cure; else the words of the YAML library. */
export function accident(text: string, at: Place, message: string): Problem {
  const lines = text.split("\n");
  const line = lines[(at.line ?? 1) - 1] ?? "";
  const comparison = /[:{,[]\s*(>=?|<=?|!=|==)\s*([\d.]+\s*[%a-z]*)/i.exec(line);
  if (comparison?.[1]?.startsWith(">")) {
    const [, symbol = "", value = ""] = comparison;
    const words = symbol === ">=" ? "at least" : "above";
    const what = "YAML reads an unquoted > as the beginning of a text block";
    return problem(at, what, `Write "${symbol} ${value.trim()}" in quotes, or: ${words} ${value.trim()}`);
  }
  const tag = /^unresolved tag: (.*)$/.exec(message)?.[1];
  if (tag !== undefined) {
    const hint = /^!=?$/.test(tag)
      ? 'There is no "!=" in limits; write what must hold, such as: exactly 0'
      : "Put it in quotes if it is a text. A glob cannot take files away; coverage has `exclude` for that.";
    return problem(at, "YAML reads an unquoted ! as a tag", hint);
  }
  const column = (at.column ?? 1) - 1;
  const rest = line.slice(column);
  if (/unresolved alias/i.test(message)) {
    const glob = /\*\S*/.exec(rest)?.[0].replace(/[,\]}]+$/, "") ?? "**/*.xml";
    return problem(
      at,
      "YAML reads an unquoted * as a reference to another place",
      `Put the glob in quotes: "${glob}"`,
    );
  }
  const reserved = /^([@`%])[\w./-]*/.exec(rest);
  if (reserved) {
    const [whole, sign] = reserved;
    const hint = sign === "`" ? "Leave it out, or put the text in quotes." : `Put it in quotes: "${whole}"`;
    return problem(at, `YAML does not allow an unquoted ${sign} at the beginning`, hint);
  }
  const before = [...lines.slice(0, (at.line ?? 1) - 1), line.slice(0, column)].join("\n");
  const marked = `${line.slice(0, column)}\n${rest}`;
  const matches = ({ when, where, after }: Fault) =>
    when.test(message) && where?.test(marked) !== false && after?.test(before) !== false;
  const fault = faults.find(matches);
  const says = fault?.says ?? message.split(/[\n;]/)[0]!.toLowerCase();
  const opened = fault?.opens ? openedIn(before) : undefined;
  return problem(
    at,
    `is not YAML: ${says}${opened === undefined ? "" : `, from line ${opened}`}`,
    fault?.hint,
  );
}

function problem(at: Place, message: string, hint?: string): Problem {
  return { code: "config-syntax", severity: "error", message, at, ...(hint === undefined ? {} : { hint }) };
}
