import { type Decimal, ofDecimal, plainNumber, plainValue } from "../model/exact.ts";
import type { Bound, Op } from "../model/gate.ts";
import type { Measured } from "../model/kpi.ts";
import { quantile } from "./quantile.ts";

/** What a bound comes to by plain numbers, and the size of what it was made from, by a hair of which it is off. */
export interface Near {
  readonly number: number;
  readonly size: number;
}

/** What is further apart than this share of its size is apart, by a million times what plain numbers lose. */
const surely = 1e-9;

/** How a number stands to a bound, as far as plain numbers tell; `unsure` has to be asked exactly. */
export function nearlyHolds(value: number, op: Op, { number, size }: Near): "holds" | "fails" | "unsure" {
  const lead = (value - number) * sides[op];
  const doubt = surely * (1 + Math.abs(value) + size);
  return lead > doubt ? "holds" : lead < -doubt ? "fails" : "unsure";
}

const sides: Readonly<Record<Op, -1 | 0 | 1>> = {
  "at least": 1,
  above: 1,
  "at most": -1,
  below: -1,
  exactly: 0,
};

/** What a bound comes to nearly, of the values in order that it is the middle of; of none where it is a number. */
export function nearBound(bound: Bound): (recorded: readonly Measured[]) => Near {
  if (bound.kind === "value") {
    const number = plain(bound.value);
    const near = { number, size: Math.abs(number) };
    return () => near;
  }
  const { percent, shift } = bound;
  const share = percent ? plain(percent) / 100 : 1;
  const by = shift ? plain(shift.by) : 0;
  return (recorded) => {
    const at = (place: number) => plainValue(recorded[place]!);
    const start = quantile(recorded.length, at, 1 / 2) * share;
    const size = (Math.abs(at(0)) + Math.abs(at(recorded.length - 1))) * (1 + share);
    switch (shift?.of) {
      case undefined:
        return { number: start, size };
      case "unit":
        return { number: start + by, size: size + Math.abs(by) };
      case "percent":
        return { number: start * (1 + by / 100), size: size * (1 + Math.abs(by)) };
      case "iqr": {
        const iqr = quantile(recorded.length, at, 3 / 4) - quantile(recorded.length, at, 1 / 4);
        return { number: start + iqr * by, size: size * (1 + Math.abs(by)) };
      }
    }
  };
}

function plain(decimal: Decimal): number {
  return plainNumber(ofDecimal(decimal));
}
