import { describe, expect, test } from "vitest";
import { limitPattern, parseLimit } from "../src/core/config/limit.ts";
import type { Bound } from "../src/core/model/gate.ts";
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
  ["about 90%", higher, /not a limit/],
  ["baseline - 0.5%", higher, /write pp for points: "- 0.5pp"/],
  ["at least baseline - 0.5", higher, /write pp for points: "- 0.5pp"/],
  ["at most baseline + 5pp", count, /pp is for percentages; write "\+ 10" or "\+ 5%"/],
  ["at most baseline + 5", time, /no unit; write "\+ 2s" or "\+ 5%"/],
  ["at most baseline + 5GB", time, /the unit "GB" does not convert/],
  ["at most baseline + 5s", count, /the unit "s" does not convert/],
  [
    "at least baseline - 3 iqr",
    higher,
    /iqr is the spread around a median; write for example "median\(10\) - 3 iqr"/,
  ],
  ["at least baseline - 100%", count, /leaves nothing/],
  ["at most 0% of first", higher, /0% of anything is nothing/],
  ["below 0d ago", count, /longer than 0/],
  ["below 4000d ago", count, /looks back more than 3650 days/],
  ["median(0)", count, /1 to 1000 runs/],
  ["median(2.5)", count, /1 to 1000 runs/],
  ["median(2000)", count, /1 to 1000 runs/],
  ["below 30 ago", count, /no unit of time; write for example "30d ago"/],
  ["at least 50% and below 70%", higher, /write them as a list: \[at least 50%, below 70%\]/],
  ["under 2m", time, /write for example "2s", in ms, s, min, h or d$/],
  ["atleast some", higher, /is not a limit; write for example/],
  ["at least basline", higher, /did you mean "at least baseline"\?/],
  ["at leest baseline", higher, /did you mean "at least baseline"\?/],
  ["at most 20% of frist", higher, /did you mean "at most 20% of first"\?/],
  ["median 10", count, /not a limit/],
  ["baseline baseline", count, /not a limit/],
  ["baseline - 1 - 1", count, /not a limit/],
  ["baseline - -1", count, /not a limit/],
  ["90% or so", higher, /not a limit/],
  ["-5%", higher, /not a limit/],
  ["1e3", count, /not a limit|unit "e3"/],
  ["", higher, /not a limit/],
  ["at least", higher, /not a limit/],
];

const references: readonly (readonly [string, Kpi, string])[] = [
  ["at least baseline", higher, "at least baseline"],
  ["baseline", higher, "at least baseline"],
  ["baseline", lower, "at most baseline"],
  ["at most best", count, "at most best"],
  ["below first", count, "below first"],
  ["At Least  Baseline - 0.5PP", higher, "at least baseline -5/10 unit"],
  ["at least baseline-0.5pp", higher, "at least baseline -5/10 unit"],
  [">= baseline + 1pp", higher, "at least baseline 1/1 unit"],
  ["at most baseline + 10%", time, "at most baseline 10/1 percent"],
  ["at most baseline + 10%", count, "at most baseline 10/1 percent"],
  ["at most baseline + 3", count, "at most baseline 3/1 unit"],
  ["at most baseline + 0.2s", time, "at most baseline 2000/10 unit"],
  ["at most 20% of first", lower, "at most 20/1% of first"],
  ["at most 20% of first", count, "at most 20/1% of first"],
  ["at most 20 % of first + 1", count, "at most 20/1% of first 1/1 unit"],
  ["at least 99.5% of best", time, "at least 995/10% of best"],
  ["below 30d ago", count, "below ago 2592000000"],
  ["above 12 h ago", higher, "above ago 43200000"],
  ["at least 30d ago - 1pp", higher, "at least ago 2592000000 -1/1 unit"],
  ["at least median(10) - 3 iqr", higher, "at least median 10 -3/1 iqr"],
  ["at most median( 14d ) + 1.5iqr", time, "at most median 1209600000ms 15/10 iqr"],
  ["median(7)", count, "at most median 7"],
];

function shown(bound: Bound): string {
  const decimal = ({ digits, scale }: { digits: bigint; scale: number }) => `${digits}/${10 ** scale}`;
  if (bound.kind === "value") return decimal(bound.value);
  const { reference, percent, shift } = bound;
  const size =
    "runs" in reference
      ? ` ${reference.runs}`
      : "milliseconds" in reference
        ? ` ${reference.milliseconds}${reference.kind === "median" ? "ms" : ""}`
        : "";
  const share = percent ? `${decimal(percent)}% of ` : "";
  return `${share}${reference.kind}${size}${shift ? ` ${decimal(shift.by)} ${shift.of}` : ""}`;
}

describe("the limit grammar", () => {
  test.each([...understood, ...references])("%s of %o is %s", (text, kpi, expected) => {
    const parsed = parseLimit(text, kpi);
    expect("limit" in parsed ? `${parsed.limit.op} ${shown(parsed.limit.bound)}` : parsed.wrong).toBe(
      expected,
    );
  });

  test.each(refused)("%s of %o is refused", (text, kpi, why) => {
    const parsed = parseLimit(text, kpi);
    expect("wrong" in parsed && parsed.wrong).toMatch(why);
  });

  test("the pattern of the JSON Schema takes what is understood", () => {
    for (const [text] of [...understood, ...references])
      expect(String(text).toLowerCase()).toMatch(new RegExp(limitPattern));
    for (const text of ["about 90%", "90% or so", "-5%", "at least basline", "median 10"])
      expect(text).not.toMatch(new RegExp(limitPattern));
  });
});
