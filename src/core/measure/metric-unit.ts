import { factorTo, symbolOf, type Unit, unitOf, unitWords } from "../model/unit.ts";

/** The unit that the end of a name tells, such as "seconds" of "recovery_time_seconds"; undefined where it tells none. */
export function unitInName(name: string): string | undefined {
  const last = /_([a-z]+)$/.exec(name.replace(/_total$/, ""))?.[1];
  return last !== undefined && unitWords.includes(last) ? last : undefined;
}

/** A number in the unit of a KPI; undefined where its own unit does not convert, or is needed and not known. */
export function inUnit(value: number, given: string | undefined, wanted: Unit): number | undefined {
  const unit = given === undefined ? "" : symbolOf(given);
  const factor = factorBetween(unit, wanted);
  return factor === undefined ? undefined : tidy(value * factor);
}

function factorBetween(unit: string, wanted: Unit): number | undefined {
  if (wanted === "%" && unit === "ratio") return 100;
  if (wanted === "ratio") return unit === "%" ? 0.01 : unit === "" || unit === "ratio" ? 1 : undefined;
  if (wanted === "ms" && unit === "us") return 1e-3;
  if (wanted === "ms" && unit === "ns") return 1e-6;
  // A count counts things, whatever the file calls them; a time or a size is no thing.
  if (wanted === "count" && unitOf(unit) === unit) return unit === "%" || unit === "ratio" ? undefined : 1;
  return factorTo(wanted, unit);
}

/** Without the noise of multiplying. */
function tidy(value: number): number {
  return Number(value.toPrecision(15));
}
