import { compare, type Fraction, fractionOf } from "../model/exact.ts";
import type { AppliedLimit, Remedy } from "../model/gate.ts";
import type { Measured } from "../model/kpi.ts";
import type { Unit } from "../model/unit.ts";

/** "1 test", "3 tests". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** 12345 as "12,345". */
export function grouped(count: number): string {
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

/** What would make a broken rule hold: "14 more covered lines", "180ms less", "28 MB less". */
export function remedyText({ steps, step }: Remedy, unit: Unit): string {
  if (isMeasuredOut(unit)) return `${shown({ over: BigInt(steps), under: 1n }, unit).text} ${step[0]}`;
  return `${grouped(steps)} ${steps === 1 ? step[0] : step[1]}`;
}

/** How far a value is from its limit: "8.2 points below", "3 over", "at the limit". Empty where it has no number. */
export function distanceText(value: Measured, unit: Unit, { number }: AppliedLimit): string {
  if (number === undefined) return "";
  const a = fractionOf(value);
  const order = compare(a, number);
  if (order === 0) return "at the limit";
  const over = a.over * number.under - number.over * a.under;
  const gap: Fraction = { over: over < 0n ? -over : over, under: a.under * number.under };
  const side = order < 0 ? "below" : "over";
  return unit === "%"
    ? `${digits(gap, undefined, 1).text} points ${side}`
    : `${shown(gap, unit).text} ${side}`;
}

/** How a value differs from the one in the baseline: "+1.2 points", "-14", "no change". */
export function changeText(value: Measured, before: Measured, unit: Unit): string {
  const [a, b] = [fractionOf(value), fractionOf(before)];
  const order = compare(a, b);
  if (order === 0) return "no change";
  const over = a.over * b.under - b.over * a.under;
  const gap: Fraction = { over: over < 0n ? -over : over, under: a.under * b.under };
  const text = unit === "%" ? `${digits(gap, undefined, 1).text} points` : shown(gap, unit).text;
  return `${order < 0 ? "-" : "+"}${text}`;
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

/** A number with its unit; `beside` is what the printed one must stand to as the real one does. */
function shown(exact: Fraction, unit: Unit, beside?: Fraction): Shown {
  switch (unit) {
    case "%":
      return marked(digits(exact, beside, 1, hundred), "%");
    case "ms":
      return time(exact, beside);
    case "B":
      return size(exact, beside);
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
function time(exact: Fraction, beside?: Fraction): Shown {
  const ms = Math.abs(Number(exact.over) / Number(exact.under));
  const [unit, factor] = timeUnits.find(([, , below]) => ms < below) ?? (["d", 86_400_000n] as const);
  return marked(inUnits(exact, factor, beside, ms < 10 ? 1 : unit === "ms" ? 0 : 2), unit);
}

const timeUnits = [
  ["ms", 1n, 1_000],
  ["s", 1_000n, 120_000],
  ["min", 60_000n, 7_200_000],
  ["h", 3_600_000n, 172_800_000],
] as const;

/** In the largest decimal unit of which there is at least one. */
function size(exact: Fraction, beside?: Fraction): Shown {
  const bytes = Math.abs(Number(exact.over) / Number(exact.under));
  const [unit, factor] =
    bytes < 1e3
      ? (["B", 1n] as const)
      : bytes < 1e6
        ? (["kB", 1_000n] as const)
        : bytes < 1e9
          ? (["MB", 1_000_000n] as const)
          : (["GB", 1_000_000_000n] as const);
  return marked(inUnits(exact, factor, beside, 1), ` ${unit}`);
}

function inUnits(exact: Fraction, factor: bigint, beside: Fraction | undefined, least: number): Shown {
  const scale = ({ over, under }: Fraction): Fraction => ({ over, under: under * factor });
  const { text, number } = digits(scale(exact), beside && scale(beside), least);
  return { text, number: { over: number.over * factor, under: number.under } };
}

/** Digits beyond which two equal numbers that never end are not followed. */
const mostEqualPlaces = 12;

const hundred: Fraction = { over: 100n, under: 1n };

/**
 * Decimal digits, half away from zero, without trailing zeros; more of them until they explain the comparison. Only
 * nothing reads as 0, and only all of it as `all`.
 */
function digits(exact: Fraction, beside: Fraction | undefined, least: number, all?: Fraction): Shown {
  const order = beside && compare(exact, beside);
  for (let places = least; ; places++) {
    const rounded = round(exact, places);
    if (rounded.over === 0n && exact.over !== 0n) continue;
    if (all && compare(rounded, all) === 0 && compare(exact, all) !== 0) continue;
    if (beside === undefined || compare(rounded, beside) === order)
      return { text: decimalText(rounded.over, places), number: rounded };
    if (order === 0 && places >= mostEqualPlaces) return digits(exact, undefined, least, all);
  }
}

function round({ over, under }: Fraction, places: number): Fraction {
  const scale = 10n ** BigInt(places);
  const size = over < 0n ? -over : over;
  const rounded = (size * scale * 2n + under) / (under * 2n);
  return { over: over < 0n ? -rounded : rounded, under: scale };
}

function decimalText(scaled: bigint, places: number): string {
  if (scaled < 0n) return `-${decimalText(-scaled, places)}`;
  const text = String(scaled).padStart(places + 1, "0");
  const whole = grouped(Number(text.slice(0, text.length - places)));
  const fraction = places === 0 ? "" : text.slice(-places).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
