import { testPath } from "../runner/bytes.ts";
import type { Examples } from "./example.ts";

/** Problems of running and publishing, as the log of the step shows them. */
export const publishing = {
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
