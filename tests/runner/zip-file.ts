import { crc32, deflateRawSync } from "node:zlib";
import { numbers } from "./bytes.ts";

/** A file as it goes into an archive; what is set departs from what would be right. */
export interface ZipInput {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly stored?: boolean;
  /** In the directory: */
  readonly flags?: number;
  readonly method?: number;
  readonly mode?: number;
  readonly size?: number;
  readonly crc?: number;
  readonly packed?: Uint8Array;
  /** In the file's own header: */
  readonly localName?: string;
}

export interface ZipOptions {
  /** Sizes and offsets as 64 bits. */
  readonly large?: boolean;
  readonly comment?: string;
}

/** An archive as `actions/upload-artifact` writes one: sizes only in the directory, and after each file. */
export function zipFile(
  files: readonly ZipInput[],
  { large = false, comment = "" }: ZipOptions = {},
): Buffer {
  const parts: Buffer[] = [];
  const records: Buffer[] = [];
  let offset = 0;
  const add = (part: Buffer) => {
    parts.push(part);
    offset += part.length;
  };
  for (const file of files) {
    const content = Buffer.from(file.content);
    const packed = Buffer.from(file.packed ?? (file.stored ? content : deflateRawSync(content)));
    const method = file.method ?? (file.stored ? 0 : 8);
    const [size, crc] = [file.size ?? content.length, file.crc ?? crc32(content)];
    const [name, localName] = [Buffer.from(file.name), Buffer.from(file.localName ?? file.name)];
    const flags = file.flags ?? 0x808;
    const local = offset;
    const begin = numbers(
      [4, 0x04034b50],
      [2, 20],
      [2, flags],
      [2, method],
      [4, 0],
      [12, 0],
      [2, localName.length],
      [2, 0],
    );
    add(
      Buffer.concat([
        begin,
        localName,
        packed,
        numbers([4, 0x08074b50], [4, crc], [4, packed.length], [4, size]),
      ]),
    );
    const wide = large
      ? numbers([2, 1], [2, 24], [8, size], [8, packed.length], [8, local])
      : Buffer.alloc(0);
    const narrow = (value: number) => (large ? 0xffffffff : value);
    records.push(
      numbers(
        [4, 0x02014b50],
        [2, 0x031e],
        [2, 20],
        [2, flags],
        [2, method],
        [4, 0],
        [4, crc],
        [4, narrow(packed.length)],
      ),
      numbers([4, narrow(size)], [2, name.length], [2, wide.length], [2, 0], [2, 0], [2, 0]),
      numbers([4, (file.mode ?? 0o100644) * 0x10000], [4, narrow(local)]),
      name,
      wide,
    );
  }
  const [directory, at, count] = [Buffer.concat(records), offset, files.length];
  add(directory);
  if (large) {
    const end64 = offset;
    add(
      numbers(
        [4, 0x06064b50],
        [8, 44],
        [2, 45],
        [2, 45],
        [8, 0],
        [8, count],
        [8, count],
        [8, directory.length],
        [8, at],
      ),
    );
    add(numbers([4, 0x07064b50], [4, 0], [8, end64], [4, 1]));
  }
  add(
    numbers(
      [4, 0x06054b50],
      [4, 0],
      [2, count],
      [2, count],
      [4, directory.length],
      [4, at],
      [2, comment.length],
    ),
  );
  add(Buffer.from(comment));
  return Buffer.concat(parts);
}
