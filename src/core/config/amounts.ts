import type { Decimal } from "../model/exact.ts";
import { isKnownUnit, type KnownUnit, type Unit } from "../model/unit.ts";

const examples: Readonly<Record<KnownUnit, string>> = {
  "%": "85%",
  count: "10",
  ratio: "0.9",
  ms: "2s",
  B: "500 MB",
};

/** An amount in a unit, as messages show it. */
export function example(unit: Unit): string {
  return isKnownUnit(unit) ? examples[unit] : `10 ${unit}`;
}

/** A number of plain digits times a factor, exactly. */
export function scaled(number: string, factor: number): Decimal {
  const [whole = "0", fraction = ""] = number.split(".");
  return { digits: BigInt(whole + fraction) * BigInt(factor), scale: fraction.length };
}
