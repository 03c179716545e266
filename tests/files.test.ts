import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import type { Report } from "../src/core/model/report.ts";
import { runGate } from "../src/gate.ts";
import { findFiles } from "../src/io/find-files.ts";
import { readPieces } from "../src/io/report-files.ts";
import { baseOf, findWorkspaceRoot, isInside, pathInRepository } from "../src/io/workspace.ts";

let folder: string;
let outside: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "phase-gate-files-")));
  outside = realpathSync(mkdtempSync(join(tmpdir(), "phase-gate-outside-")));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  rmSync(outside, { recursive: true });
});

const good = '<testsuite name="s"><testcase name="a"/></testsuite>';
const put = (path: string, text = good) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const find = (glob: string) => findFiles(glob, { root: folder, base: folder });
const names = (glob: string) => find(glob).files.map(({ shown }) => shown);
const codes = (report: Report) => report.problems.map(({ code, severity }) => `${severity} ${code}`);
const gate = (sources: string, startedAt?: number, more = "") => {
  const text = `version: 1\n${more}\nsources: ${sources}\nphases: [{ name: A, kpis: { tests.error_rate: at most 0% } }]\n`;
  const { config, problems } = parseConfig(
    sources === "" ? text.replace("sources: \n", "") : text,
    "gate.yml",
  );
  return runGate({
    name: "phase-gate",
    run: { at: "2026-11-24T00:00:00.000Z" },
    config,
    problems,
    workspace: { root: folder, base: folder },
    ...(startedAt === undefined ? {} : { startedAt }),
  });
};

describe("finding report files", () => {
  test("matches globs in the order of names, hidden folders too, and never in node_modules", () => {
    for (const path of ["b/2.xml", "b/1.xml", "a.xml", ".hidden/c.xml", "node_modules/x/d.xml", "b/e.txt"])
      put(path);
    expect(names("**/*.xml")).toEqual([".hidden/c.xml", "a.xml", "b/1.xml", "b/2.xml"]);
    expect(names("b/*.xml")).toEqual(["b/1.xml", "b/2.xml"]);
    expect(names("b/{1,2}.xml")).toEqual(["b/1.xml", "b/2.xml"]);
    expect(names("a.xml")).toEqual(["a.xml"]);
    expect(names("./b/1.xml")).toEqual(["b/1.xml"]);
    expect(names("none/*.xml")).toEqual([]);
  });

  test.each(["../*.xml", "b/../../x.xml", "/etc/*.xml", "/etc/passwd"])(
    "%s leads outside the workspace",
    (glob) => {
      expect(find(glob).problems.map(({ code }) => code)).toEqual(["outside-workspace"]);
    },
  );

  test("does not follow a link to a folder, and refuses one that is named", () => {
    writeFileSync(join(outside, "secret.xml"), good);
    symlinkSync(outside, join(folder, "link"));
    expect(names("**/*.xml")).toEqual([]);
    expect(find("link/*.xml").problems.map(({ code }) => code)).toEqual(["outside-workspace"]);
  });

  test("a link to a file is an error and not read", () => {
    writeFileSync(join(outside, "secret.xml"), good);
    symlinkSync(join(outside, "secret.xml"), join(folder, "junit.xml"));
    expect(codes(gate("{ tests: junit*.xml }"))).toContain("error not-a-file");
  });

  test("a pipe does not make it hang", () => {
    execFileSync("mkfifo", [join(folder, "junit.xml")]);
    expect(codes(gate("{ tests: junit.xml }"))).toContain("error not-a-file");
  });

  test("an absent file has a name for what is wrong", () => {
    expect(() => [...readPieces(join(folder, "none.xml"), "none.xml")]).toThrow("does not exist");
  });
});

