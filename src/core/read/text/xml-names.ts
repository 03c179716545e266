import { plainLatin1 } from "./latin1.ts";

/** Which bytes may stand in a name, and which may begin one. Bytes above ASCII stand for themselves. */
const beginBytes = table(":_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
const nameBytes = table(":_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

function table(allowed: string): Uint8Array {
  const bytes = new Uint8Array(256).fill(1, 128);
  for (let i = 0; i < allowed.length; i++) bytes[allowed.charCodeAt(i)] = 1;
  return bytes;
}

/** Position after the name that begins at `from`; `from` itself where none does. https://www.w3.org/TR/xml/#NT-Name */
export function nameEnd(bytes: Uint8Array, from: number): number {
  if (beginBytes[bytes[from]!] === 0) return from;
  let at = from + 1;
  while (nameBytes[bytes[at]!] === 1) at++;
  return at;
}

/** Most names that are remembered; a report file repeats a handful of them a million times. */
const maxNames = 64;

/** A name of an element or attribute, the same object for the same name. */
export interface Name {
  /** As it is written, one character per byte. */
  readonly text: string;
  /** Without namespace prefix. */
  readonly local: string;
  readonly bytes: Uint8Array;
  /** The name that came after this one when it was read last. */
  follower: Name | undefined;
}

/** The names of a document. */
export interface Names {
  readonly known: Name[];
  /** Stands before the first name. */
  readonly none: Name;
  /** The name that was read last. */
  last: Name;
}

/** Stands before the first name of a document. */
export function noName(): Name {
  return newName(new Uint8Array(0));
}

export function openNames(): Names {
  const none = noName();
  return { known: [], none, last: none };
}

/** Forgets names where there are too many for another document; thousands of small files of one tool have the same. */
export function nextDocument(names: Names): void {
  names.last = names.none;
  if (names.known.length < maxNames) return;
  names.known.length = 0;
  names.none.follower = undefined;
}

/**
 * Reads the name that begins at `from`, says where it ends and leaves it in `last`; `from` itself where none begins.
 * Names of a report file come in the same order over and over, so the one that followed last time is tried first.
 */
export function readName(names: Names, bytes: Uint8Array, from: number): number {
  const { last } = names;
  const { follower } = last;
  if (follower !== undefined) {
    const end = from + follower.bytes.length;
    if (startsWith(bytes, from, follower.bytes) && nameBytes[bytes[end]!] === 0) {
      names.last = follower;
      return end;
    }
  }
  const end = nameEnd(bytes, from);
  if (end > from) {
    names.last = nameOf(names, bytes.subarray(from, end));
    last.follower = names.last;
  }
  return end;
}

/** Whether the bytes at a position are these; those behind the end of a window are a 0, which no name holds. */
export function startsWith(bytes: Uint8Array, from: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[from + i] !== wanted[i]) return false;
  return true;
}

/** The name that these bytes are. */
export function nameOf({ known }: Names, bytes: Uint8Array): Name {
  for (const name of known) {
    if (name.bytes.length === bytes.length && startsWith(bytes, 0, name.bytes)) return name;
  }
  const name = newName(bytes.slice());
  if (known.length < maxNames) known.push(name);
  return name;
}

export function newName(bytes: Uint8Array): Name {
  const text = plainLatin1(bytes, 0, bytes.length);
  return { text: interned(text), local: interned(localName(text)), bytes, follower: undefined };
}

/** The name without its namespace prefix. */
export function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : name.slice(colon + 1);
}

/** Most names that are kept as the engine keeps its own. */
const maxInterned = 1000;

const internedNames = new Map<string, string>();

/** The same string, as the engine keeps it for names in programs: those are compared by address. */
function interned(name: string): string {
  const known = internedNames.get(name);
  if (known !== undefined) return known;
  const kept = Object.keys({ [name]: 0 })[0]!;
  if (internedNames.size < maxInterned && name.length < 100) internedNames.set(kept, kept);
  return kept;
}

/** Position of the first byte from `from` on that is no blank. */
export function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const c = bytes[at];
    if (c === 32 || c === 10 || c === 13 || c === 9) at++;
    else return at;
  }
}
