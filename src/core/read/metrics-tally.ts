import type { Sample } from "../model/facts.ts";
import { type Problem, refuse } from "../model/problem.ts";
import type { Reading } from "./reader.ts";

/** Most numbers of one metrics file. */
const maxSamples = 200_000;

/** Collects the numbers of a metrics file; each is finite, and there once. */
export interface MetricsTally {
  /** Throws InputError for a number that is not finite, and for a metric that is there already. */
  add(sample: Sample): void;
  finish(notes?: readonly Problem[]): Reading;
}

export function createMetrics(file: string): MetricsTally {
  const samples = new Map<string, Sample>();
  return {
    add(sample) {
      const { name, labels, value, from } = sample;
      const shown = `${name}${labels}`.slice(0, 160);
      if (!Number.isFinite(value)) {
        const message = `${shown} is ${value}, not a finite number`;
        const hint = "Write no number where there is none.";
        refuse({ code: "bad-value", message, at: from, hint });
      }
      const known = samples.get(`${name}${labels}`);
      if (known) {
        const where = known.from.line === undefined ? "" : `, first on line ${known.from.line}`;
        const message = `${shown} is there twice${where}`;
        const hint = "Two files were joined, or one was appended to: write it anew.";
        refuse({ code: "duplicate-series", message, at: from, hint });
      }
      samples.set(`${name}${labels}`, sample);
      if (samples.size > maxSamples)
        refuse({ code: "limit-count", message: `more numbers than the limit (${maxSamples})`, at: { file } });
    },
    finish(notes = []) {
      const facts = { kind: "metrics", metrics: [...samples.values()] } as const;
      if (samples.size > 0) return { facts, problems: notes };
      const hint = "Did the step that writes it find anything to measure?";
      const empty = { code: "no-samples", severity: "warning", message: "holds no number" } as const;
      return { facts, problems: [...notes, { ...empty, at: { file }, hint }] };
    },
  };
}
