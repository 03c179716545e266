/**
 * Units that values and limits are kept in, and that others convert to. `%` holds for ratios, as a part of a whole;
 * `ratio` is a bare number.
 */
export type KnownUnit = "%" | "ms" | "B" | "count" | "ratio";

/** A unit that is known, or any other text: shown as it is and never converted. */
export type Unit = KnownUnit | (string & Record<never, never>);

/** For each known unit the units that convert to it, with their factors. Empty: a number without a unit. */
const factors: Readonly<Record<KnownUnit, Readonly<Record<string, number>>>> = {
  "%": { "%": 1, "": 1 },
  count: { "": 1 },
  ratio: { "": 1 },
  ms: { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 },
  B: { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, KiB: 1 << 10, MiB: 1 << 20, GiB: 1 << 30 },
};

export function isKnownUnit(unit: Unit): unit is KnownUnit {
  return Object.hasOwn(factors, unit);
}

/** What a number in one unit is multiplied by to be in another, in any case; undefined where it does not convert. */
export function factorTo(wanted: Unit, unit: string): number | undefined {
  const known = isKnownUnit(wanted) ? factors[wanted] : { [wanted]: 1, "": 1 };
  return Object.entries(known).find(([name]) => name.toLowerCase() === unit.toLowerCase())?.[1];
}

/** The units that convert to one, as they are written. */
export function unitsFor(wanted: Unit): readonly string[] {
  return isKnownUnit(wanted) ? Object.keys(factors[wanted]).filter((unit) => unit !== "") : [wanted];
}

/** Units in words, also as the endings of names that Prometheus asks for. */
const words: Readonly<Record<string, string>> = {
  percent: "%",
  percentage: "%",
  ratio: "ratio",
  ratios: "ratio",
  nanoseconds: "ns",
  microseconds: "us",
  milliseconds: "ms",
  seconds: "s",
  sec: "s",
  secs: "s",
  minutes: "min",
  hours: "h",
  days: "d",
  bytes: "B",
  kilobytes: "kB",
  megabytes: "MB",
  gigabytes: "GB",
  kibibytes: "KiB",
  mebibytes: "MiB",
  gibibytes: "GiB",
};

/** The words for units that are known. */
export const unitWords: readonly string[] = Object.keys(words);

/** The symbol of a unit that is given in words; any other text as it is. */
export function symbolOf(unit: string): string {
  const word = unit.trim().toLowerCase();
  return Object.hasOwn(words, word) ? words[word]! : unit.trim();
}

/** The unit in which values of a given unit are kept: milliseconds for hours. No unit is a count. */
export function unitOf(given: string): Unit {
  const symbol = symbolOf(given);
  if (symbol === "") return "count";
  const kept = (["%", "ms", "B"] as const).find((unit) => factorTo(unit, symbol) !== undefined);
  return kept ?? symbol;
}
