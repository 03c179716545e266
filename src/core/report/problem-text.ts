import type { Problem } from "../model/problem.ts";
import { plain } from "./escape.ts";

/** A problem for a terminal or a log: `file:line:column: error: message [code]`, and the hint below it. */
export function problemText({ at, severity, message, code, hint }: Problem): string {
  const place = at === undefined ? "" : `${placeText(at)}: `;
  const text = `${place}${severity}: ${message} [${code}]`;
  return hint === undefined ? plain(text) : `${plain(text)}\n  ${plain(hint)}`;
}

/** A problem for a place that shows the severity itself. */
export function saidText({ at, message, code, hint }: Problem): string {
  const place = at === undefined ? "" : `${placeText(at)}: `;
  const text = plain(`${place}${message} [${code}]`);
  return hint === undefined ? text : `${text}\n${plain(hint)}`;
}

export function placeText({ file, line, column }: NonNullable<Problem["at"]>): string {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}
