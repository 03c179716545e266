import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeRecord } from "../../src/core/history/record-json.ts";
import { type HistoryFolder, pruneFolder, readFolder, storeRecord } from "../../src/io/history-folder.ts";
import { day, ratio, record } from "./records.ts";

let path: string;
let folder: HistoryFolder;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "phase-gate-history-"));
  folder = { shown: "history", path, gate: "phase-gate" };
});

afterEach(() => rmSync(path, { recursive: true }));

const put = (name: string, text: string) => {
  mkdirSync(dirname(join(path, name)), { recursive: true });
  writeFileSync(join(path, name), text);
};

describe("the folder of a history", () => {
  test("a folder that is not there yet holds no record, and is told", () => {
    const none = { ...folder, path: join(path, "none") };
    expect(readFolder(none)).toMatchObject({
      records: [],
      problems: [{ code: "no-history", severity: "warning" }],
    });
    expect(readFolder({ ...folder, gate: "other" })).toEqual({ records: [], problems: [] });
  });

  test("a stored record is read as it is, from its own place", () => {
    expect(storeRecord(folder, record(7))).toBe(true);
    expect(readFolder(folder)).toEqual({ records: [record(7)], problems: [] });
    expect(readdirSync(join(path, "runs", "2026-01"))).toEqual(["1007-1.json"]);
  });

  test("a record is stored once and never changed", () => {
    storeRecord(folder, record(7));
    expect(storeRecord(folder, record(7, { lines: ratio(1, 100) }))).toBe(false);
    expect(readFolder(folder).records).toEqual([record(7)]);
    expect(storeRecord(folder, record(7, { attempt: 2 }))).toBe(true);
    expect(readFolder(folder).records).toHaveLength(2);
  });

  test("gates of other names have records of their own", () => {
    const web = { ...folder, gate: "web" };
    storeRecord(web, record(1));
    expect(readFolder(folder).records).toEqual([]);
    expect(readFolder(web).records).toEqual([record(1)]);
  });

  const damaged: readonly (readonly [string, string, RegExp])[] = [
    ["half a record", writeRecord(record(7)).slice(0, 90), /not well-formed JSON/],
    ["an empty file", "", /not well-formed JSON/],
    [
      "a record of a newer version",
      writeRecord(record(7)).replace('"schema":1', '"schema":9'),
      /newer version/,
    ],
    ["a record of another run", writeRecord(record(8)), /belongs to 2026-01\/1008-1\.json/],
  ];

  test.each(damaged)("%s is a problem, and left as it is", (_, text, why) => {
    storeRecord(folder, record(1));
    put("runs/2026-01/1007-1.json", text);
    const { problems } = readFolder(folder);
    expect(problems).toMatchObject([
      { code: "history-unreadable", severity: "error", at: { file: "history/runs/2026-01/1007-1.json" } },
    ]);
    expect(problems[0]!.message).toMatch(why);
    expect(storeRecord(folder, record(7))).toBe(false);
    expect(readFileSync(join(path, "runs/2026-01/1007-1.json"), "utf8")).toBe(text);
  });

  test("a link in place of a record is not followed", () => {
    put("elsewhere.json", writeRecord(record(7)));
    mkdirSync(join(path, "runs/2026-01"), { recursive: true });
    symlinkSync(join(path, "elsewhere.json"), join(path, "runs/2026-01/1007-1.json"));
    expect(readFolder(folder).problems).toMatchObject([{ severity: "error" }]);
  });

  test("files of others, and those that a stopped process left, are no records", () => {
    put("README.md", "history");
    put("runs/notes.txt", "");
    put("runs/2026-01/.4c1d.tmp", '{"schema":1,');
    put("runs/2026-01/notes.json", "{}");
    expect(readFolder(folder)).toEqual({ records: [], problems: [] });
  });

  test("a file in place of the folder is a problem and no crash", () => {
    put("runs", "");
    expect(readFolder(folder).problems).toMatchObject([
      { code: "history-unreadable", at: { file: "history" } },
    ]);
  });

  test("pruning removes what need not be kept and old unfinished files, and nothing else", () => {
    const records = [1, 2, 3].map((number) =>
      record(number, { at: day(number < 3 ? 5 : 6), lines: ratio(100 - number, 100) }),
    );
    for (const one of [...records, record(4, { at: day(5) })]) storeRecord(folder, one);
    put("runs/2026-01/.old.tmp", "");
    put("runs/2026-01/.new.tmp", "");
    utimesSync(join(path, "runs/2026-01/.old.tmp"), new Date(day(100)), new Date(day(100)));
    utimesSync(join(path, "runs/2026-01/.new.tmp"), new Date(day(200)), new Date(day(200)));
    pruneFolder(folder, readFolder(folder).records, day(200));
    expect(new Set(readFolder(folder).records.map(({ number }) => number))).toEqual(new Set([1, 3, 4]));
    expect(existsSync(join(path, "runs/2026-01/.new.tmp"))).toBe(true);
    expect(existsSync(join(path, "runs/2026-01/.old.tmp"))).toBe(false);
  });
});
