import { add, compare, type Fraction, fractionOf } from "../model/exact.ts";
import type { AppliedLimit, Remedy } from "../model/gate.ts";
import type { Measured } from "../model/kpi.ts";
import type { Unit } from "../model/unit.ts";

/** "1 test", "3 tests". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** 12345 as "12,345". */
export function grouped(count: number | string): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * A value with its unit, with as many digits as it takes for the printed number to stand to the limit as the real one
 * does: "89.996%" where "90%" would read as if it held.
 */
export function valueText(value: Measured, unit: Unit, limit?: AppliedLimit): string {
  return shown(fractionOf(value), unit, limit?.number).text;
}

/**
 * A limit in the words of the configuration, and what it came to where that depends on recorded runs. Its digits stand to
 * those of the value as the real numbers do.
 */
export function limitText(limit: AppliedLimit, unit: Unit, value?: Measured): string {
  const { text, bound, number } = limit;
  if (bound.kind === "value" || number === undefined) return text;
  const beside = value && shown(fractionOf(value), unit, number).number;
  return `${text} (${shown(number, unit, beside).text})`;
}

/** What would make a broken rule hold: "14 more covered lines", "180ms less", "28 MB less". Never less than it takes. */
export function remedyText({ steps, step }: Remedy, unit: Unit): string {
  const exact: Fraction = { over: BigInt(steps), under: 1n };
  if (isMeasuredOut(unit)) return `${shown(exact, unit, undefined, "up").text} ${step[0]}`;
  return `${grouped(steps)} ${steps === 1 ? step[0] : step[1]}`;
}

/**
 * How far a value is from its limit: "8.2 points below", "3 over", "at the limit". Empty where it has no number. Only a
 * value of nothing is as far below a limit as the limit is large: 5ms is "1.995s below" 2s.
 */
export function distanceText(value: Measured, unit: Unit, { number }: AppliedLimit): string {
  if (number === undefined) return "";
  const exact = fractionOf(value);
  const order = compare(exact, number);
  if (order === 0) return "at the limit";
  return `${gapText(exact, number, unit)} ${order < 0 ? "below" : "over"}`;
}

/** How a value differs from the one in the baseline: "+1.2 points", "-14", "no change". */
export function changeText(value: Measured, before: Measured, unit: Unit): string {
  const [a, b] = [fractionOf(value), fractionOf(before)];
  const order = compare(a, b);
  if (order === 0) return "no change";
  return `${order < 0 ? "-" : "+"}${gapText(a, b, unit)}`;
}

/** How far apart two numbers are; it reads as much as the larger one only where the other one is nothing. */
function gapText(a: Fraction, b: Fraction, unit: Unit): string {
  const gap = size(add(a, { over: -b.over, under: b.under }));
  const larger = size(compare(a, b) < 0 ? b : a);
  if (unit !== "%") return shown(gap, unit, larger).text;
  const { text } = digits(gap, larger, 1);
  return text === "1" ? "1 point" : `${text} points`;
}

function size({ over, under }: Fraction): Fraction {
  return { over: over < 0n ? -over : over, under };
}

/** Whether steps towards a limit are an amount with its unit, not a number of things. */
export function isMeasuredOut(unit: Unit): boolean {
  return unit === "ms" || unit === "B";
}

/** A number as it is printed, and the number that this is. */
interface Shown {
  readonly text: string;
  readonly number: Fraction;
}

/** Half away from zero, or else never nearer to zero than the real number. */
type Rounding = "nearest" | "up";

/** A number with its unit; `beside` is what the printed one must stand to as the real one does. */
function shown(exact: Fraction, unit: Unit, beside?: Fraction, rounding: Rounding = "nearest"): Shown {
  switch (unit) {
    case "%":
      return marked(digits(exact, beside, 1, { all: hundred }), "%");
    case "ms":
      return time(exact, beside, rounding);
    case "B":
      return bytes(exact, beside, rounding);
    case "count":
      return digits(exact, beside, 1);
    case "ratio":
      return digits(exact, beside, 3);
    default:
      return marked(digits(exact, beside, 2), ` ${unit}`);
  }
}

