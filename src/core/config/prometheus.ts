import type { PrometheusServer, Queried } from "../model/config.ts";
import type { Problem } from "../model/problem.ts";
import { factorTo } from "../model/unit.ts";
import type { RawConfig } from "./schema.ts";
import type { Path, Places } from "./yaml.ts";

type RawServer = NonNullable<NonNullable<RawConfig["sources"]>["prometheus"]>;
type RawCustom = NonNullable<RawConfig["custom"]>[string];

const usualTimeout = 10_000;
const usualAge = 300_000;
const [leastTimeout, longestTimeout] = [100, 120_000];

/** Shortest distance of points that is chosen here; servers scrape about so often. */
const leastStep = 15_000;
const usualPoints = 60;
const mostPoints = 1_000;

/** Most queries of one gate. */
const mostQueries = 100;

/** The server under `sources: prometheus`. Whatever could give its token to others is an error. */
export function parseServer(raw: RawServer, yaml: Places, problems: Problem[]): PrometheusServer | undefined {
  const path = (key: string): Path => ["sources", "prometheus", key];
  const wrong = (key: string, message: string, hint?: string) =>
    problems.push(problem(`sources: prometheus: ${message}`, yaml, path(key), hint));
  const before = problems.length;
  const host = hostOf(raw.url);
  if (host === undefined) {
    const hint = "Write scheme, host and where needed port and path: https://prometheus.example/team.";
    wrong("url", "url is no address of a server", hint);
  }
  if (raw.token !== undefined && !variable.test(raw.token)) {
    const hint = "Write a name such as PROM_TOKEN, and hand the secret to the step under `env`.";
    wrong(
      "token",
      "token is the name of an environment variable that ends in TOKEN, not the token itself",
      hint,
    );
  } else if (raw.token !== undefined && foreign.test(raw.token)) {
    wrong("token", `token: ${raw.token} belongs to GitHub and is sent to nobody else`);
  }
  if (raw.token !== undefined && host !== undefined && /^http:/i.test(raw.url) && !isLoopback(host)) {
    const hint = "Use https, or leave the token out; only to this machine itself a token goes unencrypted.";
    wrong("url", "the token would be sent unencrypted", hint);
  }
  const timeout = raw.timeout === undefined ? usualTimeout : milliseconds(raw.timeout);
  if (timeout < leastTimeout || timeout > longestTimeout) wrong("timeout", "timeout is 100ms to 2min");
  const maxAge = raw["max-age"] === undefined ? usualAge : milliseconds(raw["max-age"]);
  if (maxAge < 1_000) wrong("max-age", "max-age is at least 1s");
  if (problems.length > before) return undefined;
  const url = raw.url.replace(/\/+$/, "");
  return { url, timeout, maxAge, ...(raw.token === undefined ? {} : { token: raw.token }) };
}

/** A query under `custom`; undefined where it has none. */
export function parseQuery(
  kpi: string,
  { query, unit, over, every, take }: RawCustom,
  yaml: Places,
  problems: Problem[],
): Queried | undefined {
  if (query === undefined) return undefined;
  const about = { kpi, query, ...(unit === undefined ? {} : { unit }) };
  if (over === undefined) return about;
  const length = milliseconds(over);
  const usual = Math.max(leastStep, Math.ceil(length / usualPoints / 1_000) * 1_000);
  const step = every === undefined ? usual : milliseconds(every);
  if (step < 1_000 || length < step || length / step > mostPoints) {
    const message = `custom: ${kpi}: over ${over} every ${every ?? `${step / 1_000}s`} is no time of 2 to ${mostPoints} points, a second or more apart`;
    problems.push(problem(message, yaml, ["custom", kpi, "over"]));
  }
  return { ...about, range: { over: length, every: step, take: take ?? "worst" } };
}

/** Queries need a server, and are not endless. */
export function checkQueries(
  queried: readonly Queried[],
  raw: RawConfig["sources"],
  yaml: Places,
  problems: Problem[],
): void {
  const [first] = queried;
  if (first === undefined) return;
  const at: Path = ["custom", first.kpi, "query"];
  if (raw?.prometheus === undefined) {
    const hint = "Name the server: `sources: { prometheus: { url: https://prometheus.example } }`.";
    problems.push(problem(`custom: ${first.kpi} asks a query, and no server is named`, yaml, at, hint));
  }
  if (queried.length > mostQueries)
    problems.push(problem(`custom: more queries than the limit (${mostQueries})`, yaml, at));
}

/** Secrets are known by the end of such a name, so that the token is masked wherever it appears. */
const variable = /^[A-Za-z_][A-Za-z0-9_]{0,94}TOKEN$/i;
const foreign = /^(?:ACTIONS|GITHUB|INPUT|RUNNER)_/i;

/** The host of an address that has nothing but a scheme, a host, a port and a path. */
function hostOf(url: string): string | undefined {
  return /^https?:\/\/(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9._-]{0,252}[a-z0-9])?)(?::\d{1,5})?(?:\/[\w.~%/-]*)?$/i.exec(
    url,
  )?.[1];
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(host);
}

function milliseconds(text: string): number {
  const [, number = "", unit = ""] = /^([\d.]+)\s*([a-z]+)$/.exec(text) ?? [];
  return Number(number) * factorTo("ms", unit)!;
}

function problem(message: string, yaml: Places, path: Path, hint?: string): Problem {
  const found: Problem = { code: "config-value", severity: "error", message, at: yaml.place(path) };
  return hint === undefined ? found : { ...found, hint };
}
