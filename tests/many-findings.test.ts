import { expect, test } from "vitest";
import { readText } from "./runner/bytes.ts";

const many = <T>(length: number, one: (i: number) => T) => Array.from({ length }, (_, i) => one(i));

const messages = many(5_000, (i) => [`m${i}`, { text: "t" }] as const);
const rule = { id: "r", messageStrings: Object.fromEntries(messages) };
const overrides = many(20_000, (i) => ({ descriptor: { id: `o${i}` }, configuration: { level: "note" } }));

test.each<readonly [string, object]>([
  [
    "results of SARIF whose rule has many messages",
    {
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "t", rules: [rule] } },
          invocations: [{ executionSuccessful: true, ruleConfigurationOverrides: overrides }],
          results: many(20_000, () => ({ ruleId: "r", message: { text: "m" } })),
        },
      ],
    },
  ],
  [
    "results of SARIF that name many rules of many extensions",
    {
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: { name: "t" },
            extensions: many(5_000, (i) => ({ name: `e${i}`, rules: [{ id: `${"x/".repeat(20)}${i}` }] })),
          },
          results: many(5_000, (i) => ({
            ruleId: `${"x/".repeat(20)}${i}/${"y/".repeat(14)}`,
            rule: { toolComponent: { name: `e${i}` } },
            message: { text: "m" },
          })),
        },
      ],
    },
  ],
  [
    "groups of OSV-Scanner",
    {
      results: [
        {
          packages: [
            {
              vulnerabilities: many(30_000, (i) => ({ id: `GO-2020-${i}` })),
              groups: many(30_000, (i) => ({ ids: [`GO-2020-${i}`], max_severity: "5.0" })),
            },
          ],
        },
      ],
    },
  ],
  [
    "packages that npm audit blames on one, and on one another",
    {
      auditReportVersion: 2,
      vulnerabilities: Object.fromEntries(
        many(30_000, (i) => [`p${i}`, { severity: "low", via: ["p0", `p${(i + 1) % 30_000}`] }]),
      ),
    },
  ],
])("%s are read in a moment", (_, document) => {
  const text = JSON.stringify(document);
  const begun = performance.now();
  expect(readText(text, "report.json").problems).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test("notifications of SARIF are counted, however many there are", () => {
  const notifications = many(300_000, () => ({ level: "error", message: { text: "x" } }));
  const invocations = [{ executionSuccessful: true, toolExecutionNotifications: notifications }];
  const run = { tool: { driver: { name: "t" } }, invocations, results: [] };
  const { problems } = readText(JSON.stringify({ version: "2.1.0", runs: [run] }), "report.sarif");
  expect(problems.map(({ message }) => message)).toEqual([
    "t tells of 300000 errors, so it may not have looked at everything: x",
  ]);
});
