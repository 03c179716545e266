import { type BadInput, gateOn } from "./case.ts";

type Rest = Omit<BadInput, "name" | "files" | "config">;

/** Numbers that are well-formed, by file, and the rules on them. */
function asked(kpis: string, files: Readonly<Record<string, string>>, rest: Rest): BadInput {
  const among = Object.entries(files).map(([path, text]) => [`metrics/${path}`, text] as const);
  const inWhich = among.map(([, text]) => text.trim()).join(" and ");
  return {
    name: `${kpis} with ${inWhich}`.replace(/\s+/g, " "),
    files: Object.fromEntries(among),
    config: gateOn("metrics", '"metrics/*"', kpis),
    ...rest,
  };
}

const prom = (...lines: readonly string[]) => ({ "m.prom": `${lines.join("\n")}\n` });
const json = (name: string, value: number, unit?: string) => ({
  "a.json": JSON.stringify({ metrics: [{ name, value, unit }] }),
});

const pulled = /2 series that differ.*so none of them is the worst/;
const exactly = /2 series that differ.*a limit says exactly/;
const ambiguous: Rest = { outcome: "error", says: /could both be/ };
const below = (what: string): Rest => ({ outcome: "error", says: new RegExp(`which is no ${what}`) });

/** What a number can be taken for that it is not. */
export const metricValueCases: readonly BadInput[] = [
  // An exact name beside another spelling of it.
  asked(
    "resources.cpu: below 70%",
    { ...json("resources.cpu", 1, "%"), ...prom("resources_cpu_ratio 0.99") },
    ambiguous,
  ),
  asked(
    "resources.cpu: below 70%",
    { ...json("resources.cpu", 1, "%"), ...prom("resources_cpu 99") },
    ambiguous,
  ),
  asked(
    "orchestration.success: above 95%",
    { ...json("orchestration.success", 100), ...prom("orchestration_success_ratio 0.5") },
    ambiguous,
  ),
  asked("errs: at most 0", prom("errs 0", "ERRS 5"), ambiguous),
  asked("errs: at most 0", { ...json("errs", 0), ...prom("errs_total 5") }, ambiguous),
  asked(
    "go_memstats_alloc_bytes: below 9MB",
    prom(
      "# TYPE go_memstats_alloc_bytes gauge",
      "go_memstats_alloc_bytes 1e6",
      "# TYPE go_memstats_alloc_bytes_total counter",
      "go_memstats_alloc_bytes_total 5e9",
    ),
    { outcome: "pass" },
  ),

  // Several series, and limits that do not agree which of them is the worst.
  asked("harmony: [above 5%, below 50%]", prom('harmony_percent{i="a"} 99', 'harmony_percent{i="b"} 10'), {
    outcome: "error",
    says: pulled,
  }),
  asked("harmony: exactly 99%", prom('harmony_percent{i="a"} 99', 'harmony_percent{i="b"} 10'), {
    outcome: "error",
    says: exactly,
  }),
  asked("harmony: exactly 99%", prom('harmony_percent{i="a"} 99', 'harmony_percent{i="b"} 99'), {
    outcome: "pass",
  }),
  asked("harmony: [above 5%, below 50%]", prom('harmony_percent{i="a"} 10', 'harmony_percent{i="b"} 10'), {
    outcome: "pass",
  }),
  asked(
    "service.uptime: [above 5%, below 50%]",
    prom('service_uptime_percent{i="a"} 99', 'service_uptime_percent{i="b"} 10'),
    {
      outcome: "error",
      says: pulled,
    },
  ),
  asked(
    "service.uptime: below 50%",
    prom('service_uptime_percent{i="a"} 99', 'service_uptime_percent{i="b"} 10'),
    {
      outcome: "error",
      says: pulled,
    },
  ),
  asked("service.mtbf: exactly 1h", prom('service_mtbf_hours{i="a"} 1', 'service_mtbf_hours{i="b"} 5'), {
    outcome: "error",
    says: exactly,
  }),
  {
    ...asked("harmony: above 95%", prom('harmony_percent{i="a"} 99', 'harmony_percent{i="b"} 10'), {
      outcome: "error",
      says: pulled,
    }),
    name: "a phase before that asks for a low value where this one asks for a high one",
    config: `version: 1
sources: { metrics: "metrics/*" }
phases:
  - { name: First, kpis: { harmony: below 100% } }
  - { name: Second, kpis: { harmony: above 95% } }
`,
  },

  // Below 0, as tools write what they do not know.
  asked("resources.memory: below 500MB", prom("resources_memory_bytes -1"), below("size")),
  asked(
    "resources.memory: below 500MB",
    prom('resources_memory_bytes{i="a"} -1', 'resources_memory_bytes{i="b"} 1'),
    below("size"),
  ),
  asked("service.recovery_time: below 5min", prom("service_recovery_time_seconds -1"), below("time")),
  asked("debt.hours: below 5h", json("debt.hours", -1, "h"), below("time")),
  asked("resources.cpu: below 70%", prom("resources_cpu_percent -1"), below("percentage")),
  asked(
    "resources.cpu: below 70%",
    prom('resources_cpu_percent{i="a"} -1', 'resources_cpu_percent{i="b"} 5'),
    below("percentage"),
  ),
  {
    name: "a time below 0 at a pointer",
    files: { "m.json": '{"v":-1}' },
    config: `version: 1
custom: { answer.time: { file: m.json, value: /v, unit: ms, better: lower } }
phases: [{ name: Only, kpis: { answer.time: below 2s } }]
`,
    ...below("time"),
  },
  asked("balance: at most 0", prom("balance -1"), { outcome: "pass" }),

  // A share of 1 or of 100 that does not say which.
  asked("resources.cpu: below 70%", prom("resources_cpu 0.95"), {
    outcome: "error",
    says: /0\.95 % or 95 %/,
  }),
  asked("resources.cpu: below 70%", prom("resources_cpu 1"), { outcome: "error", says: /1 % or 100 %/ }),
  asked("resources.cpu: below 70%", json("resources.cpu", 0.07), {
    outcome: "error",
    says: /0\.07 % or 7 %/,
  }),
  asked("resources.cpu: below 70%", prom("resources_cpu_percent 0.95"), { outcome: "pass" }),
  asked("resources.cpu: below 70%", prom("resources_cpu_ratio 0.95"), { outcome: "fail", says: /95%/ }),
  asked("resources.cpu: below 70%", prom("resources_cpu 1.5"), { outcome: "pass" }),
  asked("resources.cpu: below 70%", prom("resources_cpu 0"), { outcome: "pass" }),

  // A summary that nothing was observed of beside one of another instance.
  asked(
    "queue.wait: below 10s",
    prom(
      "# TYPE queue_wait_seconds summary",
      'queue_wait_seconds{instance="a",quantile="0.99"} NaN',
      'queue_wait_seconds{instance="b",quantile="0.99"} 1',
    ),
    { outcome: "error", says: /queue_wait_seconds in .* is not a finite number/ },
  ),
];
