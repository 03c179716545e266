import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { collect as collectFacts } from "../core/collect.ts";
import { isError } from "../core/model/problem.ts";
import { createMask } from "../core/report/mask.ts";
import { maskEvidence } from "../core/report/mask-report.ts";
import { problemText } from "../core/report/problem-text.ts";
import { plural } from "../core/report/words.ts";
import { gatherHere } from "../gather.ts";
import { defaultConfigFile, loadConfig } from "../io/config-file.ts";
import { readEnvironment } from "../io/environment.ts";
import { secretValues } from "../io/secrets.ts";
import { openWorkspace } from "../io/workspace.ts";
import type { Command } from "./command.ts";
import { writeFile } from "./write-file.ts";

const defaultFile = "phase-gate-facts.json";

/** The report files of this runner as one facts file, which the gate reads on another. */
export const collect: Command = {
  summary: "write the facts of all report files here to one small file, for a gate elsewhere",
  usage: "collect",
  options: {
    config: {
      type: "string",
      value: "FILE",
      help: `configuration whose sources are read (default: ${defaultConfigFile})`,
    },
    root: {
      type: "string",
      value: "DIR",
      help: "folder that globs are relative to (default: that of the configuration)",
    },
    out: { type: "string", value: "FILE", help: `where to write (default: ${defaultFile})` },
  },
  async run({ values, positionals, cwd, env, out, err, fail }) {
    if (positionals.length > 0) return fail(`collect takes no arguments, found "${positionals[0]}"`);
    const root = values["root"] as string | undefined;
    if (root !== undefined && !existsSync(resolve(cwd, root)))
      return fail(`the folder ${root} does not exist`);
    const loaded = loadConfig((values["config"] as string | undefined) ?? defaultConfigFile, cwd);
    for (const problem of loaded.problems) err(`${problemText(problem)}\n`);
    if (loaded.config === null) return 2;
    const workspace = openWorkspace(loaded.file, root, cwd, env);
    const written = new Date().toISOString();
    const { run, startedAt } = readEnvironment(env, written);
    const gathered = gatherHere(loaded.config, { workspace, startedAt });
    const evidence = maskEvidence(gathered, createMask(secretValues(env)));
    const files = evidence.sources.flatMap((source) => source.files);
    const found = evidence.sources.flatMap((source) => source.problems);
    for (const problem of [...found, ...files.flatMap((file) => file.problems)])
      err(`${problemText(problem)}\n`);
    const text = collectFacts(evidence, {
      id: crypto.randomUUID(),
      written,
      retries: loaded.config.retries,
      groups: new Map([...loaded.config.groups].map(([name, { tests }]) => [name, tests])),
      ...(run.id === undefined ? {} : { run: run.id }),
    });
    const path = (values["out"] as string | undefined) ?? defaultFile;
    const unwritten = writeFile(path, () => text, cwd);
    for (const problem of unwritten) err(`${problemText(problem)}\n`);
    if (unwritten.length > 0) return 4;
    const bad = files.filter(({ problems }) => problems.some(isError)).length;
    const errors = bad === 0 ? "" : `, ${bad} with an error`;
    out(`${path}: ${plural(files.length, "report file")}${errors}, ${Math.ceil(text.length / 1024)} KiB\n`);
    if (files.length > 0) return 0;
    err("phase-gate: no report file was found, which will be an error in the gate\n");
    return 2;
  },
};
