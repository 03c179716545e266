import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Source } from "../src/core/model/config.ts";
import { problemText } from "../src/core/report/problem-text.ts";
import { fetchSources } from "../src/io/artifact-sources.ts";
import { artifactClient } from "../src/io/artifacts.ts";
import { type Clock, systemClock } from "../src/io/clock.ts";
import { openTransport, type Transport } from "../src/io/github-transport.ts";
import type { FakeArtifact } from "./github/artifacts.ts";
import { type GitHubOptions, startGitHub } from "./github/server.ts";
import type { StoreFaults } from "./github/store-server.ts";
import { zipFile } from "./runner/zip-file.ts";

const run = 1001;
const zip = (...names: readonly string[]) => zipFile(names.map((name) => ({ name, content: `<${name}/>` })));
const artifact = (id: number, name: string, content: Uint8Array = zip("junit.xml")): FakeArtifact => ({
  id,
  name,
  run,
  content,
});

/** Pauses of some seconds take no time. */
const impatient: Clock = {
  ...systemClock,
  sleep: (time, signal) => systemClock.sleep(time < 10_000 ? 0 : time, signal),
};

/** What sources come to: the files by the names that users see, with their content, and the problems. */
async function fetched(
  artifacts: readonly FakeArtifact[],
  sources: readonly (string | Partial<Source>)[],
  options: GitHubOptions = {},
) {
  const github = await startGitHub({ ...options, artifacts });
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-artifacts-"));
  const [access, world] = [{ apiUrl: github.url, token: "t", repository: "acme/shop" }, { clock: impatient }];
  try {
    const client = artifactClient(openTransport(access), access, world);
    const wanted = sources.map(
      (source): Source => ({
        glob: "",
        optional: false,
        allowStale: false,
        ...(typeof source === "string" ? { glob: source } : source),
      }),
    );
    const all = [...(await fetchSources(wanted, client, run, folder)).values()];
    const files = all.flatMap((source) => source.files);
    return {
      files: Object.fromEntries(files.map(({ path, shown }) => [shown, readFileSync(path, "utf8")])),
      problems: all.flatMap(({ problems }) => problems.map(problemText)),
      paths: files.map(({ path }) => path.slice(folder.length + 1)),
      asked: github.downloads,
      pages: github.requests.filter(({ path }) => path.includes("/runs/")).length,
    };
  } finally {
    rmSync(folder, { recursive: true });
    await github.close();
  }
}

describe("sources that name artifacts", () => {
  test("take every file of every artifact that matches, and of no other run", async () => {
    const { files, problems } = await fetched(
      [
        artifact(1, "junit-1", zip("a.xml", "sub/b.xml")),
        artifact(2, "junit-2"),
        artifact(3, "logs"),
        { ...artifact(4, "junit-3"), run: 7 },
      ],
      ["artifact:junit-*"],
    );
    expect(problems).toEqual([]);
    expect(files).toEqual({
      "artifact:junit-1/a.xml": "<a.xml/>",
      "artifact:junit-1/sub/b.xml": "<sub/b.xml/>",
      "artifact:junit-2/junit.xml": "<junit.xml/>",
    });
  });

  test("look at all pages of the list", async () => {
    const many = Array.from({ length: 250 }, (_, i) => artifact(i + 1, `junit-${i + 1}`));
    const { files, pages } = await fetched(many, ["artifact:junit-2?0"]);
    expect(pages).toBe(3);
    expect(Object.keys(files)).toEqual(
      [200, 210, 220, 230, 240, 250].map((i) => `artifact:junit-${i}/junit.xml`),
    );
  });

  test("take the newest of each name, as a job that ran again uploads a second one", async () => {
    const { files, asked } = await fetched(
      [artifact(5, "junit", zip("second.xml")), artifact(2, "junit", zip("first.xml")), artifact(3, "other")],
      ["artifact:junit"],
    );
    expect(Object.keys(files)).toEqual(["artifact:junit/second.xml"]);
    expect(asked).toEqual(["/5"]);
  });

  test("take some files of an artifact", async () => {
    const { files } = await fetched(
      [artifact(1, "junit-1", zip("reports/a.xml", "reports/x/b.xml", "screen.png", "a.xml"))],
      ["artifact:junit-*/reports/**/*.xml"],
    );
    expect(Object.keys(files)).toEqual([
      "artifact:junit-1/reports/a.xml",
      "artifact:junit-1/reports/x/b.xml",
    ]);
  });

  test("take a file that was uploaded without an archive", async () => {
    const { files } = await fetched(
      [artifact(1, "junit.xml", Buffer.from("<testsuite/>"))],
      ["artifact:*.xml"],
    );
    expect(files).toEqual({ "artifact:junit.xml": "<testsuite/>" });
  });

  test("put no name of an archive on the disk, and each artifact there once", async () => {
    const { paths, asked, files } = await fetched(
      [artifact(1, "all", zip("a.xml", "b/c.info"))],
      ["artifact:all/*.xml", "artifact:a*/**"],
    );
    expect(Object.keys(files)).toEqual(["artifact:all/a.xml", "artifact:all/b/c.info"]);
    expect(asked).toEqual(["/1"]);
    expect(new Set(paths).size).toBe(2);
    for (const path of paths) expect(path).toMatch(/^\d+$/);
  });

  test("that match nothing give nothing, which the gate judges", async () => {
    expect(await fetched([artifact(1, "logs")], ["artifact:junit-*"])).toMatchObject({
      files: {},
      problems: [],
    });
  });

  test("are looked up in one list", async () => {
    const { pages } = await fetched(
      [artifact(1, "a"), artifact(2, "b")],
      ["artifact:a", "artifact:b", "reports/*.xml"],
    );
    expect(pages).toBe(1);
  });

  test("cost no request where none is named", async () => {
    expect(await fetched([], ["reports/*.xml"])).toMatchObject({ files: {}, problems: [], pages: 0 });
  });
});

