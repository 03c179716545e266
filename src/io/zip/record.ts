import { damaged, unsafe } from "./refusals.ts";
import { readUint64 } from "./uint64.ts";

const signature = 0x02014b50;

/** One entry of the central directory. */
export interface Record {
  readonly name: string;
  readonly rawName: Buffer;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Offset of its local header. */
  readonly local: number;
  /** Bytes of the record itself. */
  readonly length: number;
}

/** Reads the entry at an offset of the directory. Throws InputError. */
export function readRecord(records: Buffer, at: number, shown: string): Record {
  if (at + 46 > records.length || records.readUInt32LE(at) !== signature)
    damaged(shown, "the directory is damaged");
  const lengths = [28, 30, 32].map((field) => records.readUInt16LE(at + field));
  const [nameLength = 0, extraLength = 0, commentLength = 0] = lengths;
  const length = 46 + nameLength + extraLength + commentLength;
  if (at + length > records.length) damaged(shown, "the directory is cut off");
  const rawName = records.subarray(at + 46, at + 46 + nameLength);
  const extra = records.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
  const name = safeName(rawName, shown);
  const [flags, method] = [records.readUInt16LE(at + 8), records.readUInt16LE(at + 10)];
  if ((flags & 0x2041) !== 0) unsafe(shown, `"${name}" is encrypted`);
  if (method !== 0 && method !== 8)
    damaged(shown, `"${name}" is packed by a method that is not read (${method})`);
  checkKind(records.readUInt16LE(at + 4) >> 8, records.readUInt32LE(at + 38) >>> 16, name, shown);
  const sizes = {
    size: records.readUInt32LE(at + 24),
    packed: records.readUInt32LE(at + 20),
    local: records.readUInt32LE(at + 42),
  };
  return {
    name,
    rawName,
    method,
    crc: records.readUInt32LE(at + 16),
    ...widened(sizes, extra, shown),
    length,
  };
}

/** Values of 0xffffffff stand in the extra field 1, in this order, as 64 bits. */
function widened<Sizes extends Readonly<{ size: number; packed: number; local: number }>>(
  sizes: Sizes,
  extra: Buffer,
  shown: string,
) {
  const wide = extraField(extra, 1, shown);
  let at = 0;
  const widen = (value: number): number => {
    if (value !== 0xffffffff) return value;
    if (!wide || at + 8 > wide.length) return damaged(shown, "a size is missing");
    at += 8;
    return readUint64(wide, at - 8, shown);
  };
  return { size: widen(sizes.size), packed: widen(sizes.packed), local: widen(sizes.local) };
}

function extraField(extra: Buffer, id: number, shown: string): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    if (at + 4 + length > extra.length) damaged(shown, "the directory is damaged");
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return undefined;
}

/** The name as text, if it is a relative path and nothing else. */
function safeName(raw: Buffer, shown: string): string {
  const name = new TextDecoder().decode(raw);
  const parts = name.replace(/\/$/, "").split("/");
  const wrong =
    parts.some((part) => part === "" || part === "." || part === "..") ||
    /[\\\p{Cc}]|^[A-Za-z]:/u.test(name) ||
    name.length > 1_000;
  return wrong
    ? unsafe(shown, `holds a file whose name is no path inside of it: "${name.slice(0, 100)}"`)
    : name;
}

/** Only files and folders; on Unix and macOS the mode tells. */
function checkKind(system: number, mode: number, name: string, shown: string): void {
  const kind = mode & 0o170000;
  if ((system === 3 || system === 19) && kind !== 0 && kind !== 0o100000 && kind !== 0o040000)
    unsafe(shown, `"${name}" is a link or a device`);
}
