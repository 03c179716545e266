export type Currency = "EUR" | "USD" | "JPY";

/** An amount in the smallest unit of its currency: cents for euros, whole yen. */
export interface Money {
  readonly minor: number;
  readonly currency: Currency;
}

const DIGITS: Record<Currency, number> = { EUR: 2, USD: 2, JPY: 0 };

export function money(minor: number, currency: Currency): Money {
  if (!Number.isSafeInteger(minor)) {
    throw new RangeError(`${minor} is not a whole number of minor units`);
  }
  return { minor, currency };
}

export function parseMoney(text: string, currency: Currency): Money {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.trim());
  const digits = DIGITS[currency];
  const fraction = match?.[2] ?? "";
  if (!match || fraction.length > digits) {
    throw new SyntaxError(`"${text}" is not an amount in ${currency}`);
  }
  return money(Number(match[1] + fraction.padEnd(digits, "0")), currency);
}

export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    throw new TypeError(`cannot add ${b.currency} to ${a.currency}`);
  }
  return money(a.minor + b.minor, a.currency);
}

export function times(amount: Money, quantity: number): Money {
  return money(amount.minor * quantity, amount.currency);
}

/** A share of an amount; half a minor unit is rounded up. */
export function percentOf(amount: Money, percent: number): Money {
  return money(Math.floor((amount.minor * percent) / 100 + 0.5), amount.currency);
}

export function format(amount: Money): string {
  const digits = DIGITS[amount.currency];
  const sign = amount.minor < 0 ? "-" : "";
  const text = String(Math.abs(amount.minor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return digits === 0
    ? `${sign}${whole} ${amount.currency}`
    : `${sign}${whole}.${text.slice(-digits)} ${amount.currency}`;
}
