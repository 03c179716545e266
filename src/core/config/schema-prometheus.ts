import * as z from "zod/mini";
import { described } from "./schema-rule.ts";

const duration = () => z.string().check(z.trim(), z.regex(/^\d{1,9}(?:\.\d{1,3})?\s*(?:ms|s|min|h|d)$/));

const address = () => z.string().check(z.trim(), z.minLength(1), z.maxLength(1_000));

/** The key `prometheus` under `sources`. */
export const prometheus = () =>
  described(
    z.strictObject({
      url: described(address(), "Address of the server, such as https://prometheus.example."),
      token: described(
        z.optional(z.string()),
        "Name of the environment variable that holds the bearer token; it ends in TOKEN.",
      ),
      timeout: described(z.optional(duration()), "How long one answer may take. Default: 10s."),
      "max-age": described(z.optional(duration()), "How old a value may be. Default: 5min."),
    }),
    "A Prometheus server that queries under `custom` are put to.",
  );

/** The keys of an entry under `custom` that asks it. */
export const queryKeys = () => ({
  query: described(
    z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(4_000))),
    "PromQL that gives the number, as one series.",
  ),
  over: described(
    z.optional(duration()),
    "The query is asked for this long until now. Left out: for now alone.",
  ),
  every: described(
    z.optional(duration()),
    "How far the points of that time lie apart. Default: a sixtieth of it, from 15s.",
  ),
  take: described(
    z.optional(z.enum(["worst", "mean"])),
    "What counts of the points: the worst (default) or their mean.",
  ),
});
