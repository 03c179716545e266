import { type ArchiveBytes, findDirectory } from "./end-record.ts";
import { type Record, readRecord } from "./record.ts";
import { damaged, tooLarge, unsafe } from "./refusals.ts";

/** A file in an archive, as the central directory describes it. */
export interface ZipEntry {
  /** Path in the archive, with `/`; never used as a path on this machine. */
  readonly name: string;
  readonly deflated: boolean;
  readonly crc: number;
  /** Where its compressed bytes begin, and how many they are. */
  readonly start: number;
  readonly packed: number;
  /** Bytes when unpacked, as declared. */
  readonly size: number;
}

/** Most files of one archive, and the most bytes that one of them and all of them may declare. */
export const maxEntries = 10_000;
export const maxEntryBytes = 2 ** 30;
export const maxTotalBytes = 2 ** 32;

/** Highest ratio of a large file; report files come to 10 to 100, deflate ends at 1032. */
const maxRatio = 500;
const alwaysFine = 2 ** 24;

const signature = 0x04034b50;

/**
 * Reads the directory of a ZIP archive strictly: every byte is accounted for, and both descriptions of a file must agree.
 * Throws InputError. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (6.3.10), sections 4.3 to 4.5
 */
export function readZipDirectory(bytes: ArchiveBytes, shown: string, most = maxEntries): readonly ZipEntry[] {
  const directory = findDirectory(bytes, shown);
  if (directory.count > most) tooLarge(shown, `it holds more than ${most} files`);
  const records = bytes.read(directory.offset, directory.size);
  const names = new Set<string>();
  const entries: ZipEntry[] = [];
  const spans: { readonly from: number; readonly to: number }[] = [];
  let at = 0;
  let total = 0;
  for (let i = 0; i < directory.count; i++) {
    const record = readRecord(records, at, shown);
    at += record.length;
    const { name } = record;
    if (names.has(name)) unsafe(shown, `holds two files of the name "${name}"`);
    names.add(name);
    const start = readLocal(bytes, record, directory.offset, shown);
    spans.push({ from: record.local, to: start + record.packed });
    if (name.endsWith("/")) continue;
    total += record.size;
    checkSize(record, total, shown);
    entries.push({
      name,
      deflated: record.method === 8,
      crc: record.crc,
      start,
      packed: record.packed,
      size: record.size,
    });
  }
  if (at !== records.length) damaged(shown, "the directory holds more than it counts");
  spans.sort((a, b) => a.from - b.from);
  if (spans.some(({ from }, i) => i > 0 && from < spans[i - 1]!.to))
    unsafe(shown, "holds files that overlap");
  return entries;
}

/** Where the bytes of a file begin, after its own header, which must say the same. */
function readLocal(bytes: ArchiveBytes, record: Record, directory: number, shown: string): number {
  const { local, rawName, name, method, packed } = record;
  if (local + 30 > directory) damaged(shown, `"${name}" is not where it should be`);
  const header = bytes.read(local, 30);
  const start = local + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const same =
    header.readUInt32LE(0) === signature &&
    header.readUInt16LE(8) === method &&
    header.readUInt16LE(26) === rawName.length &&
    start + packed <= directory &&
    bytes.read(local + 30, rawName.length).equals(rawName);
  if (!same) damaged(shown, `"${name}" is not what the directory says`);
  return start;
}

function checkSize({ name, method, size, packed }: Record, total: number, shown: string): void {
  if (method === 0 && size !== packed) damaged(shown, `"${name}" has two sizes`);
  if (size > maxEntryBytes)
    tooLarge(shown, `"${name}" is larger than the limit (${maxEntryBytes / 2 ** 30} GiB)`);
  if (total > maxTotalBytes)
    tooLarge(shown, `its files are larger together than the limit (${maxTotalBytes / 2 ** 30} GiB)`);
  if (size > alwaysFine && size > packed * maxRatio)
    tooLarge(
      shown,
      `"${name}" is packed more tightly than any report file (${Math.round(size / packed)} to 1)`,
    );
}
