import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { recordPath } from "../../src/core/history/layout.ts";
import { keepAllDays } from "../../src/core/history/prune.ts";
import { writeRecord } from "../../src/core/history/record-json.ts";
import type { RunRecord } from "../../src/core/model/history.ts";
import { branchClient } from "../../src/io/github-branch.ts";
import { openTransport } from "../../src/io/github-transport.ts";
import { branchStore } from "../../src/io/history-branch.ts";
import type { GitHubOptions } from "../github/exchange.ts";
import { addCommit, addTree, filesAt } from "../github/git-store.ts";
import { createInProcess, type InProcess } from "../github/in-process.ts";
import { virtualClock } from "../runner/virtual-clock.ts";
import { day, ratio, record } from "./records.ts";

const branch = "phase-gate-history";

/** A fake with a history of so many runs, and a store that reads and writes it as a run does. */
function begin(records: readonly RunRecord[] = [], options: GitHubOptions = {}, gate = "phase-gate") {
  const clock = virtualClock();
  const files = Object.fromEntries(records.map((one) => [`runs/${recordPath(one)}`, writeRecord(one)]));
  const branches = records.length === 0 ? {} : { [branch]: { "README.md": "history", ...files } };
  const github = createInProcess({ branches, ...options }, clock);
  const open = (name = gate) => {
    const access = { apiUrl: github.url, token: "t", repository: "acme/shop" };
    const world = { fetch: github.fetch, clock };
    const client = branchClient(openTransport(access, world), access, world);
    return branchStore({ branch, gate: name, temp: tmpdir() }, client, clock);
  };
  return { github, clock, open };
}

const filesOf = (github: InProcess) =>
  [...filesAt(github.git, github.git.refs.get(`refs/heads/${branch}`) ?? "")!.keys()].sort();
const calls = (github: InProcess) =>
  github.requests.map(({ method, path }) => `${method} ${path.replace("/repos/acme/shop/", "")}`);

/** What another run does between two calls of this one. */
function elsewhere(github: InProcess, one: RunRecord): void {
  const head = github.git.refs.get(`refs/heads/${branch}`);
  const files = new Map(head === undefined ? [] : filesAt(github.git, head));
  const tree = addTree(github.git, files.set(`runs/${recordPath(one)}`, writeRecord(one)));
  const commit = addCommit(github.git, tree, head === undefined ? [] : [head], "Elsewhere");
  github.git.refs.set(`refs/heads/${branch}`, commit);
}

describe("the branch of a history", () => {
  test("a branch that is not there yet holds no record, and takes one call to see", async () => {
    const { github, clock, open } = begin();
    expect(await clock.run(() => open().read())).toEqual({ records: [], problems: [] });
    expect(calls(github)).toEqual(["GET git/matching-refs/heads%2Fphase-gate-history"]);
  });

  test("another branch whose name begins alike is not it", async () => {
    const { clock, open } = begin([], { branches: { [`${branch}-2`]: { a: "" } } });
    expect(await clock.run(() => open().read())).toEqual({ records: [], problems: [] });
  });

  test("2,000 records are read in three requests", async () => {
    const all = Array.from({ length: 2_000 }, (_, i) => record(i + 1));
    const { github, clock, open } = begin(all);
    const { records, problems } = await clock.run(() => open().read());
    expect([records.length, problems]).toEqual([2_000, []]);
    expect(records).toContainEqual(record(1_234));
    // The third goes to the store that the second names.
    expect(github.requests).toHaveLength(2);
  });

  test("the first run makes the branch, with the record and a page that says what it is", async () => {
    const { github, clock, open } = begin();
    expect(await clock.run(() => open().keep(record(1), []))).toBe(true);
    expect(filesOf(github)).toEqual(["README.md", "runs/2026-01/1001-1.json"]);
    const head = github.git.refs.get(`refs/heads/${branch}`)!;
    expect(github.git.commits.get(head)).toMatchObject({ parents: [], message: "Record run 1.1" });
    expect(await clock.run(() => open().read())).toEqual({ records: [record(1)], problems: [] });
  });

  test("a record is added by one commit on top of the others, in five requests", async () => {
    const { github, clock, open } = begin([record(1)]);
    const before = github.git.refs.get(`refs/heads/${branch}`);
    const store = open();
    const kept = await clock.run(async () => store.keep(record(2), (await store.read()).records));
    expect(kept).toBe(true);
    expect(calls(github).slice(2)).toEqual([
      "GET git/matching-refs/heads%2Fphase-gate-history",
      `GET git/commits/${before}`,
      "POST git/trees",
      "POST git/commits",
      "PATCH git/refs/heads%2Fphase-gate-history",
    ]);
    const head = github.git.commits.get(github.git.refs.get(`refs/heads/${branch}`)!)!;
    expect(head.parents).toEqual([before]);
    expect(filesOf(github)).toEqual(["README.md", "runs/2026-01/1001-1.json", "runs/2026-01/1002-1.json"]);
  });

  test("a record is kept once and never changed, whether it was seen or came meanwhile", async () => {
    const { github, clock, open } = begin([record(1)]);
    const changed = record(1, { lines: ratio(1, 100) });
    const store = open();
    expect(await clock.run(async () => store.keep(changed, (await store.read()).records))).toBe(false);
    elsewhere(github, record(2));
    expect(await clock.run(() => store.keep(record(2, { lines: ratio(1, 100) }), [record(1)]))).toBe(false);
    expect((await clock.run(() => open().read())).records).toEqual([record(1), record(2)]);
  });

  test("two runs that both make the branch end with both records", async () => {
    const { github, clock, open } = begin([], { latency: () => 10 });
    const kept = await clock.run(() => Promise.all([1, 2].map((number) => open().keep(record(number), []))));
    expect(kept).toEqual([true, true]);
    expect(filesOf(github)).toEqual(["README.md", "runs/2026-01/1001-1.json", "runs/2026-01/1002-1.json"]);
  });

  test("gates of other names keep theirs apart", async () => {
    const { github, clock, open } = begin([record(1)]);
    const web = open("web");
    expect(await clock.run(() => web.read())).toEqual({ records: [], problems: [] });
    expect(await clock.run(() => web.keep(record(1), []))).toBe(true);
    expect(filesOf(github)).toContain("gates/web/runs/2026-01/1001-1.json");
    expect((await clock.run(() => open().read())).records).toEqual([record(1)]);
  });

  test("of days long past one record stays, and it goes with the commit that adds one", async () => {
    const old = [1, 2, 3].map((number) =>
      record(number, { at: day(number < 3 ? 5 : 6), lines: ratio(100 - number, 100) }),
    );
    const { github, clock, open } = begin([...old, record(4, { at: day(5) })]);
    const store = open();
    const late = record(9, { at: day(keepAllDays + 10) });
    await clock.run(async () => store.keep(late, (await store.read()).records));
    expect(filesOf(github)).toEqual([
      "README.md",
      "runs/2026-01/1001-1.json",
      "runs/2026-01/1003-1.json",
      "runs/2026-01/1004-1.json",
      "runs/2026-04/1009-1.json",
    ]);
  });

  test("on top of what was not read nothing is removed: another run may have done it", async () => {
    const old = [1, 2, 3].map((number) => record(number, { at: day(5), lines: ratio(100 - number, 100) }));
    const { github, clock, open } = begin(old);
    const store = open();
    await clock.run(async () => {
      const { records } = await store.read();
      elsewhere(github, record(8, { at: day(keepAllDays + 10) }));
      await store.keep(record(9, { at: day(keepAllDays + 10) }), records);
    });
    expect(filesOf(github)).toHaveLength(6);
  });
});

