// Everything in the docs that is known to the code, as Markdown tables.
import { parseConfig } from "../../src/core/config/parse-config.ts";
import { presets } from "../../src/core/config/presets/index.ts";
import { kpis } from "../../src/core/measure/index.ts";
import { familyOf, isOfHistory } from "../../src/core/measure/kpi.ts";
import { exitCodes } from "../../src/core/model/exit-code.ts";
import { problemCodes } from "../../src/core/model/problem-codes.ts";
import { readers } from "../../src/core/read/index.ts";
import { wellKnown } from "../../src/core/read/well-known.ts";
import { tokenShapes } from "../../src/core/report/token-shapes.ts";
import { planExamples } from "./plan-examples.ts";

const units: Readonly<Record<string, string>> = { "%": "percent", ms: "time", B: "bytes" };

export function kpiTable(): string {
  const rows = Object.entries(kpis).map(
    ([name, { unit, better, definition }]) =>
      `| \`${name}\` | ${units[unit] ?? unit} | ${better} | ${definition} |`,
  );
  return ["| KPI | unit | better | what it is |", "|---|---|---|---|", ...rows].join("\n");
}

export function formatTable(): string {
  const rows = Object.entries(readers).map(
    ([name, { label, families, writtenBy }]) =>
      `| ${label} | \`${name}\` | ${families.join(", ")} | ${writtenBy} |`,
  );
  return ["| format | name | family | written by |", "|---|---|---|---|", ...rows].join("\n");
}

/** Which formats the KPIs of each family are measured from. */
export function familyFormatTable(): string {
  const prefixes = [...new Set(Object.keys(kpis).map((name) => name.split(".", 1)[0]!))];
  const rows = prefixes.map((prefix) => {
    if (isOfHistory(`${prefix}.`)) return `| \`${prefix}.*\` | recorded runs | \`baseline\` |`;
    const family = familyOf(prefix);
    const labels = Object.values(readers).filter(({ families }) => families.includes(family));
    return `| \`${prefix}.*\` | ${labels.map(({ label }) => label).join(", ")} | \`sources: ${family}\` |`;
  });
  return ["| KPIs | formats | named under |", "|---|---|---|", ...rows].join("\n");
}

/** The KPIs of the execution plan, each with a file that holds it. */
export function planTable(): string {
  const { config } = parseConfig("version: 1\nextends: execution-plan\n", "execution-plan");
  const rows = Object.entries(planExamples).map(([name, { file, value, built }]) => {
    const { unit, better, definition } = kpis[name] ?? config!.own.get(name)!;
    const own = kpis[name] === undefined ? "The team's own, by this name or a `custom` entry." : definition;
    const example = `[${file.split("/").findLast((part) => part !== "")}](../${file}): ${value}${built ? " (made up)" : ""}`;
    return `| \`${name}\` | ${own} | ${units[unit] ?? unit} | ${better} | ${formatsOf(name)} | ${example} |`;
  });
  const heads = ["KPI", "what it is", "unit", "better", "formats", "an example in the tests"];
  return [`| ${heads.join(" | ")} |`, `|${heads.map(() => "---").join("|")}|`, ...rows].join("\n");
}

function formatsOf(kpi: string): string {
  if (isOfHistory(kpi)) return "recorded runs";
  const labels = Object.values(readers).filter(({ families }) => families.includes(familyOf(kpi)));
  const live = familyOf(kpi) === "metrics" ? ", any JSON, live Prometheus" : "";
  return `${labels.map(({ label }) => label).join(", ")}${live}`;
}

export function wellKnownTable(): string {
  const rows = Object.entries(wellKnown)
    .filter(([, globs]) => globs.length > 0)
    .map(([family, globs]) => `| ${family} | ${globs.map((glob) => `\`${glob}\``).join(" ")} |`);
  return ["| family | looked for |", "|---|---|", ...rows].join("\n");
}

export function exitCodeTable(): string {
  const rows = Object.entries(exitCodes).map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return ["| exit code | means |", "|---|---|", ...rows].join("\n");
}

export function problemTable(): string {
  const rows = Object.entries(problemCodes).map(
    ([code, meaning]) => `| [\`${code}\`](#${code}) | ${meaning} |`,
  );
  return ["| code | what it stands for |", "|---|---|", ...rows].join("\n");
}

export function secretTable(): string {
  const rows = tokenShapes.map(({ name, source }) => `| ${name} | ${source} |`);
  return ["| masked by their form | described in |", "|---|---|", ...rows].join("\n");
}

/** Every preset as the docs show it, under the name that its page asks for. */
export const presetTexts: Readonly<Record<string, () => string>> = Object.fromEntries(
  Object.entries(presets).map(([name, text]) => [
    `preset ${name}`,
    () => `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``,
  ]),
);
