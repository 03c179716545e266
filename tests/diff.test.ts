import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { readDiff, readPatch } from "../src/core/changes/unified-diff.ts";
import { joined, measureDiff } from "../src/core/measure/diff.ts";
import { mergeCoverage } from "../src/core/measure/merge-coverage.ts";
import type { ChangedFile } from "../src/core/model/changes.ts";
import { InputError } from "../src/core/model/problem.ts";
import { changesSince } from "../src/io/changes.ts";
import { readText } from "./runner/bytes.ts";
import { git as runGit } from "./runner/repository.ts";

const head = (path: string) => `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n`;
const lines = (text: string) => readDiff(text).map((file) => [file.path, file.lines, file.written]);

describe("a diff", () => {
  const good: readonly (readonly [string, string, readonly unknown[]])[] = [
    ["nothing", "", []],
    ["one line changed", `${head("a.ts")}@@ -3 +3 @@\n-old\n+new\n`, [["a.ts", [3], 1]]],
    [
      "context never counts",
      `${head("a.ts")}@@ -1,3 +1,4 @@ class A\n x\n-y\n+Y\n+\n z\n`,
      [["a.ts", [2, 3], 1]],
    ],
    ["lines deleted alone are no lines", `${head("a.ts")}@@ -3,2 +2,0 @@\n-a\n-b\n`, []],
    [
      "several hunks",
      `${head("a.ts")}@@ -1 +1 @@\n-a\n+b\n@@ -9,0 +10,2 @@\n+c\n+d\n`,
      [["a.ts", [1, 10, 11], 3]],
    ],
    [
      "a new file",
      "diff --git a/n.ts b/n.ts\nnew file mode 100644\nindex 0000000..1111111\n--- /dev/null\n+++ b/n.ts\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n",
      [["n.ts", [1, 2], 2]],
    ],
    [
      "a deleted file",
      "diff --git a/n.ts b/n.ts\ndeleted file mode 100644\nindex 1111111..0000000\n--- a/n.ts\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n",
      [],
    ],
    [
      "a file that was renamed",
      "diff --git a/a.ts b/b.ts\nsimilarity index 100%\nrename from a.ts\nrename to b.ts\n",
      [],
    ],
    [
      "a renamed file with a change",
      "diff --git a/a.ts b/b.ts\nsimilarity index 90%\nrename from a.ts\nrename to b.ts\nindex 1..2 100644\n--- a/a.ts\n+++ b/b.ts\n@@ -2 +2 @@\n-a\n+b\n",
      [["b.ts", [2], 1]],
    ],
    ["a mode", "diff --git a/a.sh b/a.sh\nold mode 100644\nnew mode 100755\n", []],
    [
      "a line that looks like a header",
      `${head("a.ts")}@@ -1,2 +1,2 @@\n--- a/b.ts\n-x\n+++ b/c.ts\n+y\n`,
      [["a.ts", [1, 2], 2]],
    ],
    [
      "a name with blanks",
      `diff --git a/a b.ts b/a b.ts\n--- a/a b.ts\t\n+++ b/a b.ts\t\n@@ -1 +1 @@\n-a\n+b\n`,
      [["a b.ts", [1], 1]],
    ],
    [
      "a name in quotes",
      `diff --git "a/\\303\\244\\".ts" "b/\\303\\244\\".ts"\n--- "a/\\303\\244\\".ts"\n+++ "b/\\303\\244\\".ts"\n@@ -1 +1 @@\n-a\n+b\n`,
      [['\u00e4".ts', [1], 1]],
    ],
    ["line ends of Windows", `${head("a.ts")}@@ -1 +1 @@\n-a\r\n+\r\n`, [["a.ts", [1], 0]]],
    [
      "two files",
      `${head("a.ts")}@@ -1 +1 @@\n-a\n+b\n${head("b.ts")}@@ -1 +1 @@\n-a\n+b\n`,
      [
        ["a.ts", [1], 1],
        ["b.ts", [1], 1],
      ],
    ],
  ];
  test.each(good)("reads %s", (_, text, files) => {
    expect(lines(text)).toEqual(files);
  });

  const bad: readonly (readonly [string, string, RegExp])[] = [
    ["other text", "fatal: not a git repository\n", /line 1 .*expected "diff --git"/],
    ["a hunk cut off", `${head("a.ts")}@@ -1,2 +1,2 @@\n-a\n+b\n`, /ends inside a hunk/],
    [
      "a hunk with more than it announces",
      `${head("a.ts")}@@ -1 +1 @@\n-a\n+b\n+c\n`,
      /expected "diff --git"/,
    ],
    [
      "a hunk that hides a line behind context",
      `${head("a.ts")}@@ -1,2 +1,1 @@\n x\n y\n`,
      /more lines than it announces/,
    ],
    ["hunks out of order", `${head("a.ts")}@@ -9 +9 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b\n`, /overlap/],
    ["a combined diff", `${head("a.ts")}@@@ -1 -1 +1 @@@\n- a\n++b\n`, /expected "@@ -a,b \+c,d @@"/],
    ["a line number beyond any file", `${head("a.ts")}@@ -1 +999999999 @@\n-a\n+b\n`, /beyond any file/],
    ["a hunk without a file", "diff --git a/a b/a\n@@ -1 +1 @@\n-a\n+b\n", /without a name/],
    ["a header that is unknown", "diff --git a/a b/a\nsecret: yes\n", /expected a header/],
    ["a path without prefix", "diff --git a/a b/a\n--- a/a\n+++ a\n@@ -1 +1 @@\n-a\n+b\n", /behind "b\/"/],
    ["a binary file", "diff --git a/a b/a\nBinary files a/a and b/a differ\n", /binary/],
    ["a damaged quotation", 'diff --git a/a b/a\n+++ "b/\\777"\n@@ -1 +1 @@\n-a\n+b\n', /quoted/],
    [
      "a blank line between files",
      `${head("a.ts")}@@ -1 +1 @@\n-a\n+b\n\n${head("b.ts")}`,
      /expected "diff --git"/,
    ],
  ];
  test.each(bad)("refuses %s", (_, text, message) => {
    expect(() => readDiff(text)).toThrow(message);
  });

  test("is refused as input, whatever it is made of", () => {
    const piece = fc.constantFrom(
      "diff --git a/a b/a\n",
      "+++ b/a\n",
      "--- a/a\n",
      "@@ -1 +1 @@\n",
      "@@ -1,2 +1,3 @@\n",
      "+x\n",
      "-x\n",
      " x\n",
      "\\ No newline\n",
      "\n",
      "x",
      '+++ "b/\\1"\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          for (const file of readDiff(pieces.join(""))) expect(file.lines?.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });

  test("cut anywhere inside a hunk is refused", () => {
    const text = `${head("a.ts")}@@ -1,3 +1,4 @@\n x\n-y\n+Y\n+W\n z\n`;
    const begin = text.indexOf("@@\n") + 3;
    for (let end = begin; end < text.length - 3; end++)
      expect(() => readDiff(text.slice(0, end)), text.slice(0, end)).toThrow(InputError);
  });

  test("a patch of one file tells each line with its text", () => {
    const found: unknown[] = [];
    readPatch("@@ -1,2 +1,3 @@\n a\n+b\n c\n\\ No newline at end of file", (line, text) =>
      found.push([line, text]),
    );
    expect(found).toEqual([[2, "b"]]);
    expect(() => readPatch("+b\n", () => undefined)).toThrow(/expected a hunk/);
  });
});

describe("coverage of changed lines", () => {
  const record = (path: string, hits: Readonly<Record<number, number>>) =>
    `SF:${path}\n${Object.entries(hits)
      .map(([line, count]) => `DA:${line},${count}\n`)
      .join("")}end_of_record\n`;
  const coverage = (text: string, name = "lcov.info") => {
    const { facts } = readText(text, name);
    if (facts?.kind !== "coverage") throw new Error("no coverage");
    return mergeCoverage([{ file: name, coverage: facts.coverage }]).files;
  };
  const files = coverage(record("src/a.ts", { 1: 1, 2: 0, 3: 0, 5: 1, 9: 0 }) + record("src/b.ts", { 1: 1 }));
  const measured = (
    changed: readonly (readonly [string, readonly number[] | null, number?])[],
    include: readonly string[] = [],
    given = files,
  ) => {
    const all = changed.map(
      ([path, lines, written = lines?.length ?? 1]): ChangedFile => ({ path, lines, written }),
    );
    const { diff, problems } = measureDiff({ kind: "known", since: "main", files: all }, given, {
      include,
      exclude: ["src/gen/**"],
    });
    if (diff?.kind !== "changed") throw new Error("no coverage of changed lines");
    const { covered, total, uncovered } = diff;
    return {
      share: `${covered} of ${total}`,
      uncovered: uncovered.map(({ file, from, to }) => `${file}:${from}-${to}`),
      said: problems.map(({ severity, message, at }) => `${severity} ${at?.file}: ${message}`),
    };
  };
  const cases: readonly (readonly [
    string,
    Parameters<typeof measured>,
    Partial<ReturnType<typeof measured>>,
  ])[] = [
    [
      "counts changed executable lines",
      [[["src/a.ts", [1, 2, 4]]]],
      { share: "1 of 2", uncovered: ["src/a.ts:2-2"], said: [] },
    ],
    [
      "joins neighbours",
      [[["src/a.ts", [1, 2, 3, 9]]]],
      { share: "1 of 4", uncovered: ["src/a.ts:2-3", "src/a.ts:9-9"] },
    ],
    [
      "is nothing of nothing for a change of comments",
      [
        [
          ["src/a.ts", [4]],
          ["README.md", [1]],
        ],
      ],
      { share: "0 of 0", uncovered: [] },
    ],
    [
      "counts every written line of a file that was to be measured",
      [[["src/new.ts", [1, 2, 3], 2]], ["src/**"]],
      { share: "0 of 2", uncovered: ["src/new.ts:1-3"] },
    ],
    [
      "lists a file of a measured kind that no report knows",
      [
        [
          ["src/new.ts", [1]],
          ["README.md", [1]],
        ],
      ],
      {
        share: "0 of 0",
        said: [
          expect.stringMatching(/^note src\/new\.ts: changed, but stands in no coverage report/) as string,
        ],
      },
    ],
    ["leaves out what is excluded", [[["src/gen/x.ts", [1]]], ["src/**"]], { share: "0 of 0", said: [] }],
    [
      "takes the uncovered lines of a file with unknown changes, and no covered one",
      [[["src/a.ts", null]]],
      { share: "0 of 3", uncovered: ["src/a.ts:2-3", "src/a.ts:9-9"] },
    ],
    [
      "counts a line for an unknown change of an unknown file",
      [[["src/new.ts", null]], ["src/**"]],
      { share: "0 of 1", uncovered: [] },
    ],
    [
      "counts against a file of which only totals are known",
      [
        [["t.ts", [1, 2]]],
        [],
        coverage("SF:t.ts\nLF:10\nLH:10\nend_of_record\nSF:u.ts\nDA:1,1\nend_of_record\n"),
      ],
      { share: "0 of 2" },
    ],
    [
      "knows the lines of Go's blocks",
      [
        [["m/a.go", [3, 4, 5, 7, 8]]],
        [],
        coverage("mode: set\nm/a.go:2.13,4.12 2 1\nm/a.go:4.12,6.3 1 0\nm/a.go:7.2,7.10 1 1\n", "c.out"),
      ],
      { share: "3 of 4", uncovered: ["m/a.go:5-5"] },
    ],
  ];
  test.each(cases)("%s", (_, given, expected) => {
    expect(measured(...given)).toMatchObject(expected);
  });

  test("what is unknown never makes the share higher than the truth", () => {
    const line = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(
        fc.uniqueArray(line),
        fc.uniqueArray(line),
        fc.uniqueArray(line),
        (known, covered, changed) => {
          const hits = Object.fromEntries(known.map((one) => [one, covered.includes(one) ? 1 : 0]));
          const given = coverage(record("x.ts", { 99: 1, ...hits }) + record("y.ts", { 1: 1, 2: 0 }));
          const share = (lines: readonly number[] | null) => {
            const text = measured(
              [
                ["x.ts", lines],
                ["y.ts", [1, 2]],
              ],
              [],
              given,
            ).share;
            const [part = 0, whole = 0] = text.split(" of ").map(Number);
            return part / whole;
          };
          expect(share(null)).toBeLessThanOrEqual(share(changed));
        },
      ),
    );
  });

  test("joined ranges hold the lines and nothing else", () => {
    const sorted = fc.uniqueArray(fc.integer({ min: 1, max: 50 })).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(sorted, (all) => {
        const ranges = joined("a", all);
        expect(
          ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i)),
        ).toEqual(all);
        for (const [i, range] of ranges.entries())
          expect(range.from).toBeGreaterThan((ranges[i - 1]?.to ?? -1) + 1);
      }),
    );
  });
});

