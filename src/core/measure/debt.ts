import { amount, type Kpi } from "./kpi.ts";

/** KPIs of technical debt. */
export const debtKpis = {
  "debt.issues": {
    label: "Debt issues",
    unit: "count",
    better: "lower",
    definition:
      "Findings of linters, of all levels, without those about security and those that are suppressed.",
    step: ["fewer issue", "fewer issues"],
    measure: ({ debt }) => amount(debt?.length),
  },
  "debt.hours": {
    label: "Debt effort",
    unit: "ms",
    better: "lower",
    definition: "Effort to pay the debt, where a tool tells it; found by its name in metrics files.",
    step: ["less", "less"],
  },
} as const satisfies Record<string, Kpi>;
