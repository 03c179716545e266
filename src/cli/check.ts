import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { recordPath, recordsFolder } from "../core/history/layout.ts";
import { exitCode } from "../core/model/exit-code.ts";
import type { RunRecord } from "../core/model/history.ts";
import { renderConsole } from "../core/report/console.ts";
import { renderJson } from "../core/report/json.ts";
import { renderMarkdown } from "../core/report/markdown.ts";
import { createMask } from "../core/report/mask.ts";
import { maskReport } from "../core/report/mask-report.ts";
import { problemText } from "../core/report/problem-text.ts";
import { runGate } from "../gate.ts";
import { baseConfigFile } from "../io/base-config.ts";
import { changesSince } from "../io/changes.ts";
import { defaultConfigFile, loadConfig } from "../io/config-file.ts";
import { secretValues } from "../io/secrets.ts";
import { openWorkspace } from "../io/workspace.ts";
import { withAnswers } from "../live.ts";
import { withPast } from "../past.ts";
import { recordRun } from "../record-run.ts";
import type { Command } from "./command.ts";
import { elsewhere, localGate, namedStore } from "./local-history.ts";
import { writeFile } from "./write-file.ts";

/** The whole gate, locally. */
export const check: Command = {
  summary: "judge the report files and print the page (the default)",
  usage: "check",
  options: {
    config: {
      type: "string",
      value: "FILE",
      help: `configuration (default: ${defaultConfigFile}, else two built-in phases)`,
    },
    root: {
      type: "string",
      value: "DIR",
      help: "folder that globs are relative to (default: that of the configuration)",
    },
    base: {
      type: "string",
      value: "REF",
      help: "branch or commit to compare with, for the coverage of changed lines",
    },
    "base-config": {
      type: "string",
      value: "FILE",
      help: "configuration that this one may not ask less than",
    },
    labels: {
      type: "string",
      value: "A,B",
      help: "labels that the change bears; one of them may accept a weakening",
    },
    history: { type: "string", value: "DIR", help: "folder of the recorded runs to compare with" },
    record: {
      type: "boolean",
      help: "add this run to the history, if it is a complete run of the default branch",
    },
    report: { type: "string", value: "FILE", help: "write the report as JSON" },
    markdown: { type: "string", value: "FILE", help: "write the comment as Markdown" },
    json: { type: "boolean", help: "print the report as JSON instead of the page" },
  },
  async run(invocation) {
    const { values, positionals, cwd, env, out, err, fail } = invocation;
    if (positionals.length > 0)
      return fail(`check takes no arguments, found "${positionals[0]}"${asOption(positionals[0]!)}`);
    const configFile = values["config"] as string | undefined;
    const root = values["root"] as string | undefined;
    if (root !== undefined && !existsSync(resolve(cwd, root)))
      return fail(`the folder ${root} does not exist`);
    const { config, problems, file } = loadConfig(configFile ?? defaultConfigFile, cwd);
    const workspace = openWorkspace(file, root, cwd, env);
    const since = values["base"] as string | undefined;
    const found = since === undefined ? undefined : changesSince(since, workspace.root);
    const before = values["base-config"] as string | undefined;
    if (values["labels"] !== undefined && before === undefined)
      return fail("--labels needs --base-config FILE: labels accept what this one asks less than that one");
    const held = before === undefined ? { problems: [] } : baseConfigFile(before, cwd);
    const named = values["history"] as string | undefined;
    const given = {
      name: localGate,
      run: { at: new Date().toISOString() },
      config,
      problems: [...problems, ...(found?.problems ?? []), ...held.problems],
      workspace,
      ...("base" in held ? { baseConfig: held.base } : {}),
      labels: String(values["labels"] ?? "")
        .split(",")
        .map((label) => label.trim()),
      changes: found?.changes ?? { kind: "none" as const, reason: "no --base to compare with" },
    };
    const store = config?.baseline.store;
    const folder = named ?? (store?.kind === "file" ? store.path : undefined);
    if (values["record"] === true && folder === undefined)
      return fail("--record needs --history DIR, or `baseline: { store: file, path: DIR }`");
    const { settings, history } = await withPast(given, {
      named: namedStore(named, cwd),
      elsewhere,
    });
    const report = maskReport(runGate(await withAnswers(settings, env)), createMask(secretValues(env)));
    out(values["json"] === true ? renderJson(report) : renderConsole(report, { colour: invocation.colour }));
    if (history && folder !== undefined && values["record"] === true) {
      const recorded = await recordRun(history, report);
      const lines =
        "record" in recorded ? [recordedText(recorded.record, folder)] : recorded.problems.map(problemText);
      for (const line of lines) err(`${line}\n`);
    }
    const unwritten = [
      ...writeFile(values["report"], () => renderJson(report), cwd),
      ...writeFile(values["markdown"], () => renderMarkdown(report), cwd),
    ];
    for (const problem of unwritten) err(`${problemText(problem)}\n`);
    return unwritten.length > 0 ? 4 : exitCode(report);
  },
};

function asOption(argument: string): string {
  return /\.ya?ml$/.test(argument) ? `; name a configuration by --config ${argument}` : "";
}

function recordedText(record: RunRecord, folder: string): string {
  const { number, attempt, sha } = record;
  const again = attempt === 1 ? "" : `, attempt ${attempt}`;
  return `recorded: run ${number}${again} of commit ${sha.slice(0, 7)}, in ${folder}/${recordsFolder(localGate)}/${recordPath(record)}`;
}
