/** A report file that holds a KPI, from the top of the repository, and what it gives. */
export interface PlanExample {
  readonly file: string;
  readonly value: string;
  /** No tool that runs here wrote it; it is built after its documented form. */
  readonly built?: true;
}

const operation = "examples/execution-plan/reports/metrics/operation.json";
const scraped = "examples/execution-plan/reports/metrics/relay.prom";
const history = "examples/execution-plan/history/";

/** For each KPI of the execution plan one example; a test measures them. */
export const planExamples: Readonly<Record<string, PlanExample>> = {
  "tests.pass_rate": { file: "tests/genuine/pytest.xml", value: "55.6%" },
  "tests.error_rate": { file: "tests/genuine/gotestsum.xml", value: "60%" },
  "history.runs": { file: history, value: "39", built: true },
  "coverage.lines": { file: "tests/genuine/lcov.info", value: "87.6%" },
  "load.response_time": { file: "tests/genuine/load/locust_stats.csv", value: "56ms" },
  "load.concurrent_users": { file: "tests/genuine/load/autocannon.json", value: "10" },
  "load.error_rate": { file: "tests/genuine/load/artillery.json", value: "50%" },
  "service.recovery_time": { file: operation, value: "570ms" },
  "resources.memory": { file: operation, value: "25.9 MB" },
  "resources.cpu": { file: operation, value: "27.5%" },
  "service.uptime": { file: operation, value: "99.6%" },
  "security.critical": { file: "examples/execution-plan/built/trivy.json", value: "0", built: true },
  "tests.new_failures": { file: "examples/execution-plan/reports/e2e.xml", value: "0" },
  "debt.issues": { file: "tests/genuine/lint/eslint.json", value: "4" },
  "history.mtbf": { file: history, value: "70d", built: true },
  "harmony.achievement": { file: scraped, value: "99.97%" },
  "orchestration.success": { file: scraped, value: "100%" },
  "session.persistence": { file: operation, value: "98.6%" },
  "adaptation.efficiency": { file: scraped, value: "100%" },
};
