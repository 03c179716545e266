import type { Examples } from "./example.ts";

const facts = JSON.stringify({
  "phase-gate-facts": 2,
  id: "1",
  written: "2026-11-24T00:00:00.000Z",
  groups: [],
  retries: "elements",
  sources: [
    {
      family: "tests",
      glob: "reports/*.xml",
      files: [{ path: "reports/junit.xml", format: "junit" }],
      united: {
        kind: "tests",
        tests: {
          counts: { total: 1, passed: 1, failed: 0, errored: 0, skipped: 0, flaky: 0 },
          seconds: 1,
          failing: [],
          flaky: [],
          slowest: [],
        },
      },
    },
  ],
});

/** Problems of facts files, by code. */
export const collecting: Examples = {
  "facts-version": [
    {
      kind: "file",
      name: "facts-1.json",
      content: facts.replace('"phase-gate-facts":2', '"phase-gate-facts":3'),
    },
  ],
  "facts-invalid": [
    { kind: "file", name: "facts-1.json", content: facts.replace('"passed":1', '"passed":2') },
    { kind: "file", name: "facts-2.json", content: facts.replace('"skipped":0', '"skiped":0') },
  ],
  "facts-differ": [
    {
      kind: "gate",
      files: { "facts-1.json": facts },
      sources: '{ facts: facts-*.json }\ngroups: { critical: { tests: ["checkout.*"] } }',
    },
    {
      kind: "gate",
      files: { "facts-1.json": facts },
      sources: "{ facts: facts-*.json }\nretries: same-name-in-suite",
    },
  ],
  "facts-twice": [
    {
      kind: "gate",
      files: { "facts/facts-1.json": facts, "facts-1.json": facts },
      sources: '{ facts: "**/facts-*.json" }',
    },
  ],
};
