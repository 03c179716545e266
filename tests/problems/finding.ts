import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testPath } from "../runner/bytes.ts";
import { type ZipInput, zipFile } from "../runner/zip-file.ts";
import type { Example, Examples } from "./example.ts";

const tests = '<testsuite name="s"><testcase name="a"/></testsuite>';
const shards = Object.fromEntries([1, 2, 3].map((shard) => [`reports/e2e/${shard}.xml`, tests]));

const artifact = {
  id: 1,
  name: "junit-1",
  run: 1001,
  content: zipFile([{ name: "junit.xml", content: tests }]),
};

/** A run of a workflow whose configuration names its artifacts. */
function withArtifact(artifacts: object = {}, actions: "read" | "none" = "read"): Example {
  const github = { artifacts: [{ ...artifact, ...artifacts }], actions };
  return { kind: "action", run: { checkout: testPath("problems", "artifacts") }, github };
}

function withArchive(file: Partial<ZipInput>): Example {
  return withArtifact({ content: zipFile([{ name: "junit.xml", content: tests, ...file }]) });
}

/** Problems of finding report files. */
export const finding = {
  "no-files": [
    { kind: "gate", files: { "unit.xml": tests }, sources: "{ tests: [unit.xml, reports/e2e/*.xml] }" },
    { kind: "gate", files: {}, sources: "{ tests: { files: reports/e2e/*.xml, expect: 4 } }" },
  ],
  "shards-missing": [
    { kind: "gate", files: shards, sources: "{ tests: { files: reports/e2e/*.xml, expect: 4 } }" },
  ],
  "outside-workspace": [{ kind: "gate", files: {}, sources: "{ tests: ../reports/*.xml }" }],
  "not-a-file": [
    {
      kind: "gate",
      files: { "other.xml": tests },
      sources: "{ tests: reports/*.xml }",
      prepare: (folder) => {
        mkdirSync(join(folder, "reports"));
        symlinkSync("../other.xml", join(folder, "reports/junit.xml"));
      },
    },
  ],
  "file-unreadable": [{ kind: "command", args: ["inspect", "reports/e2e/shard-4.xml"] }],
  "stale-file": [
    {
      kind: "gate",
      files: { "reports/junit.xml": tests },
      sources: "{ tests: reports/junit.xml }",
      startedAt: Date.UTC(2026, 10, 24, 8, 30, 5),
      prepare: (folder) => {
        const written = Date.UTC(2026, 10, 23, 17, 2, 11) / 1000;
        utimesSync(join(folder, "reports/junit.xml"), written, written);
      },
    },
  ],
  "limit-files": [
    {
      kind: "gate",
      files: {},
      sources: "{ tests: reports/**/*.xml }",
      prepare: (folder) => {
        mkdirSync(join(folder, "reports"));
        for (let i = 0; i <= 10_000; i++) writeFileSync(join(folder, "reports", `${i}.xml`), "");
      },
    },
  ],
  "artifact-unavailable": [
    withArtifact({}, "none"),
    withArtifact({ expired: true }),
    { kind: "gate", files: {}, sources: "{ tests: artifact:junit-* }" },
  ],
  "archive-damaged": [withArchive({ crc: 1 })],
  "archive-unsafe": [withArchive({ name: "../junit.xml" })],
  "limit-archive": [withArtifact({ size: 3 * 2 ** 30 })],
  "git-unavailable": [{ kind: "gate", files: { "junit.xml": tests, ".git": "gitdir: nowhere\n" } }],
} as const satisfies Examples;
