import { closeSync, createReadStream, createWriteStream, fstatSync, openSync, readSync } from "node:fs";
import { InputError } from "../../core/model/problem.ts";
import { onDemand } from "../on-demand.ts";
import { maxEntries, readZipDirectory, type ZipEntry } from "./directory.ts";
import { damaged } from "./refusals.ts";

const { Readable } = onDemand("node:stream");
const { pipeline } = onDemand("node:stream/promises");
const { crc32, createInflateRaw, inflateRawSync } = onDemand("node:zlib");

/** The files that an archive on the disk holds, `most` at the most. Throws InputError. */
export function listArchive(archive: string, shown: string, most = maxEntries): readonly ZipEntry[] {
  const file = openSync(archive, "r");
  try {
    const { size } = fstatSync(file);
    const read = (offset: number, length: number): Buffer => {
      const buffer = Buffer.alloc(length);
      if (readSync(file, buffer, 0, length, offset) !== length) damaged(shown, "it is cut off");
      return buffer;
    };
    return readZipDirectory({ size, read }, shown, most);
  } finally {
    closeSync(file);
  }
}

/**
 * Unpacks one file to a path that must not exist yet, piece by piece, and checks it against its declared size and its
 * checksum. Throws InputError.
 */
export async function unpackEntry(
  archive: string,
  entry: ZipEntry,
  target: string,
  shown: string,
): Promise<void> {
  const { name, deflated, start, packed } = entry;
  const inflate = createInflateRaw();
  let size = 0;
  let crc = 0;
  const checked = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      size += piece.length;
      if (size > entry.size) damaged(shown, `"${name}" is longer than it declares`);
      crc = crc32(piece, crc);
      yield piece;
    }
  };
  const source =
    packed === 0 ? Readable.from([]) : createReadStream(archive, { start, end: start + packed - 1 });
  const sink = createWriteStream(target, { flags: "wx", mode: 0o600 });
  try {
    await (deflated ? pipeline(source, inflate, checked, sink) : pipeline(source, checked, sink));
  } catch (error) {
    if (error instanceof InputError || !isZlibError(error)) throw error;
    damaged(shown, `"${name}" cannot be unpacked`);
  }
  if (size !== entry.size || crc !== entry.crc || (deflated && inflate.bytesWritten !== packed))
    damaged(shown, `"${name}" is not what it declares`);
}

/** The same for many small files, each as a whole and in memory. */
export function readEntry(archive: string, entry: ZipEntry, shown: string): Buffer {
  const { name, deflated, start, packed, size, crc } = entry;
  const bytes = Buffer.alloc(packed);
  const file = openSync(archive, "r");
  try {
    if (readSync(file, bytes, 0, packed, start) !== packed) damaged(shown, "it is cut off");
  } finally {
    closeSync(file);
  }
  let content = bytes;
  try {
    if (deflated) content = inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
  } catch {
    damaged(shown, `"${name}" cannot be unpacked`);
  }
  if (content.length !== size || crc32(content) !== crc) damaged(shown, `"${name}" is not what it declares`);
  return content;
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
