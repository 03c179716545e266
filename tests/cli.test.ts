import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testPath } from "./runner/bytes.ts";
import { runCli } from "./runner/run-cli.ts";

const example = (name: string) => `examples/${name}/phase-gate.yml`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "phase-gate-cli-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe("exit codes", () => {
  const cases = [
    ["pass", ["check", "--config", example("quickstart")], 0],
    ["without a command, check runs", ["--config", example("quickstart")], 0],
    ["a broken rule", ["check", "--config", example("failing")], 1],
    ["evidence that cannot be judged", ["check", "--config", example("broken")], 2],
    ["a configuration that does not exist", ["check", "--config", "none.yml"], 2],
    ["a root that does not exist", ["check", "--root", "none"], 2],
    ["an unknown command", ["chek"], 2],
    ["an unknown option", ["check", "--confg", "x"], 2],
    ["an option without its value", ["check", "--config"], 2],
    ["an argument too many", ["check", "junit.xml"], 2],
    [
      "a report that cannot be written",
      ["check", "--config", example("quickstart"), "--report", "none/report.json"],
      4,
    ],
    ["help", ["--help"], 0],
    ["help of a command", ["inspect", "--help"], 0],
    ["the version", ["--version"], 0],
    ["inspect without a file", ["inspect"], 2],
    ["inspect of failing tests", ["inspect", "examples/failing/reports/junit.xml"], 0],
    ["inspect of a damaged file", ["inspect", "examples/broken/reports/integration.xml"], 2],
    ["inspect of no file", ["inspect", "none.xml"], 2],
    ["collect with an argument too many", ["collect", "junit.xml"], 2],
    ["collect with a configuration that does not exist", ["collect", "--config", "none.yml"], 2],
    [
      "collect to a folder that does not exist",
      ["collect", "--config", example("quickstart"), "--out", "none/f"],
      4,
    ],
    ["kpis", ["kpis"], 0],
    ["tune", ["tune", "--config", example("ratchet")], 0],
    ["tune without a history", ["tune", "--config", example("quickstart")], 2],
    ["tune of a history without a run", ["tune", "--config", example("ratchet"), "--history", "none"], 2],
    ["tune with what is no limit", ["tune", "--config", example("ratchet"), "coverage.lines 80%"], 2],
    ["tune with an unknown KPI", ["tune", "--config", example("ratchet"), "coverage.line: 80%"], 2],
    ["kpis of a damaged file", ["kpis", "examples/broken/reports/integration.xml"], 2],
  ] as const;

  test.each(cases)("%s", (_, args, code) => {
    const { exitCode, out, err } = runCli(args);
    expect(exitCode, out + err).toBe(code);
    expect(out + err).not.toMatch(/undefined|\[object|at .*\.js:\d/);
  });
});

test.each(["", "check", "collect", "inspect", "kpis", "tune"])(
  "help of %j reads as its golden",
  async (command) => {
    const { out } = runCli([...(command === "" ? [] : [command]), "--help"]);
    await expect(out).toMatchFileSnapshot(testPath("goldens", "help", `${command || "all"}.txt`));
  },
);

test("a wrong option is told as its golden says", async () => {
  const { err } = runCli(["check", "--confg", "gate.yml"]);
  await expect(err).toMatchFileSnapshot(testPath("goldens", "help", "unknown-option.txt"));
});

