import type { Sample } from "../model/facts.ts";
import type { KpiInfo } from "../model/kpi.ts";
import { symbolOf } from "../model/unit.ts";
import { inUnit, unitInName } from "./metric-unit.ts";

/** A number of a metrics file in the unit of a KPI, or the sentence that says why it cannot be taken for its value. */
export function amountOf(
  sample: Sample,
  { unit: wanted, better }: KpiInfo,
): { readonly amount: number } | { readonly reason: string } {
  const { name, value, unit = unitInName(name), from } = sample;
  const which = `${name} in ${from.file}`;
  if (value === null) return { reason: `${which} is not a finite number` };
  const symbol = unit === undefined ? "" : symbolOf(unit);
  if (wanted === "%" && symbol === "" && value > 0 && value <= 1) {
    const both = `${value} % or ${Number((value * 100).toPrecision(12))} %`;
    const write =
      "write the unit % or ratio, in Prometheus text as _percent or _ratio at the end of the name";
    return { reason: `${which} is ${value} without a unit, which may be ${both}; ${write}` };
  }
  const amount = inUnit(value, unit, wanted);
  if (amount === undefined) {
    const has = symbol === "" ? "no unit" : `the unit ${unit}, which does not convert`;
    return { reason: `${which} has ${has}; it is measured in ${unitName(wanted)}` };
  }
  if (wanted === "%" && (amount < 0 || (amount > 100 && better === "higher")))
    return { reason: `${name} is ${amount} %, which is no percentage from 0 to 100` };
  if ((wanted === "ms" || wanted === "B") && amount < 0) {
    const kind = wanted === "ms" ? "time" : "size";
    return {
      reason: `${which} is ${value} ${symbol}, which is no ${kind}; write nothing where it is not known`,
    };
  }
  return { amount };
}

function unitName(unit: string): string {
  return unit === "ms" ? "ms, s, min, h or d" : unit === "B" ? "B, kB, MB or GB" : unit;
}
