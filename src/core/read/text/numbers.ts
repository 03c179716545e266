/** A whole number from 0 as attributes hold it; undefined for anything else. */
export function readCount(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*\+?\d{1,15}\s*$/.test(text)) return undefined;
  return Number(text);
}

const unitSeconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  sec: 1,
  m: 60,
  min: 60,
  h: 3600,
};

/**
 * A time in seconds, absent where none can be known. `odd`: it was not written as a plain number, so separators or a unit
 * had to be understood.
 */
export interface Time {
  readonly seconds: number | undefined;
  readonly odd: boolean;
}

const unknown: Time = { seconds: undefined, odd: true };

/** Longest time that is understood, in characters. */
const longestTime = 64;

/**
 * Reads a time as report files write it: "0.16", "1.7e-05", "1,234.5" and "1 234.5" (thousands), "0,160" (decimal comma),
 * "80.8us", "00:01:02.5". Without seconds where none can be known: empty, negative, no number.
 */
export function readTime(text: string): Time {
  if (text.length > longestTime) return unknown;
  if (/^\s*\+?(?:\d|\.\d)[\d.]*(?:e[+-]?\d+)?\s*$/i.test(text)) {
    const plain = Number(text);
    if (Number.isFinite(plain)) return { seconds: plain, odd: false };
  }
  const span = readTimeSpan(text);
  if (span !== undefined) return { seconds: span, odd: true };
  const match = /^([\d.,]+(?:e[+-]?\d+)?)\s*([a-z\u00b5\u03bc]*)$/i.exec(
    text.trim().replace(/(?<=\d)[\s'](?=\d{3})/g, ""),
  );
  if (!match) return unknown;
  const unit = match[2] === "" ? 1 : unitSeconds[match[2]!.toLowerCase()];
  const number = Number(withoutSeparators(match[1]!));
  return unit === undefined || !Number.isFinite(number) ? unknown : { seconds: number * unit, odd: true };
}

/** A time as a clock shows it and as .NET writes a TimeSpan, `[d.]hh:mm:ss[.fffffff]`, in seconds; undefined for others. */
export function readTimeSpan(text: string): number | undefined {
  if (text.length > longestTime) return undefined;
  const match = /^\s*(?:(\d+)\.)?(\d+):([0-5]\d):([0-5]\d(?:\.\d+)?)\s*$/.exec(text);
  if (!match) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!;
}

/** With both separators the last one is the decimal one; a single comma is a decimal comma; several are thousands. */
function withoutSeparators(number: string): string {
  const comma = number.lastIndexOf(",");
  const dot = number.lastIndexOf(".");
  if (comma === -1) return number;
  if (dot > comma) return number.replaceAll(",", "");
  if (dot !== -1) return number.replaceAll(".", "").replace(",", ".");
  return number.indexOf(",") === comma ? number.replace(",", ".") : number.replaceAll(",", "");
}

const [zero, dot] = [48, 46];
const powers = Float64Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/**
 * The number that the bytes from `start` to `end` are in plain digits, such as `12` or `0.125`, and the same that
 * `Number` makes of it; NaN for anything written otherwise, which need not be no number.
 */
export function decimal(bytes: Uint8Array, start: number, end: number): number {
  // Up to 15 digits are exact, and so is the power of ten; the quotient of two exact numbers is rounded once.
  if (end - start > 15) return Number.NaN;
  let value = 0;
  let point = -1;
  for (let at = start; at < end; at++) {
    const c = bytes[at]!;
    if (c >= zero && c <= zero + 9) value = value * 10 + (c - zero);
    else if (c === dot && point === -1) point = at;
    else return Number.NaN;
  }
  if (point === -1) return end > start ? value : Number.NaN;
  return end - start > 1 ? value / powers[end - 1 - point]! : Number.NaN;
}
