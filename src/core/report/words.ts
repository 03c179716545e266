import { compare, type Fraction, fractionOf, ofDecimal } from "../model/exact.ts";
import type { Limit, Remedy } from "../model/gate.ts";
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
export function valueText(value: Measured, unit: Unit, limit?: Limit): string {
  return amountText(fractionOf(value), unit, limit && ofDecimal(limit.value));
}

/** A number with its unit; beside a limit with digits that explain the comparison. */
function amountText(exact: Fraction, unit: Unit, limit?: Fraction): string {
  switch (unit) {
    case "%":
      return `${digits(exact, limit, 1)}%`;
    case "ms":
      return timeText(exact, limit);
    case "B":
      return sizeText(exact, limit);
    case "count":
      return digits(exact, limit, 1);
    case "ratio":
      return digits(exact, limit, 3);
    default:
      return `${digits(exact, limit, 2)} ${unit}`;
  }
}

/** What would make a broken rule hold: "14 more covered lines", "180ms less", "28 MB less". */
export function remedyText({ steps, step }: Remedy, unit: Unit): string {
  if (isMeasuredOut(unit)) return `${amountText({ over: BigInt(steps), under: 1n }, unit)} ${step[0]}`;
  return `${grouped(steps)} ${steps === 1 ? step[0] : step[1]}`;
}

/** How far a value is from its limit: "8.2 points below", "3 over", "at the limit". */
export function distanceText(value: Measured, unit: Unit, limit: Limit): string {
  const [a, b] = [fractionOf(value), ofDecimal(limit.value)];
  const order = compare(a, b);
  if (order === 0) return "at the limit";
  const over = a.over * b.under - b.over * a.under;
  const gap: Fraction = { over: over < 0n ? -over : over, under: a.under * b.under };
  const side = order < 0 ? "below" : "over";
  return unit === "%" ? `${digits(gap, undefined, 1)} points ${side}` : `${amountText(gap, unit)} ${side}`;
}

/** Whether steps towards a limit are an amount with its unit, not a number of things. */
export function isMeasuredOut(unit: Unit): boolean {
  return unit === "ms" || unit === "B";
}

/** In ms below a second, in s below two minutes, else in min. */
function timeText(exact: Fraction, limit?: Fraction): string {
  const ms = Number(exact.over) / Number(exact.under);
  const [unit, factor] =
    ms < 1000 ? (["ms", 1n] as const) : ms < 120_000 ? (["s", 1_000n] as const) : (["min", 60_000n] as const);
  const scale = ({ over, under }: Fraction): Fraction => ({ over, under: under * factor });
  return `${digits(scale(exact), limit && scale(limit), ms < 10 ? 1 : unit === "ms" ? 0 : 2)}${unit}`;
}

/** In the largest decimal unit of which there is at least one. */
function sizeText(exact: Fraction, limit?: Fraction): string {
  const bytes = Number(exact.over) / Number(exact.under);
  const [unit, factor] =
    bytes < 1e3
      ? (["B", 1n] as const)
      : bytes < 1e6
        ? (["kB", 1_000n] as const)
        : bytes < 1e9
          ? (["MB", 1_000_000n] as const)
          : (["GB", 1_000_000_000n] as const);
  const scale = ({ over, under }: Fraction): Fraction => ({ over, under: under * factor });
  return `${digits(scale(exact), limit && scale(limit), 1)} ${unit}`;
}

/** Decimal digits, half away from zero, without trailing zeros; more of them until they explain the comparison. */
function digits(exact: Fraction, limit: Fraction | undefined, least: number): string {
  if (exact.over < 0n) {
    const turned = (of: Fraction): Fraction => ({ over: -of.over, under: of.under });
    return `-${digits(turned(exact), limit && turned(limit), least)}`;
  }
  const order = limit && compare(exact, limit);
  for (let places = least; ; places++) {
    const under = 10n ** BigInt(places);
    const rounded = (exact.over * under * 2n + exact.under) / (exact.under * 2n);
    const shown: Fraction = { over: rounded, under };
    const zero = rounded === 0n && exact.over !== 0n;
    if ((limit === undefined || compare(shown, limit) === order) && !zero)
      return decimalText(rounded, places);
  }
}

function decimalText(scaled: bigint, places: number): string {
  const text = String(scaled).padStart(places + 1, "0");
  const whole = grouped(Number(text.slice(0, text.length - places)));
  const fraction = places === 0 ? "" : text.slice(-places).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
