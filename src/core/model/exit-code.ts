import type { Report } from "./report.ts";

/** What exit codes mean, for `--help` and the docs. */
export const exitCodes = {
  0: "pass, or pass with warnings",
  1: "fail: a rule of a required phase is broken",
  2: "error: could not be judged, because of the configuration or the evidence",
  3: "an error of ours",
  4: "judged, but a file that was asked for could not be written",
} as const satisfies Readonly<Record<number, string>>;

/**
 * The exit code that a report stands for: 0 pass or warn, 1 a rule is broken, 2 could not be judged. In the mode
 * `report` only a configuration or an input that is wrong is not 0.
 */
export function exitCode({ gate, mode, problems }: Pick<Report, "gate" | "mode" | "problems">): 0 | 1 | 2 {
  if (
    !gate ||
    problems.some(({ code, severity }) => severity === "error" && /^(?:config-|input$)/.test(code))
  )
    return 2;
  if (mode === "report" || gate.outcome === "pass" || gate.outcome === "warn") return 0;
  return gate.outcome === "fail" ? 1 : 2;
}
