import { refuse } from "../model/problem.ts";
import { createMetrics } from "./metrics-tally.ts";
import type { Reader } from "./reader.ts";
import { lastLineEnds } from "./text/last-line.ts";
import { scanLines } from "./text/lines.ts";
import { parseSampleLine, type SampleLine } from "./text/openmetrics-line.ts";
import { openWindow } from "./text/window.ts";

/**
 * OpenMetrics, which ends in "# EOF", and the text format of Prometheus, which has no end.
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export const openmetrics: Reader = {
  label: "OpenMetrics and Prometheus text",
  families: ["metrics"],
  writtenBy: "Prometheus clients and exporters, pushed or scraped by curl",
  claims: ({ text }) => {
    const line = firstLine(text);
    if (line === undefined || /^(?:not )?ok\b/.test(line)) return false;
    return line.startsWith("#") || parseSampleLine(line.trimEnd()) !== undefined;
  },
  read(source, file) {
    const metrics = createMetrics(file);
    const types = new Map<string, string>();
    const units = new Map<string, string>();
    /** The line "# EOF", and the first sign that it must come. */
    let end: number | undefined;
    let sign: string | undefined;
    let last = 1;
    const window = openWindow(source, file);
    const notes = scanLines(window, file, (line, number, real) => {
      if (line.trim() === "") return;
      last = number;
      if (end !== undefined) syntax(number, `something follows # EOF of line ${end}`);
      if (line.trimEnd() === "# EOF") end = number;
      else if (line.startsWith("#")) describe(line, number);
      else sample(real(0), number);
    });
    if (end === undefined && (sign !== undefined || !lastLineEnds(window))) {
      const message = sign
        ? `ends without # EOF, although ${sign} makes it OpenMetrics`
        : "the last line has no end";
      const hint = "The file is cut off: did the process that wrote it crash?";
      refuse({ code: "truncated", message, at: { file, line: last }, hint });
    }
    return metrics.finish(notes);

    function describe(line: string, number: number): void {
      const [, keyword, name, given = ""] =
        /^#[ \t]+(HELP|TYPE|UNIT)[ \t]+([a-zA-Z_:][\w:]*)(?:[ \t]+(.*))?$/.exec(line.trimEnd()) ?? [];
      if (name === undefined || keyword === "HELP") return;
      const known = keyword === "TYPE" ? types : units;
      if (known.has(name)) syntax(number, `# ${keyword} ${name} is there twice`);
      known.set(name, given);
      if (keyword === "UNIT") sign ??= "# UNIT";
      else if (onlyOpenMetrics.has(given)) sign ??= `# TYPE ${given}`;
      else if (!common.has(given)) syntax(number, `"${given.slice(0, 40)}" is no type of a metric`);
    }

    function sample(line: string, number: number): void {
      const found = parseSampleLine(line.trimEnd());
      if (!found) {
        const hint = 'A line is: name{label="value"} number.';
        const message = `is no line of metrics: ${JSON.stringify(line.slice(0, 60))}`;
        refuse({ code: "metrics-syntax", message, at: { file, line: number }, hint });
      }
      const { name, value } = found;
      const family = familyOf(name);
      if (family !== name && types.get(family) === "counter") sign ??= `the counter ${family} without _total`;
      const type = types.get(family);
      if (type === "counter" && value < 0) syntax(number, `the counter ${name} is below 0 (${value})`);
      const unit = units.get(family);
      const about = {
        name,
        labels: shown(found.labels),
        ...(unit === undefined ? {} : { unit }),
        from: { file, line: number },
      };
      // Client libraries write NaN for what they have not measured yet. A summary without observations is nothing odd.
      const idle = type === "summary" && Number.isNaN(value) && found.labels.some(isQuantile);
      if (Number.isFinite(value)) metrics.add({ ...about, value });
      else if (idle) metrics.addNone(about);
      else metrics.addOdd(about, value);
    }

    function familyOf(name: string): string {
      // Envoy has counters x and x_total side by side.
      if (types.has(name)) return name;
      const cut = name.lastIndexOf("_");
      const family = name.slice(0, Math.max(cut, 0));
      return endings[types.get(family) ?? ""]?.includes(name.slice(cut + 1)) ? family : name;
    }

    function syntax(line: number, message: string): never {
      refuse({
        code: "metrics-syntax",
        message,
        at: { file, line },
        hint: "Let the client library write it.",
      });
    }
  },
};

/** The first line that is neither blank nor a comment. */
function firstLine(text: string): string | undefined {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end === -1 ? text.length : end);
    if (line.trim() !== "" && !/^#(?! (?:HELP|TYPE|UNIT|EOF)\b)/.test(line)) return line;
    at += line.length + 1;
  }
  return undefined;
}

const common = new Set(["counter", "gauge", "histogram", "summary", "untyped"]);
/** What may follow the name of a metric on the lines of its numbers, by its type. */
const endings: Readonly<Record<string, readonly string[]>> = {
  counter: ["total", "created"],
  summary: ["count", "sum", "created"],
  histogram: ["bucket", "count", "sum", "created"],
  gaugehistogram: ["bucket", "gcount", "gsum"],
  info: ["info"],
};
const onlyOpenMetrics = new Set(["unknown", "info", "stateset", "gaugehistogram"]);

function isQuantile([key]: SampleLine["labels"][number]): boolean {
  return key === "quantile";
}

function shown(labels: SampleLine["labels"]): string {
  return labels.length === 0
    ? ""
    : `{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(",")}}`;
}
