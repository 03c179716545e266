import type { CheckRun } from "../core/model/clients.ts";
import { exitCode } from "../core/model/exit-code.ts";
import type { Report } from "../core/model/report.ts";
import { annotationsOf } from "../core/report/annotations.ts";
import { cut, plain } from "../core/report/escape.ts";
import { renderCheckSummary } from "../core/report/markdown.ts";
import { phaseHolds, phaseSentence, renderPhaseSummary } from "../core/report/phase-check.ts";
import { headSentence } from "../core/report/sentence.ts";
import { heal, keyOf } from "./check-key.ts";
import { close, type Done, finish, type Opened, open } from "./check-run.ts";
import { type Destination, leftOut, type Publication, type Publisher } from "./publisher.ts";

/** Most characters of the title of a check run. https://docs.github.com/rest/checks/runs */
const longestTitle = 255;

/** A check run to be: what it is called, and what it says of a report. */
interface Part {
  readonly name: string;
  readonly done: (report: Report) => Done;
}

/** One check run on the head commit, for the whole gate. */
export const publishCheckRun: Publisher = (to) => begin(to, [gate(to)]);

/** One check run for each phase, so that each can be required. Without a configuration there are no phases to tell apart. */
export const publishPhaseChecks: Publisher = (to) =>
  begin(to, to.phases.length === 0 ? [gate(to)] : to.phases.map((name, index) => phase(to, name, index)));

/** In progress from before the verdict on, and completed whatever happens. */
async function begin(
  { client, name, run, without }: Destination,
  parts: readonly Part[],
): Promise<Publication> {
  const { sha, url } = run;
  if (sha === undefined) return leftOut(without.check ?? "no commit is known");
  if (without.check !== undefined) return leftOut(without.check);
  const key = keyOf(name, run);
  const opened: (readonly [Part, Opened])[] = [];
  for (const part of parts) {
    const check: CheckRun = { name: part.name, sha, key, url };
    // Who may not write the first may not write the others.
    const refused = opened.find(([, { id }]) => id === undefined)?.[1].error;
    opened.push([part, refused === undefined ? await open(client, check) : { check, error: refused }]);
  }
  const own = opened.flatMap(([, { id }]) => id ?? []);
  return {
    others:
      own.length === 0
        ? "unknown"
        : await heal(
            client,
            sha,
            key,
            parts.map((part) => part.name),
            own,
          ),
    async finish(report) {
      const deliveries = [];
      for (const [part, one] of opened) deliveries.push(await finish(client, one, part.done(report)));
      return {
        arrived: deliveries.every(({ arrived }) => arrived),
        problems: deliveries.flatMap(({ problems }) => problems),
      };
    },
    async close(patient, why) {
      await Promise.allSettled(opened.map(([, one]) => close(patient, one, why)));
    },
  };
}

function gate(to: Destination): Part {
  return {
    name: label(to),
    done: (report) => ({
      conclusion: exitCode(report) === 0 ? "success" : "failure",
      output: { title: cut(plain(headSentence(report)), longestTitle), summary: renderCheckSummary(report) },
      annotations: annotationsOf(report),
    }),
  };
}

/** Failing tests stand beside the code once: with the first phase. */
function phase(to: Destination, name: string, index: number): Part {
  return {
    name: cut(`${label(to)}: ${plain(name)}`, longestTitle),
    done: (report) => ({
      conclusion: phaseHolds(report, index) ? "success" : "failure",
      output: {
        title: cut(plain(phaseSentence(report, index)), longestTitle),
        summary: renderPhaseSummary(report, index),
      },
      annotations: index === 0 ? annotationsOf(report) : [],
    }),
  };
}

function label({ name, title }: Destination): string {
  return name === "phase-gate" ? title : `${title} (${name})`;
}
