import { type Place, type Problem, refuse } from "../../model/problem.ts";
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
 * `separatorOf` sees the line of the header first, and may refuse it. Throws InputError for a header that names a column
 * twice, for a record with more or fewer fields than the header, for an open quote, and for a file whose last record does
 * not end its line, which is how a file that was cut off looks. https://www.rfc-editor.org/rfc/rfc4180
 */
export function scanCsv(
  source: Bytes,
  file: string,
  visit: (row: Row) => void,
  separatorOf: (header: string) => string = () => ",",
): readonly Problem[] {
  let columns: ReadonlyMap<string, number> | undefined;
  let width = 0;
  let separator: string | undefined;
  let record: Fields | undefined;
  let [length, from] = [0, 0];
  const window = openWindow(source, file);
  const notes = scanLines(window, file, (line, number) => {
    if (!record) {
      if (line === "") return;
      [record, length, from] = [{ whole: [], open: undefined }, 0, number];
    }
    length += line.length + 1;
    const at = { file, line: from };
    if (length > maxRecord)
      refuse({
        code: "limit-size",
        message: `a record is longer than the limit (${maxRecord} characters)`,
        at,
      });
    separator ??= separatorOf(line);
    if (!take(record, line, separator)) {
      const message = "a quoted field goes on behind the quote that ends it";
      refuse({ code: "bad-value", message, at, hint: "Double each quote within a quoted field." });
    }
    if (record.open) return;
    const fields = record.whole;
    record = undefined;
    if (columns === undefined) {
      columns = columnsOf(fields, at);
      width = fields.length;
      return;
    }
    if (fields.length !== width) {
      const message = `a record has ${fields.length} fields, the header has ${width}`;
      refuse({ code: "bad-value", message, at, hint: fields.length < width ? cutOff : surplus });
    }
    const names = columns;
    visit({ line: from, field: (name) => fields[names.get(name) ?? -1] });
  });
  if (record || !lastLineEnds(window)) {
    const message = record ? "a quoted field is not closed" : "the last record does not end its line";
    refuse({ code: "truncated", message, at: { file, line: from }, hint: cutOff });
  }
  return notes;
}

/** Longest record, in characters. */
const maxRecord = 1 << 20;

const cutOff = "The file is cut off: did the process that wrote it crash?";
const surplus = "Quote the fields that hold a separator.";

/** Where each column stands, by its name. */
function columnsOf(header: readonly string[], at: Place): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  for (const [i, field] of header.entries()) {
    const name = field.trim();
    if (field.includes("\r")) {
      const hint = "Write the file with the line ends \\n or \\r\\n.";
      refuse({ code: "bad-value", message: "the lines end in \\r alone", at, hint });
    }
    if (name !== "" && columns.has(name)) {
      const message = `the header names the column ${JSON.stringify(name.slice(0, 80))} twice`;
      refuse({ code: "bad-value", message, at, hint: "Give each column a name of its own." });
    }
    columns.set(name, i);
  }
  return columns;
}

/** A record as far as its lines were taken. */
interface Fields {
  whole: string[];
  /** The lines of a quoted field that is not closed yet. */
  open: string[] | undefined;
}

/** Takes one more line of a record. False where text stands between the end of a quoted field and the separator. */
function take(record: Fields, line: string, separator: string): boolean {
  if (!record.open && !line.includes('"')) {
    record.whole = line.split(separator);
    return true;
  }
  for (let at = 0; ; at++) {
    let end: number;
    if (record.open || line[at] === '"') {
      const start = record.open ? at : at + 1;
      record.open ??= [];
      end = closing(line, start);
      record.open.push(line.slice(start, end === -1 ? line.length : end).replaceAll('""', '"'));
      if (end === -1) return true;
      record.whole.push(record.open.join("\n"));
      record.open = undefined;
      if (++end < line.length && line[end] !== separator) return false;
    } else {
      end = line.indexOf(separator, at);
      if (end === -1) end = line.length;
      record.whole.push(line.slice(at, end));
    }
    if (end >= line.length) return true;
    at = end;
  }
}

function closing(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