describe("evidence that is not complete", () => {
  test("a glob that matches nothing is an error when other files of the family were found", () => {
    put("unit.xml");
    expect(codes(gate("{ tests: [unit.xml, e2e/*.xml] }"))).toEqual(["error no-files"]);
    expect(codes(gate("{ tests: [unit.xml, { files: e2e/*.xml, optional: true }] }"))).toEqual([]);
  });

  test("when a whole family has no file the rules decide, and the verdict quotes the glob", () => {
    const report = gate("{ tests: reports/*.xml }");
    expect(codes(report)).toEqual([]);
    expect(report.gate?.phases[0]?.rules[0]).toMatchObject({
      verdict: "missing",
      reason: "no file matched reports/*.xml",
    });
    expect(report.gate?.outcome).toBe("error");
  });

  test("fewer or more files than expected are an error that counts", () => {
    put("s/1.xml");
    put("s/2.xml");
    const message = (expected: number) =>
      gate(`{ tests: { files: s/*.xml, expect: ${expected} } }`).problems[0]?.message;
    expect([message(3), message(2), message(1)]).toEqual([
      "2 of 3 expected files found",
      undefined,
      "2 of 1 expected files found",
    ]);
    expect(codes(gate("{ tests: { files: none/*.xml, expect: 1 } }"))).toEqual(["error no-files"]);
  });

  test("one bad file of many is an error that names it", () => {
    put("s/1.xml");
    put("s/2.xml", good.slice(0, 30));
    const report = gate("{ tests: s/*.xml }");
    expect(report.problems[0]).toMatchObject({ code: "xml-syntax", at: { file: "s/2.xml" } });
    expect([report.gate?.outcome, report.gate?.reached]).toEqual(["error", 0]);
  });

  test("a file that two globs match is read once, and neither is told to match nothing", () => {
    put("s/1.xml");
    expect(codes(gate("{ tests: [s/1.xml, s/1.xml] }"))).toEqual([]);
    expect(gate("{ tests: [s/*.xml, s/1.xml] }").tests?.counts.total).toBe(1);
  });

  test("a file of another family is an error", () => {
    put("lcov.info", "TN:\nSF:a\nDA:1,1\nend_of_record\n");
    const report = gate("{ tests: lcov.info }");
    expect(codes(report)).toContain("error wrong-family");
    expect([...report.kpis]).toEqual([]);
  });

  test("a file from before the job is stale, unless that is allowed", () => {
    put("junit.xml");
    const now = Date.now();
    utimesSync(join(folder, "junit.xml"), now / 1000 - 60, now / 1000 - 60);
    expect(codes(gate("{ tests: junit.xml }", now))).toEqual(["error stale-file"]);
    expect(codes(gate("{ tests: { files: junit.xml, stale: allow } }", now))).toEqual([]);
    expect(codes(gate("{ tests: junit.xml }", now - 61_000))).toEqual([]);
    expect(codes(gate("{ tests: junit.xml }"))).toEqual([]);
  });

  test("attempts are told from tests as the configuration says", () => {
    const cases = '<testcase name="a"><failure/></testcase><testcase name="a" time="1"/>';
    put("junit.xml", `<testsuite name="s">${cases}</testsuite>`);
    const flaky = (more: string) => gate("{ tests: junit.xml }", undefined, more).tests?.counts.flaky;
    expect([flaky("retries: elements"), flaky("retries: same-name-in-suite")]).toEqual([0, 1]);
  });

  test("an empty family is never green", () => {
    put("junit.xml", "<testsuites/>");
    expect(gate("{ tests: junit.xml }").gate?.outcome).toBe("error");
    put("junit.xml", '<testsuite name="s"><testcase name="a"><skipped/></testcase></testsuite>');
    expect(gate("{ tests: junit.xml }").gate?.outcome).toBe("error");
  });
});

describe("without sources", () => {
  const git = (...args: string[]) => execFileSync("git", ["-C", folder, ...args], { stdio: "ignore" });

  test("well-known names are looked for, and files that git tracks are left out", () => {
    put("junit.xml");
    put("old/junit.xml");
    expect(gate("").tests?.counts.total).toBe(2);
    git("init");
    git("add", "old/junit.xml");
    expect(gate("").files.map(({ path }) => path)).toEqual(["junit.xml"]);
  });

  test("says so when git cannot be asked in a checkout", () => {
    put("junit.xml");
    writeFileSync(join(folder, ".git"), "gitdir: nowhere\n");
    expect(codes(gate(""))).toEqual(["warning git-unavailable"]);
  });

  test("a file that is another format under a well-known name is told of", () => {
    put("junit.xml");
    put("cobertura.xml", "<html/>");
    expect(codes(gate(""))).toEqual(["error unknown-format"]);
  });
});

test("the line of a failing test is taken from its stack trace where its report gives none", () => {
  put("a.test.ts", "");
  const trace = "AssertionError: no\n ❯ node_modules/x.js:1:1\n ❯ a.test.ts:18:46";
  put(
    "junit.xml",
    `<testsuite><testcase name="a" file="a.test.ts"><failure>${trace}</failure></testcase></testsuite>`,
  );
  expect(gate("{ tests: junit.xml }").tests?.failing[0]?.source).toEqual({ file: "a.test.ts", line: 18 });
});

describe("the workspace", () => {
  test("is GITHUB_WORKSPACE, else the top of the checkout, else the folder", () => {
    mkdirSync(join(folder, "a/b"), { recursive: true });
    expect(findWorkspaceRoot(join(folder, "a/b"), {})).toBe(join(folder, "a/b"));
    mkdirSync(join(folder, ".git"));
    expect(findWorkspaceRoot(join(folder, "a/b"), {})).toBe(folder);
    expect(findWorkspaceRoot(folder, { GITHUB_WORKSPACE: outside })).toBe(outside);
  });

  test("globs are relative to the folder of the configuration, or to the parent of .github", () => {
    mkdirSync(join(folder, ".github"));
    expect(baseOf(".github/phase-gate.yml", folder)).toBe(folder);
    expect(baseOf("phase-gate.yml", folder)).toBe(folder);
    expect(baseOf(undefined, folder)).toBe(folder);
  });

  test("places in the code are paths of files that exist in it", () => {
    put("web/src/a.ts");
    const at = (file: string) => pathInRepository(file, { root: folder, base: join(folder, "web") });
    expect([at("src/a.ts"), at("web/src/a.ts"), at(join(folder, "web/src/a.ts"))]).toEqual(
      Array(3).fill("web/src/a.ts"),
    );
    expect([at("src/none.ts"), at("/etc/passwd"), at("../../etc/passwd")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("insides and outsides", () => {
    expect([
      isInside("/a/b", "/a"),
      isInside("/a", "/a"),
      isInside("/ab", "/a"),
      isInside("/", "/a"),
    ]).toEqual([true, true, false, false]);
    expect(isInside("/a/..b", "/a")).toBe(true);
  });
});
