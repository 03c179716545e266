import type { Kpi } from "./kpi.ts";

/** KPIs of a running service and of what it takes; found by their names in metrics files. */
export const operationKpis = {
  "service.uptime": {
    label: "Uptime",
    unit: "%",
    better: "higher",
    definition: "Share of the time in which the service was up; of several series the lowest.",
  },
  "service.recovery_time": {
    label: "Recovery time",
    unit: "ms",
    better: "lower",
    definition: "Time from a failure of the service to its recovery; of several series the longest.",
    step: ["less", "less"],
  },
  "service.mtbf": {
    label: "Mean time between failures",
    unit: "ms",
    better: "higher",
    definition: "Mean time from one failure of the service to the next; of several series the shortest.",
    step: ["more", "more"],
  },
  "resources.memory": {
    label: "Memory",
    unit: "B",
    better: "lower",
    definition: "Memory that the service takes; of several series the most.",
    step: ["less", "less"],
  },
  "resources.cpu": {
    label: "CPU use",
    unit: "%",
    better: "lower",
    definition: "Share of the processor that the service takes; of several series the most.",
  },
} as const satisfies Record<string, Kpi>;
