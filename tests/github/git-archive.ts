import { crc32, deflateRawSync } from "node:zlib";
import { numbers } from "../runner/bytes.ts";
import type { FakeTree } from "./git-store.ts";

/** When all commits of the tests are made: 2026-01-01, in seconds since 1970 and as MS-DOS writes it. */
const [seconds, dosTime, dosDate] = [1_767_225_600, 0, (46 << 9) | (1 << 5) | 1];

/**
 * The files of a commit as GitHub's `zipball` gives them, which is what `git archive --format=zip` writes: below a folder that
 * is called after owner, repository and commit, with an entry for each folder, and the commit as the comment.
 * https://docs.github.com/repositories/working-with-files/using-files/downloading-source-code-archives
 */
export function gitArchive(files: FakeTree, top: string, commit: string): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of withFolders(files, top)) {
    const isFolder = name.endsWith("/");
    const content = Buffer.from(text);
    const deflated = deflateRawSync(content);
    // Only what gets smaller is packed.
    const packed = deflated.length < content.length ? deflated : content;
    const path = Buffer.from(name);
    const described = numbers(
      [2, 10],
      [2, 0],
      [2, packed === content ? 0 : 8],
      [2, dosTime],
      [2, dosDate],
      [4, crc32(content)],
      [4, packed.length],
      [4, content.length],
      [2, path.length],
      [2, 9],
    );
    const time = numbers([2, 0x5455], [2, 5], [1, 1], [4, seconds]);
    const local = Buffer.concat([numbers([4, 0x04034b50]), described, path, time, packed]);
    const attributes = numbers([2, 0], [2, 0], [2, isFolder ? 0 : 1], [4, isFolder ? 16 : 0], [4, offset]);
    directory.push(numbers([4, 0x02014b50], [2, 0]), described, attributes, path, time);
    parts.push(local);
    offset += local.length;
  }
  const records = Buffer.concat(directory);
  const count = parts.length;
  const end = [
    numbers(
      [4, 0x06054b50],
      [4, 0],
      [2, count],
      [2, count],
      [4, records.length],
      [4, offset],
      [2, commit.length],
    ),
    Buffer.from(commit),
  ];
  return Buffer.concat([...parts, records, ...end]);
}

/** Files in the order of git, each folder before what is in it. */
function withFolders(files: FakeTree, top: string): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  const names = [...files.keys()].map((name) => `${top}/${name}`).sort();
  for (const name of names) {
    for (let end = name.indexOf("/"); end >= 0; end = name.indexOf("/", end + 1))
      all.set(name.slice(0, end + 1), "");
    all.set(name, files.get(name.slice(top.length + 1)) ?? "");
  }
  return all;
}
