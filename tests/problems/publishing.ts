import { testPath } from "../runner/bytes.ts";
import { headSha } from "../runner/run-action.ts";
import type { Examples } from "./example.ts";

/** The event after a run for a pull request from a fork. */
const fromFork = {
  name: "workflow_run",
  payload: JSON.stringify({
    workflow_run: {
      id: 55,
      run_number: 12,
      run_attempt: 1,
      head_sha: headSha,
      head_branch: "change",
      head_repository: { full_name: "mallory/shop" },
      pull_requests: [],
    },
    repository: { full_name: "acme/shop" },
  }),
};

const stricter = `version: 1
phases: [{ name: Stabilization, kpis: { tests.pass_rate: above 99% } }]
policy: { accept-weaker: "label:gate-change" }
`;

/** Problems of running and publishing, as the log of the step shows them. */
export const publishing = {
  "labels-unknown": [
    {
      kind: "action",
      run: {},
      github: {
        files: { [`${"b".repeat(40)}:phase-gate.yml`]: stricter },
        faults: [{ method: "GET", path: /\/labels/, times: 9, status: 403 }],
      },
    },
  ],
  "upstream-not-run": [{ kind: "action", run: { inputs: { needs: '{"e2e":{"result":"skipped"}}' } } }],
  "upstream-failed": [
    { kind: "action", run: { inputs: { needs: '{"unit":{"result":"failure"}}' } } },
    {
      kind: "action",
      run: {
        inputs: { needs: '{"unit":{"result":"failure"}}', config: ".github/phase-gate.yml" },
        checkout: testPath("problems"),
      },
    },
  ],
  "report-refused": [
    { kind: "action", run: { inputs: { report: "phase-gate.yml" } } },
    {
      kind: "action",
      run: { inputs: { report: "artifact:phase-gate-report" }, event: fromFork },
      github: { artifacts: [], pulls: { 7: { headSha, baseSha: headSha, headRepository: "mallory/shop" } } },
    },
  ],
  "pull-request-unknown": [
    { kind: "action", run: { event: fromFork, inputs: { publish: "comment" } } },
    {
      kind: "action",
      run: { event: fromFork, inputs: { publish: "comment" } },
      github: { faults: [{ method: "GET", path: /\/pulls\?/, times: 9, status: 403 }] },
    },
  ],
  input: [{ kind: "action", run: { inputs: { publish: "coment" } } }],
  event: [{ kind: "action", run: { event: { name: "pull_request", payload: '{"pull_req' } } }],
  "not-published": [{ kind: "action", run: {}, github: { issues: "read", checks: "read" } }],
  "outdated-run": [
    {
      kind: "action",
      run: { runNumber: 4 },
      github: {
        comments: [
          { login: "github-actions[bot]", body: "<!-- phase-gate phase-gate run=5.1 sha=x -->\nnewer" },
        ],
      },
    },
  ],
  "not-written": [
    {
      kind: "command",
      args: ["check", "--config", "examples/quickstart/phase-gate.yml", "--report", "out/report.json"],
    },
  ],
} as const satisfies Examples;
