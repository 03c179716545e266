import { z } from "zod";
import { limitPattern } from "./limit.ts";

const limit = z
  .union([z.string().meta({ pattern: limitPattern }), z.number().min(0)])
  .describe(
    'A limit, such as "at least 90%", "under 2s", 0 or "at least baseline - 0.5pp". Without a word the good direction of the KPI counts, inclusive.',
  );

const limits = z
  .union([limit, z.array(limit).min(1)])
  .describe("A limit, or a list of limits that must all hold.");

/** A rule as it is written. */
export const rule = z.union([
  limits,
  z.strictObject({
    pass: limits.describe("Green when this holds."),
    warn: limits.optional().describe("Yellow when only this holds. Never stricter than `pass`."),
    missing: z
      .enum(["error", "warn", "skip"])
      .optional()
      .describe("What it costs when the KPI could not be measured."),
    "min-lines": z
      .number()
      .int()
      .min(1)
      .optional()
      .describe("A share of fewer lines is shown and not judged. For percentages of coverage."),
    "min-samples": z
      .number()
      .int()
      .min(1)
      .max(1_000)
      .optional()
      .describe("A comparison with fewer recorded runs is shown and not judged."),
  }),
]);

/** What changes a rule that another file wrote. */
export const word = z
  .enum(["optional", "off"])
  .describe(
    "For an inherited rule. `optional`: it costs nothing where it cannot be measured. `off`: there is none.",
  );
