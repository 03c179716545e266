import { type Problem, refuse } from "../../model/problem.ts";
import { lastLineEnds } from "./last-line.ts";
import { scanLines } from "./lines.ts";
import { type Bytes, openWindow } from "./window.ts";

/** One record, by the names in the header. */
export interface Row {
  /** Line on which the record begins. */
  readonly line: number;
  /** A field by the name of its column; undefined where the file has no such column. */
  readonly field: (name: string) => string | undefined;
}

/**
 * Reads comma-separated values with a header, record by record, and returns the notes on its characters. Fields may be
 * quoted, and hold line ends then. Text beyond ASCII stays as it lies in the file: numbers are what is read here.
 * Throws InputError for a record with more or fewer fields than the header, for an open quote, and for a file whose
 * last record does not end its line, which is how a file that was cut off looks. https://www.rfc-editor.org/rfc/rfc4180
 */
export function scanCsv(
  source: Bytes,
  file: string,
  visit: (row: Row) => void,
  separatorOf: (header: string) => string = () => ",",
): readonly Problem[] {
  let columns: ReadonlyMap<string, number> | undefined;
  let separator = ",";
  let [open, from] = ["", 0];
  const window = openWindow(source, file);
  const notes = scanLines(window, file, (line, number) => {
    if (open === "" && line === "") return;
    if (open === "") from = number;
    const text = open === "" ? line : `${open}\n${line}`;
    if (text.length > maxRecord) {
      const message = `a record is longer than the limit (${maxRecord} characters)`;
      refuse({ code: "limit-size", message, at: { file, line: from } });
    }
    if (columns === undefined) separator = separatorOf(text);
    const fields = split(text, separator);
    open = fields === undefined ? text : "";
    if (fields === undefined) return;
    if (columns === undefined) {
      columns = new Map(fields.map((name, i) => [name.trim(), i]));
      return;
    }
    const { size } = columns;
    if (fields.length !== size) {
      const message = `a record has ${fields.length} fields, the header has ${size}`;
      refuse({ code: "bad-value", message, at: { file, line: from }, hint: cutOff });
    }
    const names = columns;
    visit({ line: from, field: (name) => fields[names.get(name) ?? -1] });
  });
  if (open !== "" || !lastLineEnds(window)) {
    const message = open === "" ? "the last record does not end its line" : "a quoted field is not closed";
    refuse({ code: "truncated", message, at: { file, line: from }, hint: cutOff });
  }
  return notes;
}

/** Longest record, in characters. */
const maxRecord = 1 << 20;

const cutOff = "The file is cut off: did the process that wrote it crash?";

/** The fields of a record; undefined while a quoted field is open. */
function split(text: string, separator: string): string[] | undefined {
  if (!text.includes('"')) return text.split(separator);
  const fields: string[] = [];
  for (let at = 0; ; at++) {
    if (text[at] === '"') {
      const end = closing(text, at + 1);
      if (end === -1) return undefined;
      fields.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
    } else {
      const end = text.indexOf(separator, at);
      fields.push(text.slice(at, end === -1 ? text.length : end));
      at = end === -1 ? text.length : end;
    }
    if (at >= text.length) return fields;
  }
}

function closing(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
