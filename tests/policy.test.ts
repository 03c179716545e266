import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { defaultConfig, parseConfig } from "../src/core/config/parse-config.ts";
import { applyPolicy } from "../src/core/config/policy.ts";
import { renderConsole } from "../src/core/report/console.ts";
import { renderJson } from "../src/core/report/json.ts";
import { renderCheckSummary, renderMarkdown } from "../src/core/report/markdown.ts";
import { headSentence } from "../src/core/report/sentence.ts";
import { runGate } from "../src/gate.ts";
import { baseConfigByGit, baseConfigFile } from "../src/io/base-config.ts";
import { git as runGit } from "./runner/repository.ts";

const folders: string[] = [];
const folder = () => {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "phase-gate-policy-")));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true });
});

const text = (limit: string, more = "") =>
  `version: 1\n${more}\nphases: [{ name: Stabilization, kpis: { tests.pass_rate: ${limit} } }]\n`;
const config = (written: string) => {
  const { config: parsed, problems } = parseConfig(written, ".github/phase-gate.yml");
  if (!parsed) throw new Error(problems.map(({ message }) => message).join());
  return parsed;
};
const label = 'policy: { accept-weaker: "label:gate-change-approved" }';
const held = (base: string) =>
  ({ kind: "config", where: "the configuration of main", config: config(base) }) as const;

describe("a change that asks less", () => {
  const rows: readonly (readonly [string, string, string, readonly string[], string | undefined, string])[] =
    [
      ["is an error", text("90%"), text("80%"), [], "weaker-rules", "at least 90%"],
      [
        "is no error with the label that the base names",
        text("90%", label),
        text("80%", label),
        ["bug", "gate-change-approved"],
        undefined,
        "at least 80%",
      ],
      [
        "is an error with another label",
        text("90%", label),
        text("80%", label),
        ["gate-change"],
        "weaker-rules",
        "at least 90%",
      ],
      [
        "cannot accept itself by naming a label",
        text("90%"),
        text("80%", label),
        ["gate-change-approved"],
        "weaker-rules",
        "at least 90%",
      ],
      [
        "cannot accept itself by naming another label",
        text("90%", label),
        text("80%", 'policy: { accept-weaker: "label:mine" }'),
        ["mine"],
        "weaker-rules",
        "at least 90%",
      ],
      [
        "of the evidence is an error",
        text("90%", "integrity: strict"),
        text("90%"),
        [],
        "weaker-evidence",
        "at least 90%",
      ],
      [
        "of the policy is an error",
        text("90%"),
        text("90%", "mode: report"),
        [],
        "weaker-policy",
        "at least 90%",
      ],
      ["that asks more is none", text("80%"), text("90%"), [], undefined, "at least 90%"],
      ["that asks the same is none", text("90%"), text("90%"), [], undefined, "at least 90%"],
    ];
  test.each(rows)("%s", (_, base, head, labels, code, limit) => {
    const ruled = applyPolicy(config(head), held(base), labels);
    const codes = ruled.problems.map((problem) => `${problem.code} ${problem.severity}`);
    if (code === undefined) expect(codes).toEqual([]);
    else expect(codes).toContain(`${code} error`);
    expect(ruled.config.phases[0]?.rules[0]?.pass.map((one) => one.text)).toEqual([limit]);
  });

  test("by deleting the file is one", () => {
    const { problems, policy } = applyPolicy(defaultConfig(), held(text("10%")), []);
    expect(problems.map(({ code }) => code)).toContain("weaker-policy");
    expect(policy?.weaker.map(({ what }) => what)).toContainEqual(
      expect.stringMatching(/phase-gate\.yml is gone, and the built-in phases run/),
    );
  });

  test("without a configuration to compare with is a first one, and said to be so", () => {
    const { problems, policy } = applyPolicy(
      config(text("1%")),
      { kind: "absent", where: "the configuration of main" },
      [],
    );
    expect(problems).toMatchObject([{ code: "first-configuration", severity: "note" }]);
    expect(policy).toBeNull();
  });

  test("tells how many ways there are, and what to do", () => {
    const base = text("90%", "integrity: strict").replace("90%", "90%, tests.failed: 0");
    const { problems } = applyPolicy(config(text("80%")), held(base), []);
    expect(problems.map(({ message, hint }) => `${message} ${hint}`)).toEqual([
      'asks less than the configuration of main: tests.pass_rate in Stabilization: "at least 90%" is now "at least 80%" (and 1 more) Undo it. The configuration of main names no label that accepts it (`policy: { accept-weaker: "label:..." }`).',
      'asks less than the configuration of main: integrity: strict is now normal Undo it. The configuration of main names no label that accepts it (`policy: { accept-weaker: "label:..." }`).',
    ]);
  });
});

