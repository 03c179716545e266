import type { Sample } from "../model/facts.ts";
import { type Place, type Problem, refuse } from "../model/problem.ts";
import type { Reading } from "./reader.ts";

/** Most numbers of one metrics file. */
const maxSamples = 200_000;

/** Collects the numbers of a metrics file; each is there once. */
export interface MetricsTally {
  /** Throws InputError for a number that is not finite, and for a metric that is there already. */
  add(sample: Sample & { readonly value: number }): void;
  /** Adds a metric that has no finite number, in formats that know such. */
  addOdd(sample: Omit<Sample, "value">, value: number): void;
  /** Adds a metric that was not measured yet, as is usual for it. */
  addNone(sample: Omit<Sample, "value">): void;
  finish(notes?: readonly Problem[]): Reading;
}

export function createMetrics(file: string): MetricsTally {
  const samples = new Map<string, Sample>();
  const odd: { readonly shown: string; readonly value: number; readonly from: Place }[] = [];
  return {
    add(sample) {
      const { value, from } = sample;
      if (!Number.isFinite(value)) {
        const message = `${nameOf(sample)} is ${value}, not a finite number`;
        refuse({ code: "bad-value", message, at: from, hint: "Write no number where there is none." });
      }
      keep(sample);
    },
    addOdd(sample, value) {
      keep({ ...sample, value: null });
      odd.push({ shown: nameOf(sample), value, from: sample.from });
    },
    addNone: (sample) => keep({ ...sample, value: null }),
    finish(notes = []) {
      const all = [...notes, ...notFinite()];
      const facts = { kind: "metrics", metrics: [...samples.values()] } as const;
      if (samples.size > 0) return { facts, problems: all };
      const hint = "Did the step that writes it find anything to measure?";
      const empty = { code: "no-samples", severity: "warning", message: "holds no number" } as const;
      return { facts, problems: [...all, { ...empty, at: { file }, hint }] };
    },
  };

  function keep(sample: Sample): void {
    const { name, labels, from } = sample;
    const known = samples.get(`${name}${labels}`);
    if (known) {
      const where = known.from.line === undefined ? "" : `, first on line ${known.from.line}`;
      const message = `${nameOf(sample)} is there twice${where}`;
      const hint = "Two files were joined, or one was appended to: write it anew.";
      refuse({ code: "duplicate-series", message, at: from, hint });
    }
    samples.set(`${name}${labels}`, sample);
    if (samples.size > maxSamples)
      refuse({ code: "limit-count", message: `more numbers than the limit (${maxSamples})`, at: { file } });
  }

  function notFinite(): readonly Problem[] {
    const [first] = odd;
    if (!first) return [];
    const more =
      odd.length > 1 ? `, and ${odd.length - 1} more ${odd.length === 2 ? "is" : "are"} not finite` : "";
    const message = `${first.shown} is ${first.value}${more}; a KPI that needs it has no value`;
    return [{ code: "not-finite", severity: "note", message, at: first.from }];
  }
}

function nameOf({ name, labels }: Pick<Sample, "name" | "labels">): string {
  return `${name}${labels}`.slice(0, 160);
}
