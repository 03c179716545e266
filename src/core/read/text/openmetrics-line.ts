import { textOrder } from "../../model/text-order.ts";

/** One line of OpenMetrics or Prometheus text with a number on it. */
export interface SampleLine {
  readonly name: string;
  /** In the order of their names. */
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly value: number;
}

const metricName = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const label = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\\n]|\\[\\"n])*)"\s*/y;
/** A value, then perhaps a time, then perhaps an exemplar. */
const rest =
  /^[ \t]+([+-]?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|0[xX][0-9a-fA-F]+|NaN|Inf(?:inity)?))(?:[ \t]+[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)?(?:[ \t]+#[ \t]+\{[^\n]*)?[ \t]*$/i;

/**
 * Reads a line with a number; undefined for any other. NaN and infinities are read, for whoever refuses them.
 * https://prometheus.io/docs/instrumenting/exposition_formats/ and https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function parseSampleLine(line: string): SampleLine | undefined {
  metricName.lastIndex = 0;
  const name = metricName.exec(line)?.[0];
  if (name === undefined) return undefined;
  const labels: (readonly [string, string])[] = [];
  let at = name.length;
  while (line[at] === " ") at++;
  if (line[at] === "{") {
    at++;
    for (;;) {
      label.lastIndex = at;
      const found = label.exec(line);
      if (!found) break;
      labels.push([found[1]!, found[2]!.replace(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c))]);
      at = label.lastIndex;
      if (line[at] !== ",") break;
      at++;
    }
    while (line[at] === " ") at++;
    if (line[at] !== "}") return undefined;
    at++;
  } else at = name.length;
  const number = rest.exec(line.slice(at))?.[1];
  if (number === undefined || new Set(labels.map(([key]) => key)).size !== labels.length) return undefined;
  labels.sort(([a], [b]) => textOrder(a, b));
  return { name, labels, value: numberOf(number) };
}

function numberOf(text: string): number {
  if (/nan/i.test(text)) return Number.NaN;
  if (/inf/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return text.startsWith("-") ? -Number(text.slice(1)) : Number(text.replace("+", ""));
}
