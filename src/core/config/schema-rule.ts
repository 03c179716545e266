import * as z from "zod/mini";
import { limitPattern } from "./limit.ts";

/** Says in the JSON Schema, and so in editors, what a part of the configuration is for: a part that stands in one place. */
export function described<T extends z.ZodMiniType>(part: T, what: string): T {
  z.globalRegistry.add(part, { description: what });
  return part;
}

/** A part that few configurations hold, built when one does. It has no default; zod would build it to ask for that. */
export function later<T extends z.ZodMiniType>(make: () => T) {
  const part = z.lazy(make);
  part._zod.optin = undefined;
  part._zod.optout = undefined;
  return part;
}

/** The same where it may be left out. */
export function seldom<T extends z.ZodMiniType>(make: () => T) {
  return z.optional(later(make));
}

const limit = described(
  z.union([z.string().check(z.meta({ pattern: limitPattern })), z.number().check(z.minimum(0))]),
  'A limit, such as "at least 90%", "under 2s", 0 or "at least baseline - 0.5pp". Without a word the good direction of the KPI counts, inclusive.',
);

const limits = described(
  z.union([limit, later(() => z.array(limit).check(z.minLength(1)))]),
  "A limit, or a list of limits that must all hold.",
);

/** A rule as it is written. */
export const rule = z.union([
  limits,
  later(() =>
    z.strictObject({
      pass: limits.check(z.describe("Green when this holds.")),
      warn: described(z.optional(limits), "Yellow when only this holds. Never stricter than `pass`."),
      missing: described(
        z.optional(z.enum(["error", "warn", "skip"])),
        "What it costs when the KPI could not be measured.",
      ),
      "min-lines": described(
        z.optional(z.int().check(z.minimum(1))),
        "A share of fewer lines is shown and not judged. For percentages of coverage.",
      ),
      "min-samples": described(
        z.optional(z.int().check(z.minimum(1), z.maximum(1_000))),
        "A comparison with fewer recorded runs is shown and not judged.",
      ),
    }),
  ),
]);

/** What changes a rule that another file wrote. */
export const word = described(
  z.enum(["optional", "off"]),
  "For an inherited rule. `optional`: it costs nothing where it cannot be measured. `off`: there is none.",
);
