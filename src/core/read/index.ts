import type { ReadFile } from "../model/evidence.ts";
import type { Counting } from "../model/facts.ts";
import { InputError, refuse } from "../model/problem.ts";
import { artillery } from "./artillery.ts";
import { autocannon } from "./autocannon.ts";
import { benchmarkJson } from "./benchmark-json.ts";
import { checkstyle } from "./checkstyle.ts";
import { clover } from "./clover.ts";
import { cobertura } from "./cobertura.ts";
import { codeClimate } from "./code-climate.ts";
import { coveragepy } from "./coverage-py.ts";
import { ctrf } from "./ctrf.ts";
import { eslint } from "./eslint.ts";
import { facts } from "./facts.ts";
import { gcovr } from "./gcovr.ts";
import { gocover } from "./gocover.ts";
import { grype } from "./grype.ts";
import { rootAtOnce, takeHead } from "./head.ts";
import { hey } from "./hey.ts";
import { istanbul } from "./istanbul.ts";
import { istanbulSummary } from "./istanbul-summary.ts";
import { jacoco } from "./jacoco.ts";
import { jmeter } from "./jmeter.ts";
import { jmeterXml } from "./jmeter-xml.ts";
import { junit } from "./junit.ts";
import { k6 } from "./k6.ts";
import { lcov } from "./lcov.ts";
import { llvmCov } from "./llvm-cov.ts";
import { locust } from "./locust.ts";
import { locustHistory } from "./locust-history.ts";
import { metricsCsv } from "./metrics-csv.ts";
import { metricsJson } from "./metrics-json.ts";
import { npmAudit } from "./npm-audit.ts";
import { octocovJson } from "./octocov-json.ts";
import { oha } from "./oha.ts";
import { opencover } from "./opencover.ts";
import { openmetrics } from "./openmetrics.ts";
import { osvScanner } from "./osv-scanner.ts";
import { pipAudit } from "./pip-audit.ts";
import type { Head, Reader } from "./reader.ts";
import { sarif } from "./sarif.ts";
import { simplecov } from "./simplecov.ts";
import { tap } from "./tap.ts";
import { type Bytes, openWindow, type Window } from "./text/window.ts";
import { trivy } from "./trivy.ts";
import { trx } from "./trx.ts";
import { vegeta } from "./vegeta.ts";

export type { Reader } from "./reader.ts";
export type { Bytes } from "./text/window.ts";

/** The registry of readers. Names of formats, help texts and tables of the docs come from here. */
export const readers = {
  junit,
  ctrf,
  trx,
  tap,
  lcov,
  cobertura,
  istanbul,
  "istanbul-summary": istanbulSummary,
  jacoco,
  clover,
  "coverage-py": coveragepy,
  gocover,
  simplecov,
  "llvm-cov": llvmCov,
  gcovr,
  opencover,
  k6,
  locust,
  "locust-history": locustHistory,
  jmeter,
  "jmeter-xml": jmeterXml,
  artillery,
  autocannon,
  oha,
  vegeta,
  hey,
  openmetrics,
  "metrics-json": metricsJson,
  "metrics-csv": metricsCsv,
  "benchmark-json": benchmarkJson,
  "octocov-json": octocovJson,
  sarif,
  "npm-audit": npmAudit,
  trivy,
  grype,
  "osv-scanner": osvScanner,
  "pip-audit": pipAudit,
  eslint,
  "code-climate": codeClimate,
  checkstyle,
  facts,
} as const satisfies Record<string, Reader>;

export type Format = keyof typeof readers;

export const formats = Object.keys(readers) as readonly Format[];

/**
 * Reads a report file of whatever format its content shows. Problems are returned, all of them; nothing is thrown for
 * them. Tests are counted as `counting` says.
 */
export function readReportFile(path: string, source: Bytes, counting?: Counting): ReadFile {
  let format: Format | null = null;
  let window: Window | undefined;
  try {
    window = openWindow(source, path);
    format = formatOf(window, path);
    const reader: Reader = readers[format];
    const { facts, problems } = reader.read(window, path, counting);
    return { path, format, facts, problems };
  } catch (error) {
    if (error instanceof InputError)
      return { path, format, problems: [{ ...error.problem, at: error.problem.at ?? { file: path } }] };
    throw error;
  } finally {
    window?.close();
  }
}

const rootsOf = (format: Format) => (readers[format] as Reader).roots ?? [];
const notInXml = formats.filter((format) => rootsOf(format).length === 0);
const byRoot = new Map(
  formats.flatMap(rootsOf).map((root) => [root, formats.filter((format) => rootsOf(format).includes(root))]),
);

/** Formats whose reader claims this content; the tests see to it that it is never more than one. */
export function claimants(head: Head): readonly Format[] {
  const { root } = head;
  const asked = root === undefined ? notInXml : (byRoot.get(root) ?? []);
  return asked.filter((format) => (readers[format] as Reader).claims?.(head) ?? true);
}

function formatOf(window: Window, file: string): Format {
  const root = rootAtOnce(window);
  const asked = root === undefined ? undefined : byRoot.get(root);
  if (asked?.length === 1 && !("claims" in readers[asked[0]!])) return asked[0]!;
  const head = takeHead(window);
  const claimed = claimants(head);
  if (claimed.length === 1) return claimed[0]!;
  if (head.text.trim() === "") {
    refuse({
      code: "empty-file",
      message: "is empty (only blanks)",
      at: { file },
      hint: "Did the tool that writes it crash?",
    });
  }
  if (/^\s*\{\s*\}\s*$/.test(head.text)) {
    refuse({
      code: "empty-file",
      message: "is an empty JSON object",
      at: { file },
      hint: "Did its tool find something to look at? Coverage tools write it when no source file was loaded.",
    });
  }
  if (/^\s*<\?xml\b/.test(head.text) && head.root === undefined) {
    refuse({
      code: "xml-syntax",
      message: "has no root element",
      at: { file, line: 1 },
      hint: "The file is cut off.",
    });
  }
  if (/[\x00-\x08\x0e-\x1a]/.test(head.text.slice(0, 1024)) && head.root === undefined) {
    const hint = "Name the text file that the tool writes.";
    refuse({ code: "encoding", message: "is binary data, not a text file", at: { file }, hint });
  }
  if (head.json.keys.size > 0) unknownJson(head.text, file);
  const found =
    head.root === undefined ? JSON.stringify(head.text.trim().slice(0, 30)) : `<${head.root.slice(0, 40)}>`;
  refuse({
    code: "unknown-format",
    message: `expected <testsuites>, <testsuite> or another report that is read, found ${found}`,
    at: { file },
    hint: "Is it the file that the tool wrote? docs/formats.md lists the formats that are read.",
  });
}

function unknownJson(text: string, file: string): never {
  refuse({
    code: "unknown-format",
    message: `is JSON of no format that is read, and begins with ${JSON.stringify(text.trim().slice(0, 30))}`,
    at: { file },
    hint: "Is it the file that the tool wrote? docs/formats.md lists the formats that are read; many scanners can write SARIF.",
  });
}
