import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { InputError } from "../src/core/model/problem.ts";
import { maxEntries } from "../src/io/zip/directory.ts";
import { listArchive, unpackEntry } from "../src/io/zip/unpack.ts";
import { type ZipInput, type ZipOptions, zipFile } from "./runner/zip-file.ts";

const folder = mkdtempSync(join(tmpdir(), "phase-gate-zip-"));
afterAll(() => rmSync(folder, { recursive: true }));
let written = 0;

/** Everything in an archive by name, or what is said against it. */
async function unpacked(bytes: Uint8Array): Promise<Readonly<Record<string, string>> | string> {
  const archive = join(folder, `${written++}.zip`);
  writeFileSync(archive, bytes);
  try {
    const files: Record<string, string> = {};
    for (const entry of listArchive(archive, "artifact:a")) {
      const target = join(folder, `${written++}`);
      await unpackEntry(archive, entry, target, "artifact:a");
      files[entry.name] = readFileSync(target, "utf8");
    }
    return files;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `${error.problem.code}: ${error.problem.message}`;
  } finally {
    rmSync(archive);
  }
}

const report = { name: "reports/junit.xml", content: "<testsuite name='s'/>\n".repeat(100) };

describe("an archive", () => {
  test.each<[string, ZipOptions]>([
    ["as the runner uploads it", {}],
    ["with sizes of 64 bits", { large: true }],
    ["with a comment", { comment: "made by hand" }],
  ])("%s is read", async (_, options) => {
    const empty = { name: "empty.txt", content: "" };
    const stored = { name: "größe.xml", content: "stored as it is", stored: true };
    const below = { name: "folder/", content: "", stored: true, mode: 0o040755 };
    expect(await unpacked(zipFile([report, empty, stored, below], options))).toEqual({
      [report.name]: report.content,
      "empty.txt": "",
      "größe.xml": "stored as it is",
    });
  });

  test("without a file is read", async () => {
    expect(await unpacked(zipFile([]))).toEqual({});
  });

  const one = (file: Partial<ZipInput>) => zipFile([{ ...report, ...file }]);
  const bytes = zipFile([report]);
  const changed = (at: number, value: number) => {
    const copy = Buffer.from(bytes);
    copy[at < 0 ? copy.length + at : at] = value;
    return copy;
  };
  const damaged = "archive-damaged: the archive is damaged or cut off: ";

  test.each<[string, Buffer, string]>([
    ["leads out", one({ name: "../junit.xml" }), "archive-unsafe"],
    ["leads out from further down", one({ name: "a/../../junit.xml" }), "archive-unsafe"],
    ["is absolute", one({ name: "/etc/passwd" }), "archive-unsafe"],
    ["names a drive", one({ name: "C:/junit.xml" }), "archive-unsafe"],
    ["names a drive without a slash", one({ name: "c:junit.xml" }), "archive-unsafe"],
    ["has backslashes", one({ name: "..\\junit.xml" }), "archive-unsafe"],
    ["is empty", one({ name: "" }), "archive-unsafe"],
    ["is a dot", one({ name: "./junit.xml" }), "archive-unsafe"],
    ["has an empty part", one({ name: "a//junit.xml" }), "archive-unsafe"],
    ["holds a line end", one({ name: "a\n::error::b" }), "archive-unsafe"],
    ["holds NUL", one({ name: "a\0.xml" }), "archive-unsafe"],
    ["is very long", one({ name: "a".repeat(2_000) }), "archive-unsafe"],
  ])("with a name that %s is refused", async (_, archive, code) => {
    expect(await unpacked(archive)).toMatch(
      new RegExp(`^${code}: the archive holds a file whose name is no path`),
    );
  });

  test.each<[string, Buffer, string]>([
    [
      "a link",
      one({ mode: 0o120777 }),
      'archive-unsafe: the archive "reports/junit.xml" is a link or a device',
    ],
    [
      "a device",
      one({ mode: 0o020666 }),
      'archive-unsafe: the archive "reports/junit.xml" is a link or a device',
    ],
    [
      "an encrypted file",
      one({ flags: 0x809 }),
      'archive-unsafe: the archive "reports/junit.xml" is encrypted',
    ],
    [
      "a strongly encrypted file",
      one({ flags: 0x849 }),
      'archive-unsafe: the archive "reports/junit.xml" is encrypted',
    ],
    [
      "two files of one name",
      zipFile([report, report]),
      'archive-unsafe: the archive holds two files of the name "reports/junit.xml"',
    ],
    [
      "a file packed by another method",
      one({ method: 12 }),
      `${damaged}"reports/junit.xml" is packed by a method that is not read (12)`,
    ],
    [
      "another name before the file",
      one({ localName: "reports/junit.xm1" }),
      `${damaged}"reports/junit.xml" is not what the directory says`,
    ],
    ["a wrong checksum", one({ crc: 1 }), `${damaged}"reports/junit.xml" is not what it declares`],
    [
      "a size that is too small",
      one({ size: 10 }),
      `${damaged}"reports/junit.xml" is longer than it declares`,
    ],
    [
      "a size that is too large",
      one({ size: 10_000 }),
      `${damaged}"reports/junit.xml" is not what it declares`,
    ],
    [
      "two sizes of a stored file",
      one({ stored: true, size: 10 }),
      `${damaged}"reports/junit.xml" has two sizes`,
    ],
    [
      "damaged content",
      one({ packed: Buffer.from("not deflated") }),
      `${damaged}"reports/junit.xml" cannot be unpacked`,
    ],
    [
      "content that is cut off",
      one({ packed: deflateRawSync(report.content).subarray(0, 20) }),
      `${damaged}"reports/junit.xml" cannot be unpacked`,
    ],
    [
      "content after the content",
      one({ packed: Buffer.concat([deflateRawSync(report.content), Buffer.from("more")]) }),
      `${damaged}"reports/junit.xml" is not what it declares`,
    ],
    ["nothing at all", Buffer.alloc(0), `${damaged}it has no end record`],
    ["a page of HTML", Buffer.from("<!DOCTYPE html><html></html>"), `${damaged}it has no end record`],
    [
      "something before it",
      Buffer.concat([Buffer.from("x"), bytes]),
      `${damaged}the directory is not where it should be`,
    ],
    ["something after it", Buffer.concat([bytes, Buffer.from("x")]), `${damaged}it has no end record`],
    ["more entries than it holds", changed(-12, 2), `${damaged}it is one part of an archive in several`],
    ["several disks", changed(-18, 1), `${damaged}it is one part of an archive in several`],
  ])("with %s is refused", async (_, archive, message) => {
    expect(await unpacked(archive)).toBe(message);
  });

  test.each<[string, Buffer, RegExp]>([
    [
      "a file above 1 GiB",
      one({ size: 2 ** 30 + 1 }),
      /^limit-archive: .* is larger than the limit \(1 GiB\)$/,
    ],
    [
      "a bomb",
      one({ content: Buffer.alloc(20 * 2 ** 20) }),
      /^limit-archive: .* is packed more tightly than any report file \(\d{3,4} to 1\)$/,
    ],
    [
      "very many files",
      zipFile(
        Array.from({ length: maxEntries + 1 }, (__, i) => ({ name: `${i}`, content: "", stored: true })),
      ),
      /^limit-archive: .* it holds more than 10000 files$/,
    ],
    [
      "files above 4 GiB together",
      zipFile(
        Array.from({ length: 5 }, (__, i) => ({
          name: `${i}`,
          content: Buffer.alloc(2 ** 21, "0123456789".repeat(i + 1)),
          size: 2 ** 30,
          packed: Buffer.alloc(2 ** 22),
        })),
      ),
      /^limit-archive: .* larger together than the limit/,
    ],
  ])("with %s costs no more than its directory", async (_, archive, message) => {
    expect(await unpacked(archive)).toMatch(message);
  });

  test("whose files lie on one another is refused", async () => {
    const copy = zipFile([report, { ...report, name: "reports/janit.xml" }]);
    // The second record is given the offset of the first file, whose own name is then another.
    const at = copy.lastIndexOf(Buffer.from("PK\x01\x02", "latin1"));
    copy.writeUInt32LE(0, at + 42);
    expect(await unpacked(copy)).toMatch(/^archive-damaged/);
  });

  test("cut off anywhere is refused", async () => {
    for (let length = 0; length < bytes.length; length++)
      expect(await unpacked(bytes.subarray(0, length)), `${length}`).toMatch(/^archive-damaged/);
  });

  test("property: any files come out as they went in", async () => {
    const name = fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,3}\.xml$/);
    const files = fc.uniqueArray(fc.record({ name, content: fc.string(), stored: fc.boolean() }), {
      selector: (file) => file.name,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), async (given, large) => {
        expect(await unpacked(zipFile(given, { large }))).toEqual(
          Object.fromEntries(given.map((file) => [file.name, file.content])),
        );
      }),
      { numRuns: 50 },
    );
  });

  test("property: with any byte changed it is refused, or says the same", async () => {
    const two = zipFile([report, { name: "b.xml", content: "<b/>", stored: true }], { large: true });
    const right = await unpacked(two);
    await fc.assert(
      fc.asyncProperty(fc.nat(two.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const copy = Buffer.from(two);
        copy[at]! ^= change;
        const result = await unpacked(copy);
        if (typeof result !== "string") expect(Object.values(result)).toEqual(Object.values(right));
      }),
      { numRuns: 300 },
    );
  });
});
