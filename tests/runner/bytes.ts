import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReadFile } from "../../src/core/model/evidence.ts";
import { readReportFile } from "../../src/core/read/index.ts";

const encoder = new TextEncoder();

/** Bytes of a text or of bytes, in pieces of one size. */
export function* pieces(content: string | Uint8Array, size = 65_536): Generator<Uint8Array> {
  const bytes = typeof content === "string" ? encoder.encode(content) : content;
  // One buffer for all pieces, as the real one: a reader that keeps a piece would be found out.
  const buffer = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
  }
}

/** Reads a text as a report file. */
export function readText(content: string | Uint8Array, name = "report.xml", size?: number): ReadFile {
  return readReportFile(name, pieces(content, size));
}

/** Absolute path of something below tests/. */
export function testPath(...parts: readonly string[]): string {
  return join(fileURLToPath(new URL("..", import.meta.url)), ...parts);
}

/** All files below a folder, relative to it, in the order of their names. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

/** Numbers of so many bytes, the lowest first. */
export function numbers(...given: readonly (readonly [bytes: number, value: number])[]): Buffer {
  return Buffer.concat(
    given.map(([bytes, value]) => {
      const buffer = Buffer.alloc(Math.max(bytes, 8));
      buffer.writeBigUInt64LE(BigInt(value));
      return buffer.subarray(0, bytes);
    }),
  );
}
