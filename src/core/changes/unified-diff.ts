import type { ChangedFile } from "../model/changes.ts";
import { maxLine } from "../model/line-set.ts";
import { refuse } from "../model/problem.ts";

/** Most changed lines of one diff. */
const maxChanged = 5_000_000;

/** Told each added or changed line: its number in the new version of the file, and its text. */
export type OnAdded = (line: number, text: string) => void;

/**
 * Reads what `git diff` writes: which lines each file has that it had not before. Context never counts, renames and
 * changes of mode alone are no changes of lines. Strict: what is not understood to the last line is refused, because a
 * change that is overlooked would pass. Throws InputError. https://git-scm.com/docs/diff-format
 */
export function readDiff(text: string): readonly ChangedFile[] {
  const lines = cursor(text);
  const files: ChangedFile[] = [];
  let total = 0;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (line === "" && lines.atEnd()) break;
    if (!line.startsWith("diff --git "))
      wrong(lines.number, `expected "diff --git", found "${line.slice(0, 60)}"`);
    const file = readFile(lines);
    total += file?.lines?.length ?? 0;
    if (total > maxChanged) wrong(lines.number, `more than ${maxChanged} changed lines`);
    if (file) files.push(file);
  }
  return files;
}

/** Reads the hunks of one file, as GitHub gives them without any header. Throws InputError. */
export function readPatch(text: string, added: OnAdded): void {
  const lines = cursor(text);
  const end = readHunks(lines, added);
  if (end !== undefined && !(end === "" && lines.atEnd()))
    wrong(lines.number, `expected a hunk, found "${end.slice(0, 60)}"`);
}

const header =
  /^(?:index |old mode |new mode |new file mode |deleted file mode |similarity index |dissimilarity index |rename (?:from|to) |copy (?:from|to) |--- )/;

/** One file from behind its first line; undefined where it has no lines of its own, such as a deleted one. */
function readFile(lines: Cursor): ChangedFile | undefined {
  let path: string | undefined;
  let binary = false;
  for (let line = lines.peek(); line !== undefined && !line.startsWith("diff --git "); line = lines.peek()) {
    if (line.startsWith("@@")) break;
    if (line === "" && lines.atEnd(1)) break;
    lines.next();
    if (line.startsWith("+++ ")) path = pathOf(line.slice(4), lines.number);
    else if (/^Binary files .* differ$|^GIT binary patch$/.test(line)) binary = true;
    else if (!header.test(line)) wrong(lines.number, `expected a header, found "${line.slice(0, 60)}"`);
  }
  if (binary) wrong(lines.number, "a file is told as binary, so its lines are not known");
  const changed: number[] = [];
  let written = 0;
  readHunks(lines, (line, text) => {
    changed.push(line);
    if (text.trim() !== "") written++;
  });
  if (changed.length === 0) return undefined;
  if (path === undefined || path === "/dev/null")
    wrong(lines.number, "changed lines of a file without a name");
  return { path, lines: changed, written };
}

/** Hunks up to the first line that is none of them, which is left where it is and returned. */
function readHunks(lines: Cursor, added: OnAdded): string | undefined {
  let last = 0;
  for (let line = lines.peek(); ; line = lines.peek()) {
    if (line === undefined || !line.startsWith("@@")) return line;
    lines.next();
    const match = /^@@ -\d{1,9}(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(?: |$)/.exec(line);
    if (!match) wrong(lines.number, `expected "@@ -a,b +c,d @@", found "${line.slice(0, 60)}"`);
    const [, old = "1", start = "", now = "1"] = match;
    last = readHunk(lines, { old: Number(old), now: Number(now), start: Number(start), after: last }, added);
  }
}

/** What the head of a hunk announces; `after`: the last line of the hunk before. */
interface Hunk {
  readonly old: number;
  readonly now: number;
  readonly start: number;
  readonly after: number;
}

function readHunk(lines: Cursor, { start, after, ...counts }: Hunk, added: OnAdded): number {
  let { old, now } = counts;
  // A hunk that only deletes names the line before it.
  let line = now === 0 ? start + 1 : start;
  if (line <= after || line + now > maxLine) wrong(lines.number, "hunks overlap or lie beyond any file");
  while (old > 0 || now > 0) {
    const text = lines.next();
    if (text === undefined || (text === "" && lines.atEnd()))
      wrong(lines.number, "the diff ends inside a hunk");
    const sign = text[0];
    if (sign === "\\") continue;
    if (sign === "+") {
      added(line++, text.slice(1));
      now--;
    } else if (sign === "-") old--;
    else if (sign === " ") {
      line++;
      now--;
      old--;
    } else wrong(lines.number, `expected a line of a hunk, found "${text.slice(0, 60)}"`);
    if (old < 0 || now < 0) wrong(lines.number, "a hunk holds more lines than it announces");
  }
  if (lines.peek()?.startsWith("\\")) lines.next();
  return line - 1;
}

/** The path behind `b/`. Git quotes one with special characters, and ends one with blanks by a tab. */
function pathOf(written: string, line: number): string {
  const text = written.replace(/\t$/, "");
  if (text === "/dev/null") return text;
  const plain = text.startsWith('"') ? unquoted(text, line) : text;
  if (!plain.startsWith("b/")) wrong(line, `expected a path behind "b/", found "${plain.slice(0, 60)}"`);
  return plain.slice(2);
}

const escapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  "\\": 92,
};

/** A path in quotes as C writes it: bytes of UTF-8 in octal. */
function unquoted(text: string, line: number): string {
  if (!/^"(?:[^"\\]|\\[abtnvfr"\\]|\\[0-3][0-7]{2})*"$/.test(text))
    wrong(line, "a path is not quoted as git does");
  const bytes: number[] = [];
  for (const [part, octal, letter] of text.slice(1, -1).matchAll(/\\(?:([0-3][0-7]{2})|(.))|[^\\]+/g)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(escapes[letter]!);
    else bytes.push(...utf8(part));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** The core knows no encoder: bytes of UTF-8 by its definition, RFC 3629. */
function utf8(text: string): readonly number[] {
  return Array.from(text).flatMap((character) => {
    const code = character.codePointAt(0)!;
    const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}

function wrong(line: number, what: string): never {
  refuse({
    code: "changes-unknown",
    message: `line ${line} of the diff: ${what}`,
    hint: "If git wrote it, please report it: lines that are not understood cannot be judged.",
  });
}

/** Lines of a text, one after the other, without a list of them all. */
interface Cursor {
  /** Number of the line that `next` gave last. */
  readonly number: number;
  next(): string | undefined;
  peek(): string | undefined;
  /** Whether nothing is left, or nothing behind the next `ahead` lines. */
  atEnd(ahead?: number): boolean;
}

function cursor(text: string): Cursor {
  let at = 0;
  let number = 0;
  const end = (from: number) => {
    const found = text.indexOf("\n", from);
    return found === -1 ? text.length : found;
  };
  return {
    get number() {
      return number;
    },
    next() {
      if (at > text.length) return undefined;
      const stop = end(at);
      const line = text.slice(at, stop);
      at = stop + 1;
      number++;
      return line;
    },
    peek: () => (at > text.length ? undefined : text.slice(at, end(at))),
    atEnd: (ahead = 0) => (ahead === 0 ? at > text.length : end(at) + 1 > text.length),
  };
}