describe("collect", () => {
  const collect = (name: string, out: string) => {
    const path = join(folder, out);
    return { path, ...runCli(["collect", "--config", example(name), "--out", path]) };
  };

  test("writes what the gate says the same of as of the report files", () => {
    const { path, exitCode, out } = collect("quickstart", "facts.json");
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/facts\.json: 2 report files, \d+ KiB/)]);
    const plan = readFileSync(testPath("..", example("quickstart")), "utf8");
    const gate = write("gate.yml", plan.replace(/^sources:\n( .*\n)+/m, "sources: { facts: facts.json }\n"));
    const judged = (config: string) => {
      const { outcome, kpis, phases } = JSON.parse(
        runCli(["check", "--config", config, "--json"]).out,
      ) as Record<string, unknown>;
      return { outcome, kpis, phases };
    };
    expect(judged(gate)).toEqual(judged(example("quickstart")));
    expect(runCli(["inspect", path]).out).toMatch(/facts\.json: facts\n {2}2 report files, collected 2/);
    expect(JSON.parse(runCli(["inspect", path, "--json"]).out)).toMatchObject({
      files: [{ format: "facts", facts: { files: [{ family: "tests" }, { family: "coverage" }] } }],
    });
    expect(runCli(["kpis", path]).out).toMatch(/tests.pass_rate\s+100%/);
  });

  test("leaves secrets out of the file and the log", () => {
    const token = `ghp_${"a1B2".repeat(9)}`;
    write(
      "leak.xml",
      `<testsuite name="s"><testcase name="a"><failure message="${token}"/></testcase></testsuite>`,
    );
    write(
      "leak.yml",
      "version: 1\nsources: { tests: leak.xml }\nphases: [{ name: A, kpis: { tests.total: 1 } }]\n",
    );
    const path = join(folder, "leak.json");
    const { out, err } = runCli(["collect", "--config", join(folder, "leak.yml"), "--out", path]);
    expect(readFileSync(path, "utf8")).toContain('"message":"***"');
    expect(readFileSync(path, "utf8") + out + err).not.toContain(token);
  });

  test("keeps the errors of report files for the gate to judge", () => {
    const { exitCode, out, err } = collect("broken", "broken-facts.json");
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/, \d with an error,/)]);
    expect(err).toMatch(/error: /);
    const gate = write(
      "broken.yml",
      "version: 1\nsources: { facts: broken-facts.json }\nphases: [{ name: A, kpis: { tests.total: 1 } }]\n",
    );
    const check = runCli(["check", "--config", gate]);
    expect([check.exitCode, check.out]).toEqual([2, expect.stringMatching(/in broken-facts\.json/)]);
  });

  test("says that it found nothing", () => {
    write(
      "none.yml",
      "version: 1\nsources: { tests: none/*.xml }\nphases: [{ name: A, kpis: { tests.total: 1 } }]\n",
    );
    const { exitCode, err } = runCli([
      "collect",
      "--config",
      join(folder, "none.yml"),
      "--out",
      join(folder, "empty.json"),
    ]);
    expect([exitCode, err]).toEqual([2, expect.stringMatching(/no report file was found/)]);
    expect(runCli(["inspect", join(folder, "empty.json")]).exitCode).toBe(2);
  });
});