describe("a branch that is not as it should be", () => {
  const damaged: readonly (readonly [string, string, string, RegExp])[] = [
    ["half a record", "runs/2026-01/1007-1.json", '{"schema":1,', /not well-formed JSON/],
    ["a record of another run", "runs/2026-01/1007-1.json", writeRecord(record(8)), /belongs to/],
    ["a newer record", "runs/2026-01/1007-1.json", '{"schema":9}', /newer version/],
  ];

  test.each(damaged)("%s is an error, and names the file", async (_, path, text, why) => {
    const { clock, open } = begin([], { branches: { [branch]: { [path]: text } } });
    const { records, problems } = await clock.run(() => open().read());
    expect(records).toEqual([]);
    expect(problems).toMatchObject([
      { code: "history-unreadable", severity: "error", at: { file: `branch ${branch}/${path}` } },
    ]);
    expect(problems[0]!.message).toMatch(why);
  });

  test("files of others are no records", async () => {
    const files = { "index.html": "<p>", "runs/notes.txt": "", "runs/2026-01/notes.json": "{}" };
    const { clock, open } = begin([], { branches: { [branch]: files } });
    expect(await clock.run(() => open().read())).toEqual({ records: [], problems: [] });
  });

  test("a token that may not read it is told so, and it does not pass for a first run", async () => {
    const { clock, open } = begin([record(1)], { contents: "none" });
    const { problems } = await clock.run(() => open().read());
    expect(problems).toMatchObject([
      { severity: "error", message: "could not be read: 404 Not Found", hint: /contents: read/ },
    ]);
  });

  test("a token that may only read reads, and says what it lacks", async () => {
    const { github, clock, open } = begin([record(1)], { contents: "read" });
    const store = open();
    const { records } = await clock.run(() => store.read());
    expect(records).toEqual([record(1)]);
    const error = await clock.run(() => store.keep(record(2), records).catch((thrown: unknown) => thrown));
    expect(store.whyNot(error)).toMatchObject({
      code: "not-recorded",
      severity: "note",
      message: "this run could not be recorded (403 Resource not accessible by integration)",
      hint: /contents: write/,
    });
    expect(filesOf(github)).toHaveLength(2);
  });

  test("a branch that rules protect is given up soon, with GitHub's words", async () => {
    const rule = { method: "PATCH", path: /\/git\/refs\//, status: 422, times: 99 };
    const { github, clock, open } = begin([record(1)], { faults: [rule] });
    const begun = clock.now();
    const error = await clock.run(() =>
      open()
        .keep(record(2), [])
        .catch((thrown: unknown) => thrown),
    );
    expect(String(error)).toContain("Fault");
    expect(github.requests.filter(({ method }) => method === "PATCH")).toHaveLength(5);
    expect(clock.now() - begun).toBeLessThan(20_000);
  });
});
