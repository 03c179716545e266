import type { Measured } from "./kpi.ts";

/** An exact decimal number: `digits` / 10 ** `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** An exact fraction: `over` / `under`, with `under` above 0. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** The value in the unit of limits: percent for ratios. Exact. */
export function fractionOf(value: Measured): Fraction {
  if (value.kind === "ratio") return { over: BigInt(value.part) * 100n, under: BigInt(value.whole) };
  return ofDecimal(decimalOf(value.amount));
}

const powers = Array.from({ length: 7 }, (_, scale) => 10n ** BigInt(scale));

export function ofDecimal({ digits, scale }: Decimal): Fraction {
  return { over: digits, under: powers[scale] ?? 10n ** BigInt(scale) };
}

/** A finite number as its shortest decimal digits. */
export function decimalOf(value: number): Decimal {
  // What has few decimals needs no text: up to 15 digits a decimal and its nearest number are one to one.
  for (let [scale, factor] = [0, 1]; scale <= 3; scale++, factor *= 10) {
    const digits = Math.round(value * factor);
    if (digits / factor === value && Math.abs(digits) < 1e15) return { digits: BigInt(digits), scale };
  }
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** The nearest plain number to a value; percent for ratios. For showing, never for comparing. */
export function plainValue(value: Measured): number {
  return value.kind === "ratio" ? (value.part * 100) / value.whole : value.amount;
}

/** The nearest plain number to a fraction, whose two parts may be too large to be divided as they are. */
export function plainNumber({ over, under }: Fraction): number {
  const [a, b] = [Number(over), Number(under)];
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) return a / b;
  const whole = over / under;
  return Number(whole) + Number(((over - whole * under) * 10n ** 15n) / under) / 1e15;
}

/** -1, 0 or 1 as `a` is below, equal to or above `b`. */
export function compare(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const left = a.over * b.under;
  const right = b.over * a.under;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function add(a: Fraction, b: Fraction): Fraction {
  if (a.under === b.under) return { over: a.over + b.over, under: a.under };
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.over, under: a.under * b.under };
}
