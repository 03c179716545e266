import { kpis } from "../core/measure/index.ts";
import { isError } from "../core/model/problem.ts";
import { problemText } from "../core/report/problem-text.ts";
import { renderTuning, renderTuningJson } from "../core/report/tuning.ts";
import { parseGiven } from "../core/tune/given.ts";
import { replay } from "../core/tune/replay.ts";
import { defaultConfigFile, loadConfig } from "../io/config-file.ts";
import { openWorkspace } from "../io/workspace.ts";
import { openStore } from "../past.ts";
import type { Command } from "./command.ts";
import { elsewhere, localGate, namedStore } from "./local-history.ts";

/** Which recorded runs the limits would have failed, and what their spread suggests. */
export const tune: Command = {
  summary: "replay the limits, or other ones, over the recorded runs",
  usage: 'tune ["KPI: LIMIT"...]',
  options: {
    config: {
      type: "string",
      value: "FILE",
      help: `configuration (default: ${defaultConfigFile}, else two built-in phases)`,
    },
    history: {
      type: "string",
      value: "DIR",
      help: "folder of the recorded runs (default: that of the configuration)",
    },
    json: { type: "boolean", help: "print one JSON document" },
  },
  async run({ values, positionals, cwd, env, out, err, fail }) {
    const { config, problems, file } = loadConfig(
      (values["config"] as string | undefined) ?? defaultConfigFile,
      cwd,
    );
    for (const problem of problems) err(`${problemText(problem)}\n`);
    if (!config) return 2;
    const known = { ...kpis, ...Object.fromEntries(config.own) };
    const parsed = parseGiven(positionals, known);
    if ("wrong" in parsed) return fail(parsed.wrong);
    const workspace = openWorkspace(file, undefined, cwd, env);
    const store =
      namedStore(values["history"] as string | undefined, cwd) ??
      (await openStore(config.baseline.store, localGate, workspace, { elsewhere }));
    if (store === undefined)
      return fail("tune needs --history DIR, or `baseline: { store: file, path: DIR }`");
    const { records, problems: unread } =
      "code" in store ? { records: [], problems: [store] } : await store.read();
    for (const problem of unread) err(`${problemText(problem)}\n`);
    if ("code" in store || unread.some(isError)) return 2;
    if (records.length === 0) return fail("there is no recorded run to replay");
    const tuning = replay(config, (kpi) => known[kpi]!, records, parsed.given);
    out(values["json"] === true ? renderTuningJson(tuning) : renderTuning(tuning));
    return 0;
  },
};
