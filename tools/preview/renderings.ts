import { join } from "node:path";
import { pastOf } from "../../src/core/history/baseline.ts";
import { byOrder } from "../../src/core/history/order.ts";
import type { Past } from "../../src/core/model/history.ts";
import { renderCheckSummary, renderMarkdown, renderSummary } from "../../src/core/report/markdown.ts";
import { runGate } from "../../src/gate.ts";
import { loadConfig } from "../../src/io/config-file.ts";
import { readFolder } from "../../src/io/history-folder.ts";

const run = {
  at: "2026-11-24T12:00:00.000Z",
  sha: "3f2a91c0b7d84e56a1f09c7be2d4538a6c1e0f97",
  number: 128,
  url: "https://github.com/acme/shop/actions/runs/128",
};

/** Everything that an example's folder would show on GitHub, by the kind of place. */
export function renderings(folder: string): Readonly<Record<"comment" | "check" | "summary", string>> {
  const { config, problems } = loadConfig(join(folder, "phase-gate.yml"), folder);
  const store = config?.baseline.store;
  const past = store?.kind === "file" ? pastIn(store.path, folder) : undefined;
  const report = runGate({
    name: "phase-gate",
    run,
    config,
    problems,
    workspace: { root: folder, base: folder },
    ...(past ? { past } : {}),
  });
  return {
    comment: renderMarkdown(report),
    check: renderCheckSummary(report),
    summary: renderSummary(report),
  };
}

/** What the recorded runs say to this one, which stands on the newest of them. */
function pastIn(shown: string, folder: string): Past {
  const { records } = readFolder({ shown, path: join(folder, shown), gate: "phase-gate" });
  const newest = records.toSorted(byOrder).at(-1);
  return pastOf(records, run, newest && { commits: [newest.sha], shallow: false });
}