describe("what is missing is named", () => {
  const shards = [1, 2, 4].map((i) => artifact(i, `junit-${i}`));

  test.each<[string, readonly FakeArtifact[], Partial<Source>, string]>([
    [
      "a shard",
      shards,
      { glob: "artifact:junit-*", expect: 4 },
      "artifact:junit-*: error: 3 of 4 expected artifacts found: there are junit-1, junit-2, junit-4 [shards-missing]",
    ],
    [
      "all shards",
      [],
      { glob: "artifact:junit-*", expect: 4 },
      "artifact:junit-*: error: 0 of 4 expected artifacts found: none is there [shards-missing]",
    ],
    [
      "one shard too many",
      shards,
      { glob: "artifact:junit-*", expect: 2 },
      "artifact:junit-*: error: 3 of 2 expected artifacts found: there are junit-1, junit-2, junit-4 [shards-missing]",
    ],
    [
      "a file in the one artifact",
      [artifact(1, "junit", zip("1.xml", "2.xml"))],
      { glob: "artifact:junit", expect: 3 },
      "artifact:junit: error: 2 of 3 expected files found [shards-missing]",
    ],
    [
      "every file of an artifact that is there",
      [artifact(1, "junit-1"), artifact(2, "junit-2", zip("log.txt"))],
      { glob: "artifact:junit-*/*.xml" },
      "artifact:junit-2: error: the artifact holds no file that matches [no-files]",
    ],
    [
      "what has expired",
      [artifact(1, "junit-1"), { ...artifact(2, "junit-2"), expired: true }],
      { glob: "artifact:junit-*" },
      "artifact:junit-2: error: the artifact has expired [artifact-unavailable]",
    ],
    [
      "what is too large",
      [{ ...artifact(1, "junit-1"), size: 3 * 2 ** 30 }],
      { glob: "artifact:junit-*" },
      "artifact:junit-1: error: the artifact is larger than the limit (2 GiB) [limit-archive]",
    ],
    [
      "what is hostile",
      [artifact(1, "junit-1", zip("../../etc/passwd"))],
      { glob: "artifact:junit-*" },
      'artifact:junit-1: error: the archive holds a file whose name is no path inside of it: "../../etc/passwd" [archive-unsafe]',
    ],
    [
      "what is cut off",
      [artifact(1, "junit-1", zip("junit.xml").subarray(0, 60))],
      { glob: "artifact:junit-*" },
      "artifact:junit-1: error: the archive is damaged or cut off: it has no end record [archive-damaged]",
    ],
  ])("%s", async (_, artifacts, source, message) => {
    const { problems } = await fetched(artifacts, [source]);
    expect(problems.map((problem) => problem.split("\n")[0])).toEqual([message]);
  });
});

describe("when GitHub does not do as it should", () => {
  const one = [artifact(1, "junit")];

  test("a download that breaks off is begun again", async () => {
    const { files, asked } = await fetched(one, ["artifact:junit"], { storeFaults: { cut: 2 } });
    expect(Object.keys(files)).toEqual(["artifact:junit/junit.xml"]);
    expect(asked).toHaveLength(3);
  });

  test("a download that is another file is begun again", async () => {
    expect((await fetched(one, ["artifact:junit"], { storeFaults: { wrong: 1 } })).files).toHaveProperty([
      "artifact:junit/junit.xml",
    ]);
  });

  test.each<[string, StoreFaults, string]>([
    ["breaks off every time", { cut: 9 }, "the connection broke"],
    ["is another file every time", { wrong: 9 }, "it is not what the API announced"],
  ])("a download that %s is an error", async (_, storeFaults, why) => {
    expect((await fetched(one, ["artifact:junit"], { storeFaults })).problems).toEqual([
      `artifact:junit: error: the artifact could not be downloaded: ${why} [artifact-unavailable]\n  Run the job again.`,
    ]);
  });

  test("without the permission it is named", async () => {
    expect((await fetched(one, ["artifact:junit"], { actions: "none" })).problems).toEqual([
      "artifact:junit: error: the artifacts of the run could not be listed: 403 Resource not accessible by integration [artifact-unavailable]\n  Add `actions: read` to the permissions of the job.",
    ]);
  });

  test("a list that is shorter than it says is an error", async () => {
    const page = { total_count: 2, artifacts: [{ id: 1, name: "junit", size_in_bytes: 1, expired: false }] };
    const transport = {
      pages: (_route: string, _parameters: object, _schema: object, entries: (given: object) => object[]) =>
        Promise.resolve(entries(page)),
    };
    const access = { apiUrl: "http://api.test", token: "t", repository: "acme/shop" };
    await expect(artifactClient(transport as unknown as Transport, access).list(run)).rejects.toThrow(
      "only 1 of 2 artifacts were listed",
    );
  });
});
