import { posix } from "node:path";
import { SaxesParser } from "saxes";
import type { Tally } from "../../src/core/model/line-set.ts";
import type { Format } from "../../src/core/read/index.ts";
import { forgiven } from "./junit.ts";

type Count = (text: string) => Tally;

/** Lines of a coverage file, counted in another way than the readers do: by a regular expression or another library. */
export const lineCounts: Readonly<Partial<Record<Format, Count>>> = {
  lcov: (text) => ofLines(bySource(text, /^SF:(.*)$/m, /^DA:(\d+),(\d+)/gm)),
  cobertura: (text) =>
    ofElements(text, {
      file: ["class", "filename"],
      line: ({ number, hits }, path) => (path.includes("method") ? undefined : [number, Number(hits) > 0]),
    }),
  clover: (text) =>
    ofElements(text, {
      file: ["file", "path", "name"],
      line: ({ num, type, count }) => (type === "method" ? undefined : [num, count !== "0"]),
    }),
  jacoco: (text) =>
    ofElements(text, {
      file: ["sourcefile", "name"],
      line: ({ nr, mi, ci }) => (mi === "0" && ci === "0" ? undefined : [nr, ci !== "0"]),
    }),
  "coverage-py": (text) => {
    type Entry = { executed_lines: readonly number[]; missing_lines: readonly number[] };
    const { files } = JSON.parse(text) as { files: Record<string, Entry> };
    return ofLines(
      Object.entries(files).flatMap(([path, { executed_lines, missing_lines }]) => [
        ...executed_lines.map((line): Line => [`${path}:${line}`, true]),
        ...missing_lines.map((line): Line => [`${path}:${line}`, false]),
      ]),
    );
  },
  gocover: (text) => {
    const blocks = new Map<string, readonly [statements: number, ran: boolean]>();
    for (const [, written = "", statements, count] of text.matchAll(
      /^(.+:\d+\.\d+,\d+\.\d+) (\d+) (\d+)\s*$/gm,
    )) {
      // A file is the same with two slashes in a row.
      const place = posix.normalize(written);
      blocks.set(place, [Number(statements), count !== "0" || blocks.get(place)?.[1] === true]);
    }
    const all = [...blocks.values()];
    const sum = (some: typeof all) => some.reduce((total, [statements]) => total + statements, 0);
    return { covered: sum(all.filter(([, ran]) => ran)), total: sum(all) };
  },
  simplecov: (text) => {
    type Command = { coverage: Record<string, { lines: readonly (number | null)[] }> };
    const files = Object.values(JSON.parse(text) as Record<string, Command>).flatMap(({ coverage }) =>
      Object.entries(coverage),
    );
    return ofLines(
      files.flatMap(([path, { lines }]) =>
        lines.flatMap((count, i): readonly Line[] =>
          count === null ? [] : [[`${path}:${i + 1}`, count > 0]],
        ),
      ),
    );
  },
  "llvm-cov": (text) => {
    type File = { summary: { lines: { count: number; covered: number } } };
    const { data } = JSON.parse(text) as { data: readonly { files: readonly File[] }[] };
    const lines = data.flatMap(({ files }) => files.map(({ summary }) => summary.lines));
    const sum = (key: "count" | "covered") => lines.reduce((total, line) => total + line[key], 0);
    return { covered: sum("covered"), total: sum("count") };
  },
  gcovr: (text) => {
    type Entry = { file: string; lines: readonly Record<string, number | boolean>[] };
    const { files } = JSON.parse(text) as { files: readonly Entry[] };
    return ofLines(
      files.flatMap(({ file, lines }) =>
        lines
          .filter((line) => line["gcovr/noncode"] !== true && line["gcovr/excluded"] !== true)
          .map((line): Line => [`${file}:${String(line["line_number"])}`, Number(line["count"]) > 0]),
      ),
    );
  },
  istanbul: (text) => {
    type Entry = { statementMap: Record<string, { start: { line: number } }>; s: Record<string, number> };
    const lines = Object.entries(JSON.parse(text) as Record<string, Entry>).flatMap(
      ([path, { statementMap, s }]) =>
        Object.entries(statementMap).map(([id, { start }]) => [`${path}:${start.line}`, s[id]! > 0] as const),
    );
    return ofLines(lines);
  },
  "istanbul-summary": (text) => {
    const { total, ...files } = JSON.parse(text) as Record<string, { lines: Tally }>;
    const all = Object.keys(files).length === 0 ? [total!] : Object.values(files);
    const sum = (key: keyof Tally) => all.reduce((count, { lines }) => count + lines[key], 0);
    return { covered: sum("covered"), total: sum("total") };
  },
};

type Line = readonly [place: string, ran: boolean];

/** Line numbers below 1 are no lines, whatever tool or damage put them there. */
function ofLines(records: readonly Line[]): Tally {
  const lines = records
    .filter(([place]) => !/:(?:0+|-\d+)$/.test(place))
    .map(([place, ran]): Line => [place.replace(/\/(?:\.?\/)+/g, "/"), ran]);
  const known = new Set(lines.map(([place]) => place));
  const covered = new Set(lines.filter(([, ran]) => ran).map(([place]) => place));
  return { covered: covered.size, total: known.size };
}

function bySource(text: string, source: RegExp, line: RegExp): readonly Line[] {
  return text.split("end_of_record").flatMap((record) => {
    const path = source.exec(record)?.[1] ?? "";
    return [...record.matchAll(line)].map(
      ([, number = "", hits = ""]): Line => [`${path}:${number}`, hits !== "0"],
    );
  });
}

type Attributes = Readonly<Record<string, string>>;

interface Shape {
  /** The element of a source file, and the attributes that may hold its path, best first. */
  readonly file: readonly [element: string, ...attributes: string[]];
  readonly line: (
    attributes: Attributes,
    path: readonly string[],
  ) => readonly [string | undefined, boolean] | undefined;
}

function ofElements(text: string, { file: [element, ...names], line }: Shape): Tally {
  const parser = new SaxesParser();
  const path: string[] = [];
  const lines: Line[] = [];
  let file = "";
  parser.on("opentag", ({ name, attributes }) => {
    const given = attributes as Attributes;
    if (name === element) file = given[names.find((attribute) => attribute in given) ?? ""] ?? "";
    const found = name === "line" ? line(given, path) : undefined;
    if (found) lines.push([`${file}:${found[0]}`, found[1]]);
    path.push(name);
  });
  parser.on("closetag", () => path.pop());
  parser.write(forgiven(text)).close();
  return ofLines(lines);
}