describe("changes by git", () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  const folder = () => {
    const made = realpathSync(mkdtempSync(join(tmpdir(), "phase-gate-changes-")));
    folders.push(made);
    return made;
  };
  const repository = () => {
    const root = folder();
    const git = (...args: readonly string[]) => runGit(root, ...args);
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    const commit = (message: string) => {
      git("add", "-A");
      git("commit", "-qm", message);
    };
    git("init", "-q", "-b", "main");
    write("a.ts", "1\n2\n3\n");
    write("old.ts", "a\nb\nc\nd\ne\n");
    commit("base");
    git("checkout", "-qb", "topic");
    return { root, git, write, commit };
  };
  const found = (base: string, root: string) => {
    const { changes, problems } = changesSince(base, root);
    return changes.kind === "known"
      ? changes.files.map(({ path, lines }) => `${path}:${lines?.join(",")}`)
      : problems.map(({ code, message, hint }) => `${code}: ${message} / ${hint}`);
  };

  test("are those since the merge base, with what is not committed", () => {
    const { root, git, write, commit } = repository();
    write("a.ts", "1\ntwo\n3\n");
    commit("change");
    git("checkout", "-q", "main");
    write("main.ts", "other\n");
    commit("main moves on");
    git("checkout", "-q", "topic");
    write("a.ts", "1\ntwo\n3\n4\n");
    expect(found("main", root)).toEqual(["a.ts:2,4"]);
  });

  test("do not count a moved file, whatever is set", () => {
    const { root, git, commit } = repository();
    for (const setting of [
      "diff.noprefix=true",
      "diff.renames=false",
      "color.diff=always",
      "diff.mnemonicPrefix=true",
      "diff.context=9",
    ]) {
      const [key = "", value = ""] = setting.split("=");
      git("config", key, value);
    }
    renameSync(join(root, "old.ts"), join(root, "new.ts"));
    commit("move");
    expect(found("main", root)).toEqual([]);
  });

  test("are told of files that attributes call binary", () => {
    const { root, write, commit } = repository();
    write(".gitattributes", "*.ts -diff\n");
    write("a.ts", "1\n2\n3\nhidden\n");
    commit("hide");
    expect(found("main", root)).toEqual([".gitattributes:1", "a.ts:4"]);
  });

  test("with names of every kind", () => {
    const { root, write, commit } = repository();
    for (const name of ["with blank.ts", "\u00e4\u4e16.ts", 'quote".ts', "tab\t.ts", "dir/-x.ts"])
      write(name, "1\n");
    commit("names");
    expect(found("main", root)).toEqual([
      "dir/-x.ts:1",
      'quote".ts:1',
      "tab\t.ts:1",
      "with blank.ts:1",
      "\u00e4\u4e16.ts:1",
    ]);
  });

  test("are unknown for a branch that is not there", () => {
    const { root } = repository();
    expect(found("origin/main", root)).toEqual([
      'changes-unknown: the changed lines are not known: git knows no commit "origin/main" / Fetch it first: `git fetch origin main`.',
    ]);
    expect(found("--output=x", root)[0]).toMatch(/git knows no commit/);
  });

  test("are unknown in a shallow checkout, and the cure is told", () => {
    const { root, git, write, commit } = repository();
    write("a.ts", "1\n");
    commit("topic");
    git("checkout", "-q", "main");
    write("m.ts", "1\n");
    commit("main moves on");
    const shallow = folder();
    execFileSync("git", ["clone", "-q", "--depth=1", "--no-single-branch", `file://${root}`, shallow], {
      stdio: "pipe",
    });
    execFileSync("git", ["-C", shallow, "checkout", "-q", "topic"], { stdio: "pipe" });
    expect(found("origin/main", shallow)[0]).toMatch(/shallow .* \/ Check out with `fetch-depth: 0`/);
  });

  test("are unknown outside of a checkout", () => {
    expect(found("main", folder())[0]).toMatch(/not the top of a git checkout/);
  });
});
