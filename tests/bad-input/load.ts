import { type BadInput, gateOn } from "./case.ts";

export const loadTestConfig = gateOn(
  "load",
  '"load/*"',
  "load.response_time: under 200ms, load.error_rate: below 5%",
);

type Rest = Omit<BadInput, "name" | "files" | "config">;

function load(name: string, path: string, content: unknown, rest: Rest): BadInput {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { name, files: { [`load/${path}`]: text }, ...rest };
}

const times = { avg: 80, min: 1, med: 70, max: 400, "p(90)": 120, "p(95)": 150 };
const k6 = (change: Readonly<Record<string, unknown>> = {}) => ({
  metrics: {
    http_reqs: { count: 1_000, rate: 100 },
    http_req_duration: times,
    http_req_failed: { passes: 10, fails: 990, value: 0.01 },
    vus_max: { value: 120, min: 120, max: 120 },
    ...change,
  },
  root_group: { name: "", path: "", id: "", groups: {}, checks: {} },
});

const head = "timeStamp,elapsed,label,responseCode,success,allThreads";
const sample = (elapsed: string, success = "true") => `1,${elapsed},home,200,${success},5`;
const jtl = (...lines: readonly string[]) => `${[head, ...lines].join("\n")}\n`;

/** What can be wrong with the files of load tests. The gate asks for answers in 200 ms and few failures. */
export const loadCases: readonly BadInput[] = [
  load("k6: fast", "s.json", k6(), { outcome: "pass" }),
  load("k6: slow", "s.json", k6({ http_req_duration: { ...times, "p(95)": 200 } }), { outcome: "fail" }),
  load(
    "k6: says ok and is slow",
    "s.json",
    k6({
      http_req_duration: { ...times, "p(95)": 900, max: 950, thresholds: { "p(95)<1000": { ok: true } } },
    }),
    { outcome: "fail" },
  ),
  load("k6: no metric", "s.json", { ...k6(), metrics: {} }, { outcome: "error" }),
  load("k6: no response times", "s.json", k6({ http_req_duration: undefined }), {
    outcome: "error",
    says: /missing/,
  }),
  load("k6: no percentile", "s.json", k6({ http_req_duration: { avg: 80, max: 400 } }), {
    outcome: "error",
    says: /missing/,
  }),
  load("k6: no request", "s.json", k6({ http_reqs: { count: 0, rate: 0 } }), {
    outcome: "error",
    says: /0 requests|no request/,
  }),
  load("k6: a time below 0", "s.json", k6({ http_req_duration: { ...times, "p(95)": -1 } }), {
    outcome: "error",
    code: "bad-value",
  }),
  load("k6: a text for a time", "s.json", k6({ http_req_duration: { ...times, "p(95)": "150" } }), {
    outcome: "error",
    code: "bad-value",
  }),
  load("k6: a share above all", "s.json", k6({ http_req_failed: { value: 1.5 } }), { outcome: "error" }),
  load(
    "k6: nobody answered",
    "s.json",
    k6({
      http_req_duration: { avg: 0, min: 0, med: 0, max: 0, "p(90)": 0, "p(95)": 0 },
      http_req_failed: { passes: 100, fails: 0, value: 1 },
    }),
    { outcome: "error", says: /missing/ },
  ),
  load("k6: half a file", "s.json", JSON.stringify(k6()).slice(0, 200), {
    outcome: "error",
    code: "json-syntax",
  }),
  load("JMeter: fast", "r.jtl", jtl(sample("80"), sample("120")), { outcome: "pass" }),
  load("JMeter: fast, with line ends of Windows", "r.jtl", jtl(sample("80")).replaceAll("\n", "\r\n"), {
    outcome: "pass",
  }),
  load("JMeter: half of it failed", "r.jtl", jtl(sample("80"), sample("80", "false")), { outcome: "fail" }),
  load(
    "JMeter: a transaction failed, and its samples are not there",
    "r.jtl",
    `timeStamp,elapsed,success,threadName,responseMessage\n1,80,true,T,OK\n100,90,false,T,"Number of samples in transaction : 2, number of failing samples : 2"\n`,
    { outcome: "fail" },
  ),
  load("JMeter: no sample", "r.jtl", jtl(), { outcome: "error" }),
  load("JMeter: a time that is no number", "r.jtl", jtl(sample("fast")), { outcome: "error" }),
  load("JMeter: cut off", "r.jtl", jtl(sample("80"), sample("80")).slice(0, -9), { outcome: "error" }),
  load(
    "Locust: no request",
    "locust_stats.csv",
    "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%\n,Aggregated,0,0,0,0,0,0,0,0,0,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A\n",
    { outcome: "error" },
  ),
  load(
    "autocannon: it knows no percentile of 95",
    "a.json",
    {
      connections: 10,
      duration: 5,
      errors: 0,
      timeouts: 0,
      mismatches: 0,
      non2xx: 0,
      "1xx": 0,
      "2xx": 100,
      "3xx": 0,
      "4xx": 0,
      "5xx": 0,
      latency: { average: 5, p50: 5, p90: 6, p99: 9, max: 12 },
      requests: { total: 100 },
    },
    { outcome: "error", says: /missing/ },
  ),
  load("no content", "s.json", "", { outcome: "error", code: "empty-file" }),
  load("a page of an error", "s.json", "<html><h1>502</h1></html>", {
    outcome: "error",
    code: "unknown-format",
  }),
  {
    name: "two load tests, of which one is slow",
    files: { "load/a.json": JSON.stringify(k6()), "load/b.jtl": jtl(sample("900")) },
    outcome: "fail",
    says: /900/,
  },
  {
    name: "two load tests, of which one is cut off",
    files: { "load/a.json": JSON.stringify(k6()), "load/b.json": JSON.stringify(k6()).slice(0, 200) },
    outcome: "error",
    code: "json-syntax",
    says: /load\/b\.json/,
  },
  { name: "no load test", files: {}, outcome: "error", says: /no file matched load\/\*/ },
];
