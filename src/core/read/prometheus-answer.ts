import type { Queried } from "../model/config.ts";
import type { ReadFile } from "../model/evidence.ts";
import type { Sample } from "../model/facts.ts";
import { InputError, type Problem, refuse } from "../model/problem.ts";
import { firstLine } from "./first-line.ts";
import { isObject, type Json, readJson } from "./text/json.ts";
import type { Bytes } from "./text/window.ts";

/** What a server wrote. */
export interface PrometheusAnswer {
  /** Status of HTTP. */
  readonly status: number;
  readonly body: Bytes;
  /** When it was asked, in milliseconds since 1970. */
  readonly at: number;
}

/** What was asked; an answer is held against it. */
export interface PrometheusQuestion {
  readonly asked: Queried;
  /** Milliseconds that a value may be old. */
  readonly maxAge: number;
}

/** One series of an answer: its labels, and its points as the server writes them. */
interface Series {
  readonly labels: string;
  readonly points: readonly Json[];
}

/** Most that is shown of what a server says, in characters. */
const maxSaid = 200;

/** Clocks of two machines that keep their time differ by less. */
const clockDifference = 60_000;

/**
 * Reads the answer to a query. Whatever could make it look better than it is refuses it: warnings, gaps, old values,
 * several series. Nothing found is no number, never 0. Problems are returned; nothing is thrown for them.
 * https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export function readPrometheusAnswer(
  place: string,
  answer: PrometheusAnswer,
  question: PrometheusQuestion,
): ReadFile {
  const format = "prometheus";
  try {
    const { data, notes } = envelope(place, answer);
    const series = seriesOf(data, place, question);
    const metrics = series === undefined ? [] : samplesOf(series, place, question, answer.at);
    const problems = [...notes, ...(series === undefined ? [nothing(place)] : notFinite(metrics, place))];
    return { path: place, format, facts: { kind: "metrics", metrics }, problems };
  } catch (error) {
    if (error instanceof InputError) return { path: place, format, problems: [error.problem] };
    throw error;
  }
}

function envelope(file: string, { status, body }: PrometheusAnswer) {
  const document = status < 300 ? readJson(body, file) : errorDocument(body, file);
  if (isObject(document) && document["status"] === "error") {
    const said = typeof document["error"] === "string" ? document["error"] : "no reason given";
    const hint = "Try the query in the expression browser of the server.";
    failed(file, `the server refused the query: ${firstLine(said, maxSaid)}`, hint);
  }
  if (status >= 300)
    failed(file, `the server answered with HTTP ${status}`, statusHints[status] ?? addressHint);
  if (!isObject(document) || document["status"] !== "success") failed(file, unlike, addressHint);
  const warnings = textsOf(document["warnings"]);
  if (warnings[0] !== undefined) {
    const message = `the server says that its answer may not be whole: ${firstLine(warnings[0], maxSaid)}`;
    refuse({
      code: "prometheus-partial",
      message,
      at: { file },
      hint: "A part is not judged. Mend the server or the query.",
    });
  }
  const notes = textsOf(document["infos"]).map(
    (info): Problem => ({
      code: "prometheus-partial",
      severity: "note",
      message: `the server remarks: ${firstLine(info, maxSaid)}`,
      at: { file },
    }),
  );
  return { data: document["data"], notes };
}

/** What a server says beside an error; undefined where a proxy wrote a page of its own. */
function errorDocument(body: Bytes, file: string): Json | undefined {
  try {
    return readJson(body, file);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** The one series of an answer; undefined where nothing was found. */
function seriesOf(data: Json | undefined, file: string, { asked }: PrometheusQuestion): Series | undefined {
  if (!isObject(data)) failed(file, unlike, addressHint);
  const { resultType, result } = data;
  const wanted = asked.range ? ["matrix"] : ["vector", "scalar"];
  if (typeof resultType !== "string" || !wanted.includes(resultType)) {
    const hint =
      "A query for one moment gives a number for each series: wrap a range such as [5m] in a function, as in max_over_time(...).";
    failed(
      file,
      `the query gives ${typeof resultType === "string" ? `a ${firstLine(resultType, maxSaid)}` : "nothing that is known"}`,
      hint,
    );
  }
  if (resultType === "scalar") return { labels: "", points: [result ?? null] };
  if (!Array.isArray(result)) failed(file, unlike, addressHint);
  const all = result as readonly Json[];
  if (all.length > 1) {
    const names = all.slice(0, 3).map((one) => labelsOf(one, file));
    const message = `the query gives ${all.length} series: ${names.join(", ")}${all.length > 3 ? " and others" : ""}`;
    const hint = "Say what becomes of them: max(...), min(...), sum(...) or avg(...).";
    refuse({ code: "prometheus-series", message: message.slice(0, 400), at: { file }, hint });
  }
  const [one] = all;
  if (one === undefined) return undefined;
  const labels = labelsOf(one, file);
  if (!isObject(one) || "histogram" in one || "histograms" in one) {
    const hint = "Take a number of it, such as histogram_quantile(0.95, ...).";
    failed(file, "the query gives a histogram", hint);
  }
  const { value, values } = one;
  const points = asked.range ? values : [value ?? null];
  if (!Array.isArray(points)) failed(file, unlike, addressHint);
  return { labels, points };
}

function labelsOf(series: Json, file: string): string {
  const metric = isObject(series) ? series["metric"] : undefined;
  if (!isObject(metric ?? null)) failed(file, unlike, addressHint);
  const labels = Object.entries(metric as { readonly [key: string]: Json });
  return `{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(",")}}`;
}

/** The numbers of a series: one for each point, or their mean. */
function samplesOf(
  { labels, points }: Series,
  file: string,
  { asked, maxAge }: PrometheusQuestion,
  at: number,
): readonly Sample[] {
  const read = points.map((point) => pointOf(point, file));
  const last = read.at(-1);
  if (last === undefined) return [];
  if (asked.range) refuseGaps(read, asked.range, file);
  else refuseOld(at - last.at, maxAge, file);
  const sample = (value: number, labels: string): Sample => ({
    name: asked.kpi,
    labels,
    value: Number.isFinite(value) ? value : null,
    ...(asked.unit === undefined ? {} : { unit: asked.unit }),
    from: { file },
  });
  if (asked.range?.take === "mean")
    return [sample(read.reduce((sum, { value }) => sum + value, 0) / read.length, labels)];
  return read.map((point) => sample(point.value, `${labels}${asked.range ? ` ${point.at - at}ms` : ""}`));
}

/** A point is a time in seconds and a number as text. */
function pointOf(point: Json, file: string): { readonly at: number; readonly value: number } {
  const [at, text] = Array.isArray(point) ? (point as readonly Json[]) : [];
  if (typeof at !== "number" || typeof text !== "string") failed(file, unlike, addressHint);
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return { at: at * 1_000, value: Number(text) };
  if (text === "NaN") return { at: at * 1_000, value: Number.NaN };
  const infinite = /^([+-]?)Inf$/.exec(text);
  if (!infinite) failed(file, `${JSON.stringify(text.slice(0, 40))} is no number`, addressHint);
  return { at: at * 1_000, value: infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY };
}

function refuseOld(age: number, maxAge: number, file: string): void {
  if (age <= maxAge + clockDifference && age >= -clockDifference) return;
  const seconds = Math.round(Math.abs(age) / 1_000);
  const message = age > 0 ? `the value is ${seconds} s old` : `the value is of a time ${seconds} s ahead`;
  const hint = "Do the clocks of both machines go right, and does a cache stand between them?";
  refuse({ code: "prometheus-stale", message, at: { file }, hint });
}

function refuseGaps(
  points: readonly { readonly at: number }[],
  range: NonNullable<Queried["range"]>,
  file: string,
) {
  const expected = Math.floor(range.over / range.every) + 1;
  if (points.length >= expected) return;
  const message = `${points.length} of ${expected} points have a value`;
  const hint = "What is missing could have been the worst. Shorten `over` to the time that was measured.";
  refuse({ code: "prometheus-partial", message, at: { file }, hint });
}

function nothing(file: string): Problem {
  const hint = "Nothing is not 0: is the name right, and is the target scraped?";
  return { code: "no-samples", severity: "warning", message: "the query found nothing", at: { file }, hint };
}

function notFinite(metrics: readonly Sample[], file: string): readonly Problem[] {
  const odd = metrics.filter(({ value }) => value === null).length;
  if (odd === 0) return [];
  const message = `${odd === 1 && metrics.length === 1 ? "the value" : `${odd} of ${metrics.length} values`} of the query is NaN or an infinity; the KPI has no value`;
  return [{ code: "not-finite", severity: "note", message, at: { file } }];
}

function textsOf(list: Json | undefined): readonly string[] {
  return Array.isArray(list) ? list.map((text) => (typeof text === "string" ? text : "(no text)")) : [];
}

const unlike = "the answer is not what the API of Prometheus promises";
const addressHint =
  "Is the address that of a Prometheus server, with nothing in between that answers for it?";
const statusHints: Readonly<Record<number, string>> = {
  401: "The server wants a token: name its environment variable as `token`.",
  403: "The token may not ask this server.",
};

function failed(file: string, message: string, hint: string): never {
  refuse({ code: "prometheus-failed", message, at: { file }, hint });
}