describe("the gate", () => {
  const judged = (base: string, head: string, labels: readonly string[] = []) => {
    const root = folder();
    writeFileSync(
      join(root, "junit.xml"),
      `<testsuite>${'<testcase name="a"/>'.repeat(17)}${'<testcase name="b"><failure/></testcase>'.repeat(3)}</testsuite>`,
    );
    return runGate({
      name: "phase-gate",
      run: { at: "2026-11-24T00:00:00.000Z" },
      config: config(head),
      problems: [],
      workspace: { root, base: root },
      baseConfig: held(base),
      labels,
    });
  };

  test("judges by the stricter limit and is red, even where the weaker one holds", () => {
    const report = judged(text("90%"), text("80%"));
    expect(report.gate?.outcome).toBe("error");
    expect(report.gate?.phases[0]?.rules[0]?.verdict).toBe("broken");
    expect(headSentence(report)).toBe("This change loosens the gate in 1 way, not accepted.");
  });

  test("is red although the stricter limit holds, because the next change would have the weaker one", () => {
    expect(judged(text("80%"), text("70%")).gate?.outcome).toBe("error");
  });

  test("judges by the weaker limit once that is accepted, and still lists it", () => {
    const report = judged(text("90%", label), text("80%", label), ["gate-change-approved"]);
    expect(report.gate?.outcome).toBe("pass");
    for (const page of [
      renderMarkdown(report),
      renderCheckSummary(report),
      renderConsole(report),
      renderJson(report),
    ]) {
      expect(page).toMatch(/at least 90%.{1,6} is now/);
      expect(page).toContain("gate-change-approved");
    }
  });

  test("is not switched to report by the change itself", () => {
    const report = judged(text("90%"), text("90%", "mode: report"));
    expect([report.mode, report.gate?.outcome]).toEqual(["enforce", "error"]);
  });
});

describe("the configuration of the base", () => {
  const repository = () => {
    const root = folder();
    const git = (...args: readonly string[]) => runGit(root, ...args);
    git("init", "-q", "-b", "main");
    writeFileSync(join(root, "gate.yml"), text("90%"));
    writeFileSync(join(root, "broken.yml"), "version: 1\nphases: [\n");
    symlinkSync("gate.yml", join(root, "link.yml"));
    git("add", "-A");
    git("commit", "-qm", "base");
    return { root, sha: git("rev-parse", "HEAD") };
  };
  const found = (path: string) => {
    const { root, sha } = repository();
    const result = baseConfigByGit(root, sha, path, "the configuration of main");
    return (
      result &&
      ("base" in result
        ? result.base.kind
        : result.problems.map(({ code, severity, message }) => `${code} ${severity}: ${message}`))
    );
  };

  test("comes from the commit of the base", () => {
    expect(found("gate.yml")).toBe("config");
  });

  test("is absent where that commit has none", () => {
    expect(found("other.yml")).toBe("absent");
  });

  test("is an error where it does not parse, and no first adoption", () => {
    expect(found("broken.yml")).toEqual([
      expect.stringMatching(/^config-base error: the configuration of main does not parse: line \d+: /),
    ]);
  });

  test("is an error where it is a link", () => {
    expect(found("link.yml")).toEqual([expect.stringMatching(/^config-base error/)]);
  });

  test("is not looked for where the checkout does not hold the commit", () => {
    const { root } = repository();
    expect(
      baseConfigByGit(root, "0123456789012345678901234567890123456789", "gate.yml", "x"),
    ).toBeUndefined();
  });

  test("of a file that is not there is an error", () => {
    expect(baseConfigFile("no.yml", folder()).problems).toMatchObject([
      { code: "config-base", severity: "error", message: "the base configuration does not exist" },
    ]);
  });
});
