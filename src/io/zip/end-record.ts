import { damaged } from "./refusals.ts";
import { readUint64 } from "./uint64.ts";

/** Random access to an archive. */
export interface ArchiveBytes {
  readonly size: number;
  /** Exactly so many bytes from an offset; only asked for what lies inside. */
  read(offset: number, length: number): Buffer;
}

const signatures = { end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 };

/** Where the list of files lies, and how many it has. */
export interface Directory {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

/** Finds the end record, whose comment must reach to the last byte, and before it the directory. */
export function findDirectory(bytes: ArchiveBytes, shown: string): Directory {
  const length = Math.min(bytes.size, 22 + 0xffff);
  const tail = bytes.read(bytes.size - length, length);
  for (let i = length - 22; i >= 0; i--) {
    if (tail.readUInt32LE(i) !== signatures.end || i + 22 + tail.readUInt16LE(i + 20) !== length) continue;
    const end = bytes.size - length + i;
    const large = findDirectory64(bytes, end, shown);
    const directory = large ?? {
      offset: tail.readUInt32LE(i + 16),
      size: tail.readUInt32LE(i + 12),
      count: tail.readUInt16LE(i + 10),
      disks: [tail.readUInt16LE(i + 4), tail.readUInt16LE(i + 6)],
      counts: tail.readUInt16LE(i + 8),
      end,
    };
    if (directory.disks.some((disk) => disk !== 0) || directory.counts !== directory.count)
      damaged(shown, "it is one part of an archive in several");
    if (directory.offset + directory.size !== directory.end)
      damaged(shown, "the directory is not where it should be");
    return directory;
  }
  return damaged(shown, "it has no end record");
}

/** The 64-bit form of the end record, where there is one. */
function findDirectory64(bytes: ArchiveBytes, end: number, shown: string) {
  if (end < 20) return undefined;
  const locator = bytes.read(end - 20, 20);
  if (locator.readUInt32LE(0) !== signatures.locator64) return undefined;
  const at = readUint64(locator, 8, shown);
  if (at + 56 > end - 20) damaged(shown, "the end record is cut off");
  const record = bytes.read(at, 56);
  if (record.readUInt32LE(0) !== signatures.end64 || at + 12 + readUint64(record, 4, shown) !== end - 20)
    damaged(shown, "the end record is damaged");
  return {
    offset: readUint64(record, 48, shown),
    size: readUint64(record, 40, shown),
    count: readUint64(record, 32, shown),
    disks: [record.readUInt32LE(16), record.readUInt32LE(20), locator.readUInt32LE(4)],
    counts: readUint64(record, 24, shown),
    end: at,
  };
}