describe("check", () => {
  test("writes the report and the comment where asked, and prints JSON instead of the page", () => {
    const [report, markdown] = [join(folder, "report.json"), join(folder, "comment.md")];
    const { out } = runCli([
      "check",
      "--config",
      example("failing"),
      "--json",
      "--report",
      report,
      "--markdown",
      markdown,
    ]);
    const at = (text: string) => text.replace(/"at": "\d{4}-[^"]*"/, "");
    expect(at(readFileSync(report, "utf8"))).toBe(at(out));
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      outcome: "fail",
      reached: null,
      require: "Reliability",
    });
    expect(readFileSync(markdown, "utf8")).toMatch(/^### ❌ No phase reached/);
  });

  test("has no colour where it is not a terminal", () => {
    expect(runCli(["check", "--config", example("failing")]).out).not.toContain("\x1b[");
  });

  test("runs the built-in phases in a folder without a configuration", () => {
    write("junit.xml", '<testsuite name="s"><testcase name="a"/></testsuite>');
    const { exitCode, out } = runCli(["check"], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(out).toContain("1 Stabilization  1 of 1");
    expect(out).toContain("no file matched **/lcov.info, **/coverage-final.json");
    write("lcov.info", "TN:\nSF:a.js\nDA:1,1\nend_of_record\n");
    expect(runCli(["check"], { cwd: folder }).exitCode).toBe(0);
  });

  test("a configuration problem is told with its line and nothing is judged", () => {
    const config = write(
      "bad.yml",
      "version: 1\nphases:\n  - name: A\n    kpis:\n      coverage.line: 90%\n",
    );
    const { exitCode, out } = runCli(["check", "--config", config]);
    expect(exitCode).toBe(2);
    expect(out).toMatch(
      /bad\.yml:5:7: error: unknown KPI "coverage\.line", did you mean "coverage\.lines"\?/,
    );
  });

  test("a configuration that is a link is not followed", () => {
    symlinkSync(testPath("..", example("quickstart")), join(folder, "link.yml"));
    const { exitCode, out } = runCli(["check", "--config", join(folder, "link.yml")]);
    expect(exitCode).toBe(2);
    expect(out).toContain("the configuration is a link, which is not followed [config-missing]");
  });

  test("mode report passes, but not with a configuration that cannot be read", () => {
    const text = readFileSync(testPath("..", example("failing")), "utf8");
    const root = testPath("..", "examples", "failing");
    const config = write("report.yml", `mode: report\n${text}`);
    const { exitCode, out } = runCli(["check", "--config", config, "--root", root], {
      env: { GITHUB_WORKSPACE: "" },
    });
    expect([exitCode, out.split("\n")[0]]).toEqual([
      0,
      "✗ Phase Gate: No phase reached (0 of 2) (report only)",
    ]);
    expect(runCli(["check", "--config", write("worse.yml", "mode: report\nphases: 1\n")]).exitCode).toBe(2);
  });
});

describe("inspect --json", () => {
  test("prints one document as the contract says", () => {
    const files = [
      "examples/failing/reports/junit.xml",
      "examples/quickstart/coverage/lcov.info",
      "README.md",
      "none.xml",
    ];
    const { exitCode, out } = runCli(["inspect", "--json", ...files]);
    expect(exitCode).toBe(2);
    const document = JSON.parse(out) as { schema: number; files: readonly Record<string, unknown>[] };
    expect(document.schema).toBe(1);
    expect(document.files.map(({ path }) => path)).toEqual(files);
    expect(document.files[0]).toMatchObject({
      format: "junit",
      tests: {
        total: 28,
        passed: 22,
        failed: 3,
        errored: 1,
        skipped: 2,
        flaky: 0,
        seconds: expect.closeTo(0.006, 6) as number,
      },
      problems: [],
    });
    expect(document.files[1]).toMatchObject({
      format: "lcov",
      coverage: { files: 3, lines: { covered: 53, total: 55 }, branches: { covered: 41, total: 43 } },
    });
    for (const file of document.files.slice(2)) {
      expect(file).toMatchObject({ format: null, problems: [{ severity: "error" }] });
      expect(Object.keys((file["problems"] as readonly object[])[0]!)).toEqual(
        expect.arrayContaining(["code", "message", "at"]),
      );
    }
  });
});

describe("examples", () => {
  const names = ["quickstart", "failing", "broken", "monorepo"] as const;
  const still = (text: string) => text.replace(/"at": "\d{4}-[^"]*"/, '"at": "2026-11-24T00:00:00.000Z"');

  test.each(names)("%s gives the page, comment, report and exit code that stand beside it", async (name) => {
    const expected = (file: string) => testPath("..", "examples", name, "expected", file);
    const markdown = join(folder, `${name}.md`);
    const report = join(folder, `${name}.json`);
    const { exitCode, out } = runCli([
      "check",
      "--config",
      example(name),
      "--markdown",
      markdown,
      "--report",
      report,
    ]);
    await expect(out).toMatchFileSnapshot(expected("console.txt"));
    await expect(readFileSync(markdown, "utf8")).toMatchFileSnapshot(expected("comment.md"));
    await expect(still(readFileSync(report, "utf8"))).toMatchFileSnapshot(expected("report.json"));
    await expect(`${exitCode}\n`).toMatchFileSnapshot(expected("exit-code"));
  });
});
