const FORM = /^PG(\d{8})(\d)$/;
const WEIGHTS = [3, 1, 3, 1, 3, 1, 3, 1];

/** A tracking number without blanks: "pg 1234 5678 2" becomes "PG123456782". */
export function parseNumber(text: string): string {
  const number = text.replace(/\s/g, "").toUpperCase();
  const match = FORM.exec(number);
  if (!match) {
    throw new SyntaxError(`"${text}" is not a tracking number`);
  }
  if (checkDigit(match[1]!) !== Number(match[2])) {
    throw new RangeError(`${number}: the last digit does not fit, is there a typing error?`);
  }
  return number;
}

/** In groups, as it is printed on the label. */
export function printNumber(number: string): string {
  return [number.slice(0, 2), number.slice(2, 6), number.slice(6, 10), number.slice(10)].join(" ");
}

export function checkDigit(digits: string): number {
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * WEIGHTS[i]!, 0);
  return (10 - (sum % 10)) % 10;
}
