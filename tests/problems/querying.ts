import type { Example, Examples } from "./example.ts";

const now = Date.UTC(2026, 0, 1) / 1_000;

/** An answer with these series. */
function vector(...series: readonly object[]): Example {
  const body = { status: "success", data: { resultType: "vector", result: series } };
  return { kind: "query", answer: { body } };
}

const series = (instance: string, time = now) => ({ metric: { instance }, value: [time, "427819008"] });

/** Problems of asking a Prometheus server. */
export const querying = {
  "prometheus-not-asked": [{ kind: "query", server: ", token: PROM_TOKEN" }],
  "prometheus-unreachable": [{ kind: "query" }],
  "prometheus-failed": [
    {
      kind: "query",
      answer: {
        status: 400,
        body: { status: "error", error: "1:4: parse error: unclosed left parenthesis" },
      },
    },
    { kind: "query", answer: { status: 401, body: {} } },
  ],
  "prometheus-partial": [
    {
      kind: "query",
      answer: {
        body: {
          status: "success",
          data: { resultType: "vector", result: [series("shop-1")] },
          warnings: ["no store answered for zone b"],
        },
      },
    },
  ],
  "prometheus-stale": [vector(series("shop-1", now - 3_600))],
  "prometheus-series": [vector(series("shop-1"), series("shop-2"))],
} as const satisfies Examples;
