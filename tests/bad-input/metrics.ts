import { type BadInput, gateOn } from "./case.ts";

export const metricsConfig = gateOn("metrics", '"metrics/*"', "errs: at most 0");

/** A number in a JSON file of any form, which the gate asks to be 80 or more. */
const pointedConfig = `version: 1
custom: { quality.pct: { file: m.json, value: /pct, unit: "%", better: higher } }
phases:
  - { name: Only, kpis: { quality.pct: at least 80% } }
`;

type Rest = Omit<BadInput, "name" | "files" | "config">;

function pointed(name: string, content: string, rest: Rest): BadInput {
  return { name: `JSON: ${name}`, files: { "m.json": content }, config: pointedConfig, ...rest };
}

function metric(name: string, path: string, content: string, rest: Rest): BadInput {
  return { name, files: { [`metrics/${path}`]: content }, ...rest };
}

const eof = "# TYPE errs counter\nerrs_total 0\n# EOF\n";

/** What can be wrong with numbers in files. The gate asks for no errs, or for 80 % where a pointer leads to it. */
export const metricsCases: readonly BadInput[] = [
  pointed("a sound number", '{"pct":95}', { outcome: "pass" }),
  pointed("a number that is too low", '{"pct":79.999}', { outcome: "fail", says: /79\.999/ }),
  pointed("a number too large to be one", '{"pct":1e999}', {
    outcome: "error",
    code: "bad-value",
    says: /\/pct is Infinity/,
  }),
  pointed("a text", '{"pct":"95"}', { outcome: "error", code: "bad-value", says: /\/pct is a string/ }),
  pointed("null", '{"pct":null}', { outcome: "error", code: "bad-value", says: /\/pct is null/ }),
  pointed("true", '{"pct":true}', { outcome: "error", code: "bad-value", says: /\/pct is a boolean/ }),
  pointed("an object", '{"pct":{}}', { outcome: "error", code: "bad-value", says: /\/pct is an object/ }),
  pointed("a list", '{"pct":[95]}', { outcome: "error", code: "bad-value", says: /\/pct is a list/ }),
  pointed("nothing at the pointer", '{"total":{"pct":95}}', {
    outcome: "error",
    code: "bad-value",
    says: /nothing at \/pct.*total/,
  }),
  pointed("a number in a prototype", '{"__proto__":{"pct":95}}', { outcome: "error", code: "bad-value" }),
  pointed("one key twice", '{"pct":10,"pct":99}', { outcome: "error", code: "duplicate-key", says: /pct/ }),
  pointed("two documents", '{"pct":99}\n{"pct":1}\n', {
    outcome: "error",
    code: "json-syntax",
    says: /m\.json:2/,
  }),
  pointed("a word that is no JSON", '{"pct":NaN}', {
    outcome: "error",
    code: "json-syntax",
    says: /m\.json/,
  }),
  pointed("half a document", '{"pct":95', { outcome: "error", code: "json-syntax", says: /m\.json/ }),
  pointed("no content", "", { outcome: "error", code: "empty-file" }),
  pointed("more than all", '{"pct":250}', { outcome: "error", says: /250 %, which is no percentage/ }),
  {
    name: "JSON: two files, of which one is cut off",
    files: { "m/a.json": '{"pct":99}', "m/b.json": '{"pct":9' },
    config: pointedConfig.replace("m.json", "m/*.json"),
    outcome: "error",
    code: "json-syntax",
    says: /m\/b\.json/,
  },
  {
    name: "JSON: two files, of which the worse one counts",
    files: { "m/a.json": '{"pct":99}', "m/b.json": '{"pct":9}' },
    config: pointedConfig.replace("m.json", "m/*.json"),
    outcome: "fail",
    says: /9%/,
  },
  metric("OpenMetrics: whole", "m.txt", eof, { outcome: "pass" }),
  metric("OpenMetrics: whole, with line ends of Windows", "m.txt", eof.replaceAll("\n", "\r\n"), {
    outcome: "pass",
  }),
  metric("OpenMetrics: no end", "m.txt", eof.replace("# EOF\n", ""), {
    outcome: "error",
    code: "truncated",
    says: /# EOF/,
  }),
  metric("OpenMetrics: two exports in one file", "m.txt", eof + eof, {
    outcome: "error",
    code: "metrics-syntax",
  }),
  metric("Prometheus: a cut number", "m.prom", "# TYPE errs gauge\nerrs 1", {
    outcome: "error",
    code: "truncated",
  }),
  metric("Prometheus: not a number", "m.prom", "errs NaN\n", {
    outcome: "error",
    code: "not-finite",
    says: /errs/,
  }),
  metric("Prometheus: an infinity", "m.prom", "errs -Inf\n", { outcome: "error", code: "not-finite" }),
  metric("Prometheus: one series twice", "m.prom", "errs 7\nerrs 0\n", {
    outcome: "error",
    code: "duplicate-series",
  }),
  metric("Prometheus: one of two series is bad", "m.prom", 'errs{a="1"} 0\nerrs{a="2"} 3\n', {
    outcome: "fail",
  }),
  metric("Prometheus: the metric is not there", "m.prom", "warns 0\n", {
    outcome: "error",
    says: /no metric is called errs/,
  }),
  metric("Prometheus: a page of an error", "m.prom", "<html><h1>502</h1></html>\n", {
    outcome: "error",
    code: "unknown-format",
  }),
  metric("metrics JSON: a text for a number", "m.json", '{"metrics":[{"name":"errs","value":"0"}]}', {
    outcome: "error",
    code: "bad-value",
  }),
  metric("metrics JSON: an unknown key", "m.json", '{"metrics":[{"name":"errs","value":0,"val":9}]}', {
    outcome: "error",
    code: "bad-value",
  }),
  metric("metrics JSON: an empty list", "m.json", '{"metrics":[]}', { outcome: "error", code: "no-samples" }),
  metric("metrics CSV: a name without a number", "m.csv", "name,value\nerrs,\n", {
    outcome: "error",
    code: "bad-value",
  }),
  {
    name: "two metrics files, of which one is cut off",
    files: { "metrics/a.txt": eof, "metrics/b.txt": "# TYPE late counter\nlate_total 0\n" },
    outcome: "error",
    code: "truncated",
    says: /metrics\/b\.txt/,
  },
  { name: "no metrics file", files: {}, outcome: "error", says: /no file matched metrics\/\*/ },
];
