import { refuse } from "../../model/problem.ts";

/** How the bytes of a file become text, and how many bytes of a byte order mark to skip. */
export interface Encoding {
  /** Label for TextDecoder; `utf-8` is also used for US-ASCII. */
  readonly label: string;
  readonly skip: number;
  /** The encoding an XML declaration names, where it is another than the one the bytes show. */
  readonly contradicts?: string;
}

/** Encodings that are read, by the names found in XML declarations. https://encoding.spec.whatwg.org/#names-and-labels */
const labels: ReadonlyMap<string, string> = new Map([
  ["utf-8", "utf-8"],
  ["utf8", "utf-8"],
  ["us-ascii", "utf-8"],
  ["ascii", "utf-8"],
  ["iso-8859-1", "windows-1252"],
  ["latin1", "windows-1252"],
  ["latin-1", "windows-1252"],
  ["iso8859-1", "windows-1252"],
  ["windows-1252", "windows-1252"],
  ["cp1252", "windows-1252"],
  ["iso-8859-15", "iso-8859-15"],
  ["utf-16", "utf-16le"],
  ["utf-16le", "utf-16le"],
  ["utf-16be", "utf-16be"],
]);

/** How many bytes at the beginning of a file are looked at. */
export const encodingBytes = 1024;

/**
 * The encoding by byte order mark, by the pattern of zeros, else by the XML declaration. `length` bytes of `head` count;
 * `text` has one character for each of the first ones. Throws InputError.
 */
export function sniffEncoding(head: Uint8Array, length: number, text: string, file: string): Encoding {
  const a = head[0];
  const b = length > 1 ? head[1] : undefined;
  const c = length > 2 ? head[2] : undefined;
  const d = length > 3 ? head[3] : undefined;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: "utf-8", skip: 3 };
  if (a === 0xff && b === 0xfe && !(c === 0 && d === 0 && length >= 4)) return { label: "utf-16le", skip: 2 };
  if (a === 0xfe && b === 0xff) return { label: "utf-16be", skip: 2 };
  if (a === 0x1f && b === 0x8b) refuseBinary(file, "gzip data", "Unpack it first.");
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) refuseBinary(file, "a zip archive", "Unpack it first.");
  if (a && b === 0 && c && d === 0) return { label: "utf-16le", skip: 0 };
  if (a === 0 && b && c === 0 && d) return { label: "utf-16be", skip: 0 };
  if (zeros(head, Math.min(length, 64)) > 8) {
    refuseBinary(file, "binary data", "Name the text file that the tool writes.");
  }
  return declared(text, file);
}

function zeros(bytes: Uint8Array, most: number): number {
  let count = 0;
  for (let at = 0; at < most; at++) if (bytes[at] === 0) count++;
  return count;
}

function declared(head: string, file: string): Encoding {
  const name = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1];
  if (name === undefined) return { label: "utf-8", skip: 0 };
  const label = labels.get(name.toLowerCase());
  if (label === undefined) {
    refuse({
      code: "encoding",
      message: `the encoding "${name.slice(0, 40)}" is not read`,
      at: { file, line: 1 },
      hint: "Let the tool write UTF-8. Read are UTF-8, UTF-16, US-ASCII, ISO-8859-1, ISO-8859-15 and windows-1252.",
    });
  }
  // The declaration could be read byte by byte, so whatever it says, this is not UTF-16.
  if (label.startsWith("utf-16")) return { label: "utf-8", skip: 0, contradicts: name };
  return { label, skip: 0 };
}

/** A text in UTF-8, piece by piece: first what was taken already, then the rest. */
export function* transcode(
  taken: Uint8Array,
  rest: Iterator<Uint8Array>,
  label: string,
): Generator<Uint8Array, undefined> {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  const encoder = new TextEncoder();
  yield encoder.encode(decoder.decode(taken, { stream: true }));
  for (let next = rest.next(); !next.done; next = rest.next()) {
    yield encoder.encode(decoder.decode(next.value, { stream: true }));
  }
  yield encoder.encode(decoder.decode());
}

function refuseBinary(file: string, what: string, hint: string): never {
  refuse({ code: "encoding", message: `is ${what}, not a text file`, at: { file }, hint });
}