function marked({ text, number }: Shown, unit: string): Shown {
  return { text: `${text}${unit}`, number };
}

/** In ms below a second, in s below two minutes, in min below two hours, in h below two days, else in d. */
function time(exact: Fraction, beside: Fraction | undefined, rounding: Rounding): Shown {
  const ms = Math.abs(Number(exact.over) / Number(exact.under));
  const [unit, factor] = timeUnits.find(([, , below]) => ms < below) ?? (["d", 86_400_000n] as const);
  const places = ms < 10 ? 1 : unit === "ms" ? 0 : 2;
  return marked(inUnits(exact, factor, beside, places, rounding), unit);
}

const timeUnits = [
  ["ms", 1n, 1_000],
  ["s", 1_000n, 120_000],
  ["min", 60_000n, 7_200_000],
  ["h", 3_600_000n, 172_800_000],
] as const;

/** In the largest decimal unit of which there is at least one. */
function bytes(exact: Fraction, beside: Fraction | undefined, rounding: Rounding): Shown {
  const count = Math.abs(Number(exact.over) / Number(exact.under));
  const [unit, factor] =
    count < 1e3
      ? (["B", 1n] as const)
      : count < 1e6
        ? (["kB", 1_000n] as const)
        : count < 1e9
          ? (["MB", 1_000_000n] as const)
          : (["GB", 1_000_000_000n] as const);
  return marked(inUnits(exact, factor, beside, 1, rounding), ` ${unit}`);
}

function inUnits(
  exact: Fraction,
  factor: bigint,
  beside: Fraction | undefined,
  least: number,
  rounding: Rounding,
): Shown {
  const scale = ({ over, under }: Fraction): Fraction => ({ over, under: under * factor });
  const { text, number } = digits(scale(exact), beside && scale(beside), least, { rounding });
  return { text, number: { over: number.over * factor, under: number.under } };
}

/** Digits beyond which two equal numbers that never end are not followed. */
const mostEqualPlaces = 12;

const hundred: Fraction = { over: 100n, under: 1n };

/**
 * Decimal digits without trailing zeros, half away from zero unless said otherwise; more of them until they explain the
 * comparison. Only nothing reads as 0, and only all of it as `all`.
 */
function digits(
  exact: Fraction,
  beside: Fraction | undefined,
  least: number,
  { all, rounding = "nearest" }: { readonly all?: Fraction; readonly rounding?: Rounding } = {},
): Shown {
  const order = beside && compare(exact, beside);
  for (let places = least; ; places++) {
    const rounded = round(exact, places, rounding);
    if (rounded.over === 0n && exact.over !== 0n) continue;
    if (all && compare(rounded, all) === 0 && compare(exact, all) !== 0) continue;
    if (beside === undefined || compare(rounded, beside) === order)
      return { text: decimalText(rounded.over, places), number: rounded };
    if (order === 0 && places >= mostEqualPlaces)
      return digits(exact, undefined, least, { ...(all ? { all } : {}), rounding });
  }
}

function round({ over, under }: Fraction, places: number, rounding: Rounding): Fraction {
  const scale = 10n ** BigInt(places);
  const exact = (over < 0n ? -over : over) * scale;
  const rounded = rounding === "up" ? (exact + under - 1n) / under : (exact * 2n + under) / (under * 2n);
  return { over: over < 0n ? -rounded : rounded, under: scale };
}

function decimalText(scaled: bigint, places: number): string {
  if (scaled < 0n) return `-${decimalText(-scaled, places)}`;
  const text = String(scaled).padStart(places + 1, "0");
  const whole = grouped(text.slice(0, text.length - places));
  const fraction = places === 0 ? "" : text.slice(-places).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
