import { describe, expect, test } from "vitest";
import { limitPattern, parseLimit } from "../src/core/config/limit.ts";
import type { KpiInfo } from "../src/core/model/kpi.ts";

const higher = { unit: "%", better: "higher" } as const;
const lower = { unit: "%", better: "lower" } as const;
const count = { unit: "count", better: "lower" } as const;
const time = { unit: "ms", better: "lower" } as const;
const size = { unit: "B", better: "lower" } as const;
const ratio = { unit: "ratio", better: "higher" } as const;
const rate = { unit: "req/s", better: "higher" } as const;

type Kpi = Pick<KpiInfo, "unit" | "better">;

const understood: readonly (readonly [string | number, Kpi, string])[] = [
  ["above 85%", higher, "above 85/1"],
  ["over 85%", higher, "above 85/1"],
  ["at least 85.5%", higher, "at least 855/10"],
  ["at most 5%", lower, "at most 5/1"],
  ["below 5%", lower, "below 5/1"],
  ["under 5%", lower, "below 5/1"],
  ["exactly 100%", higher, "exactly 100/1"],
  [">= 85%", higher, "at least 85/1"],
  ["<= 5%", lower, "at most 5/1"],
  [">85%", higher, "above 85/1"],
  ["<5%", lower, "below 5/1"],
  ["== 5", count, "exactly 5/1"],
  ["  At Least   85 % ", higher, "at least 85/1"],
  ["85%", higher, "at least 85/1"],
  ["5%", lower, "at most 5/1"],
  [85, higher, "at least 85/1"],
  [0, lower, "at most 0/1"],
  [0, count, "at most 0/1"],
  ["2s", time, "at most 2000/1"],
  ["under 2.5 s", time, "below 25000/10"],
  ["500ms", time, "at most 500/1"],
  ["5 min", time, "at most 300000/1"],
  ["1h", time, "at most 3600000/1"],
  ["1d", time, "at most 86400000/1"],
  ["below 500 MB", size, "below 500000000/1"],
  ["500mb", size, "at most 500000000/1"],
  ["1.5 GiB", size, "at most 16106127360/10"],
  ["64 KiB", size, "at most 65536/1"],
  ["3 kB", size, "at most 3000/1"],
  ["2GB", size, "at most 2000000000/1"],
  ["10 MiB", size, "at most 10485760/1"],
  ["100B", size, "at most 100/1"],
  ["0.95", ratio, "at least 95/100"],
  ["above 200 req/s", rate, "above 200/1"],
  ["200", rate, "at least 200/1"],
];

const refused: readonly (readonly [string | number, Kpi, RegExp])[] = [
  ["0.9", higher, /did you mean 90%\?/],
  [0.855, higher, /did you mean 85.5%\?/],
  [1, higher, /did you mean 100%\?/],
  ["above 100%", higher, /can never hold/],
  ["101%", higher, /can never hold/],
  ["below 0%", lower, /can never hold/],
  ["below 0", count, /can never hold/],
  ["2", time, /no unit/],
  ["2GB", time, /does not convert/],
  ["500", size, /no unit; write for example "500 MB"/],
  ["2s", size, /does not convert/],
  ["95%", ratio, /the KPI is a ratio/],
  ["200 req/min", rate, /does not convert; write for example "10 req\/s"/],
  ["5%", count, /the KPI is a count/],
  ["90pp", higher, /pp is for differences/],
  ["at least baseline", higher, /does not keep/],
  ["below 30d ago", count, /does not keep/],
  ["about 90%", higher, /not a limit/],
  ["90% or so", higher, /not a limit/],
  ["-5%", higher, /not a limit/],
  ["1e3", count, /not a limit|unit "e3"/],
  ["", higher, /not a limit/],
  ["at least", higher, /not a limit/],
];

describe("the limit grammar", () => {
  test.each(understood)("%s of %o is %s", (text, kpi, expected) => {
    const parsed = parseLimit(text, kpi);
    expect(
      "limit" in parsed &&
        `${parsed.limit.op} ${parsed.limit.value.digits}/${10 ** parsed.limit.value.scale}`,
    ).toBe(expected);
  });

  test.each(refused)("%s of %o is refused", (text, kpi, why) => {
    const parsed = parseLimit(text, kpi);
    expect("wrong" in parsed && parsed.wrong).toMatch(why);
  });

  test("the pattern of the JSON Schema takes what is understood", () => {
    for (const [text] of understood) expect(String(text).toLowerCase()).toMatch(new RegExp(limitPattern));
    for (const text of ["about 90%", "90% or so", "-5%"]) expect(text).not.toMatch(new RegExp(limitPattern));
  });
});
