import { readers } from "../../src/core/read/index.ts";
import { type BadInput, gateOn } from "./case.ts";

/** What is done to a sound report file, and the problem that says so; without one the rule alone is missing. */
type Damage = readonly [what: string, from: string, to: string, code?: BadInput["code"], says?: RegExp];

interface Sound {
  readonly kpis: string;
  /** The gate passes with it, so it is the damage that turns it red. */
  readonly text: string;
  readonly damages: readonly Damage[];
}

const time = "load.response_time: under 200ms";
const none = "security.critical: 0";
const few = "debt.issues: at most 5";
const errs = "errs: at most 5";
const result = '"ruleId":"r","level":"warning","message":{"text":"long"}';

/** Each format of numbers, scans and load tests in its shortest sound form, and what must never be green. */
const sound: Readonly<Record<string, Sound>> = {
  k6: {
    kpis: time,
    text: '{"metrics":{"http_reqs":{"count":10,"rate":1},"http_req_duration":{"avg":80,"p(95)":150}},"root_group":{}}',
    damages: [
      ["no request", '"count":10', '"count":0', "no-samples"],
      ["a time that is a text", "150", '"150"', "bad-value"],
      ["a time beyond all numbers", "150", "1e999", "bad-value"],
      ["another percentile", "p(95)", "p(75)"],
    ],
  },
  locust: {
    kpis: time,
    text: "Type,Name,Request Count,Failure Count,50%,95%,100%\nGET,/,9,0,50,80,90\n,Aggregated,9,0,50,80,90\n",
    damages: [
      ["no request", ",Aggregated,9,0,50,80,90", ",Aggregated,0,0,N/A,N/A,N/A"],
      ["no sum", ",Aggregated,9,0,50,80,90\n", "", "truncated"],
      ["a time that is a word", ",Aggregated,9,0,50,80", ",Aggregated,9,0,50,fast", "bad-value"],
      ["more failures than requests", ",Aggregated,9,0", ",Aggregated,9,10", "impossible-totals"],
    ],
  },
  "locust-history": {
    kpis: "load.concurrent_users: above 5",
    text: "Timestamp,User Count,Type,Name,Requests/s,Total Request Count\n1,9,,Aggregated,9,9\n2,9,,Aggregated,9,18\n",
    damages: [
      ["users that are a word", "2,9,", "2,many,", "bad-value"],
      ["fewer fields than columns", ",9,18", "", "bad-value"],
    ],
  },
  jmeter: {
    kpis: time,
    text: "timeStamp,elapsed,label,success\n1,80,home,true\n2,90,home,true\n",
    damages: [
      ["no sample", "1,80,home,true\n2,90,home,true\n", "", "no-samples"],
      ["a time below 0", "80", "-80", "bad-value"],
      ["whether it went well is not said", "90,home,true", "90,home,", "bad-value"],
    ],
  },
  "jmeter-xml": {
    kpis: time,
    text: '<testResults version="1.2"><httpSample t="80" ts="1" s="true" lb="home"/></testResults>',
    damages: [
      ["no sample", '<httpSample t="80" ts="1" s="true" lb="home"/>', "", "no-samples"],
      ["a time that is a word", 't="80"', 't="fast"', "bad-value"],
      ["whether it went well is not said", 's="true"', "", "bad-value"],
    ],
  },
  artillery: {
    kpis: time,
    text: '{"aggregate":{"counters":{"http.requests":9,"http.codes.200":9},"summaries":{"http.response_time":{"p95":80}}},"intermediate":[]}',
    damages: [
      ["nobody answered", '"http.codes.200":9', '"errors.ECONNREFUSED":9'],
      ["no counters", '"counters"', '"count"', "bad-value"],
      ["a count that is a text", '"http.codes.200":9', '"http.codes.200":"9"', "bad-value"],
      ["a time below 0", '"p95":80', '"p95":-80', "bad-value"],
    ],
  },
  autocannon: {
    kpis: "load.error_rate: below 5%",
    text: '{"connections":5,"duration":1,"errors":0,"non2xx":0,"2xx":100,"latency":{"p99":9},"requests":{"total":100}}',
    damages: [
      ["no request", '"2xx":100', '"2xx":0', "no-samples"],
      ["a count below 0", '"errors":0', '"errors":-1', "bad-value"],
      ["no latency", '"latency"', '"late"', "bad-value"],
    ],
  },
  oha: {
    kpis: time,
    text: '{"summary":{"requestsPerSec":9},"latencyPercentiles":{"p50":0.02,"p95":0.08},"statusCodeDistribution":{"200":9},"errorDistribution":{}}',
    damages: [
      ["nobody answered", '{"200":9},"errorDistribution":{}', '{},"errorDistribution":{"refused":9}'],
      ["percentiles that fall", "0.08", "0.01", "bad-value"],
      ["a count that is a text", '{"200":9}', '{"200":"9"}', "bad-value"],
    ],
  },
  vegeta: {
    kpis: time,
    text: '{"latencies":{"mean":50000000,"95th":80000000},"bytes_in":{"total":1},"requests":9,"rate":9,"status_codes":{"200":9}}',
    damages: [
      ["requests without a status", '"requests":9', '"requests":90', "bad-value"],
      [
        "no request",
        '"requests":9,"rate":9,"status_codes":{"200":9}',
        '"requests":0,"status_codes":{}',
        "no-samples",
      ],
      ["taken before its end", "50000000", "0", "bad-value"],
    ],
  },
  hey: {
    kpis: time,
    text: "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n0.0100,0.0002,0.0000,0.0004,0.0030,0.0001,200,0.0321\n0.0200,0.0002,0.0000,0.0004,0.0030,0.0001,200,0.0421\n",
    damages: [
      ["an infinite time", "0.0100", "+Inf", "bad-value"],
      ["fewer fields than columns", ",200,0.0421", "", "bad-value"],
    ],
  },
  openmetrics: {
    kpis: errs,
    text: "# TYPE errs gauge\nerrs 1\n# EOF\n",
    damages: [
      ["not a number", "errs 1", "errs NaN", "not-finite"],
      ["an infinity", "errs 1", "errs -Inf", "not-finite"],
      ["one series twice", "errs 1", "errs 1\nerrs 0", "duplicate-series"],
      ["a value that is a word", "errs 1", "errs few", "metrics-syntax"],
    ],
  },
  "metrics-json": {
    kpis: errs,
    text: '{"metrics":[{"name":"errs","value":1}]}',
    damages: [
      ["a number too large to be one", '"value":1', '"value":1e999', "bad-value"],
      ["a value that is a text", '"value":1', '"value":"1"', "bad-value"],
      ["null", '"value":1', '"value":null', "bad-value"],
      ["one name twice", "]", ',{"name":"errs","value":9}]', "duplicate-series"],
      ["no metric", '{"name":"errs","value":1}', "", "no-samples"],
    ],
  },
  "metrics-csv": {
    kpis: errs,
    text: "name,value\nwarns,2\nerrs,1\n",
    damages: [
      ["a value that is a word", "errs,1", "errs,few", "bad-value"],
      ["not a number", "errs,1", "errs,NaN", "bad-value"],
      ["one name twice", "warns", "errs", "duplicate-series"],
      ["only a header", "warns,2\nerrs,1\n", "", "no-samples"],
    ],
  },
  "benchmark-json": {
    kpis: errs,
    text: '[{"name":"errs","value":1,"unit":""}]',
    damages: [
      ["a value that is a text", '"value":1', '"value":"1"', "bad-value"],
      ["one name twice", "}]", '},{"name":"errs","value":0}]', "duplicate-series"],
    ],
  },
  "octocov-json": {
    kpis: "build.errs: at most 5",
    text: '{"key":"build","metrics":[{"key":"errs","value":1}]}',
    damages: [
      ["a value that is a text", '"value":1', '"value":"1"', "bad-value"],
      ["no metric", '{"key":"errs","value":1}', "", "no-samples"],
      ["metrics that are no list", '[{"key":"errs","value":1}]', '{"errs":1}', "bad-value"],
    ],
  },
  sarif: {
    kpis: none,
    text: `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t","rules":[{"id":"r","properties":{"tags":["security"],"security-severity":"5.0"}}]}},"results":[{${result}}]}]}`,
    damages: [
      [
        "a scan that failed",
        '"results"',
        '"invocations":[{"executionSuccessful":false}],"results"',
        "tool-error",
      ],
      ["no results", '"results"', '"result"', "nothing-scanned"],
      ["a level that nobody knows", '"r","level":"warning"', '"q","level":"bad"', "bad-value"],
      ["another version", "2.1.0", "3.0.0"],
    ],
  },
  "npm-audit": {
    kpis: none,
    text: '{"auditReportVersion":2,"vulnerabilities":{},"metadata":{"vulnerabilities":{"critical":0,"total":0}}}',
    damages: [
      [
        "the tool's error",
        '"vulnerabilities":{},',
        '"error":{"code":"EAUDITNOPJSON","summary":"no package.json"},',
        "tool-error",
        /EAUDITNOPJSON/,
      ],
      ["counts what it does not show", '"total":0', '"total":3', "counts-differ"],
      ["no vulnerabilities", '"vulnerabilities":{},', "", "tool-error"],
    ],
  },
  trivy: {
    kpis: none,
    text: '{"SchemaVersion":2,"ArtifactName":".","Results":[{"Target":"a","Vulnerabilities":[{"VulnerabilityID":"CVE-2026-1","Severity":"LOW"}]}]}',
    damages: [
      ["no results", '"Results"', '"Result"', "nothing-scanned"],
      [
        "a list that is none",
        '"Vulnerabilities":[{"VulnerabilityID":"CVE-2026-1","Severity":"LOW"}]',
        '"Vulnerabilities":{}',
        "bad-value",
      ],
      ["a severity that nobody knows", "LOW", "BAD", undefined, /no severity/],
    ],
  },
  grype: {
    kpis: none,
    text: '{"matches":[{"vulnerability":{"id":"CVE-2026-1","severity":"Low"},"artifact":{"name":"a"}}],"descriptor":{"name":"grype"}}',
    damages: [
      [
        "a list that is none",
        '[{"vulnerability":{"id":"CVE-2026-1","severity":"Low"},"artifact":{"name":"a"}}]',
        "{}",
        "bad-value",
      ],
      ["a match without a name", '"id":"CVE-2026-1",', "", "bad-value"],
      ["a severity that nobody knows", '"Low"', '"Unknown"', undefined, /no severity/],
      [
        "an empty list of nobody",
        '{"vulnerability":{"id":"CVE-2026-1","severity":"Low"},"artifact":{"name":"a"}}],"descriptor":{"name":"grype"}',
        "]",
        "nothing-scanned",
      ],
    ],
  },
  "osv-scanner": {
    kpis: none,
    text: '{"results":[{"packages":[{"package":{"name":"a"},"vulnerabilities":[{"id":"GHSA-1"}],"groups":[{"ids":["GHSA-1"],"max_severity":"3.0"}]}]}]}',
    damages: [
      [
        "no results",
        '[{"packages":[{"package":{"name":"a"},"vulnerabilities":[{"id":"GHSA-1"}],"groups":[{"ids":["GHSA-1"],"max_severity":"3.0"}]}]}]',
        "null",
      ],
      ["a group of nothing", '"ids":["GHSA-1"]', '"ids":[]', "bad-value"],
      ["a list that is none", '[{"id":"GHSA-1"}]', "{}", "bad-value"],
      ["a severity that nobody knows", '"3.0"', '""', undefined, /no severity/],
    ],
  },
  "pip-audit": {
    kpis: none,
    text: '{"dependencies":[{"name":"a","version":"1","vulns":[]}],"fixes":[]}',
    damages: [
      ["no dependency", '{"name":"a","version":"1","vulns":[]}', "", "nothing-scanned"],
      ["every dependency was skipped", '"vulns":[]', '"skip_reason":"unknown"', "nothing-scanned"],
      ["a list that is none", '"vulns":[]', '"vulns":{}', "bad-value"],
      ["severities, which it does not tell", "[]}]", '[{"id":"PYSEC-1"}]}]'],
    ],
  },
  eslint: {
    kpis: few,
    text: '[{"filePath":"a.php","messages":[{"ruleId":"r","severity":1,"message":"m","line":1}],"errorCount":0,"warningCount":1}]',
    damages: [
      ["a file that it could not parse", '"ruleId":"r"', '"fatal":true', "tool-error"],
      ["counts what it does not show", '"errorCount":0', '"errorCount":7', "counts-differ"],
      [
        "no messages",
        '"messages":[{"ruleId":"r","severity":1,"message":"m","line":1}]',
        '"messages":null',
        "bad-value",
      ],
    ],
  },
  "code-climate": {
    kpis: few,
    text: '[{"type":"issue","check_name":"r","description":"d","location":{"path":"a.php","lines":{"begin":1}}}]',
    damages: [
      ["an entry that is no issue", '"type":"issue"', '"type":"error"', "bad-value"],
      ["an issue without a place", '"path"', '"file"', "bad-value"],
      [
        "an empty list",
        '{"type":"issue","check_name":"r","description":"d","location":{"path":"a.php","lines":{"begin":1}}}',
        "",
        "nothing-scanned",
      ],
    ],
  },
  checkstyle: {
    kpis: few,
    text: '<checkstyle version="8"><file name="a.php"><error line="1" severity="warning" message="m" source="r"/></file></checkstyle>',
    damages: [
      [
        "a file that it could not parse",
        '<error line="1" severity="warning" message="m" source="r"/>',
        "<exception>no</exception>",
        "tool-error",
      ],
    ],
  },
};

const names = Object.keys(sound);

/** Formats of load tests, numbers and findings that have no row here. */
export const withoutRows = Object.entries(readers)
  .filter(([, { families }]) => families.some((family) => !["tests", "coverage", "facts"].includes(family)))
  .flatMap(([format]) => (names.includes(format) ? [] : [format]));

export const formatCases: readonly BadInput[] = Object.entries(sound).flatMap(
  ([format, { kpis, text, damages }]) => {
    const reader = readers[format as keyof typeof readers];
    const family = reader.families[0]!;
    const one = (
      name: string,
      content: string,
      rest: Pick<BadInput, "outcome" | "code" | "says">,
    ): BadInput => ({
      name: `${reader.label}: ${name}`,
      files: { report: content },
      config: gateOn(family, "report", kpis),
      ...rest,
    });
    const damaged = damages.map(([what, from, to, code, says]) => {
      if (!text.includes(from)) throw new Error(`${format} does not hold ${from}`);
      return one(what, text.replace(from, to), {
        outcome: "error",
        ...(code ? { code } : {}),
        ...(says ? { says } : {}),
      });
    });
    return [
      one("sound", text, { outcome: "pass" }),
      one("cut off", text.slice(0, -8), { outcome: "error" }),
      ...damaged,
    ];
  },
);
