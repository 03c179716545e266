import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/core/config/parse-config.ts";
import { evaluate } from "../src/core/evaluate.ts";
import { exitCode } from "../src/core/model/exit-code.ts";
import type { Report } from "../src/core/model/report.ts";
import { annotationsOf } from "../src/core/report/annotations.ts";
import { renderConsole } from "../src/core/report/console.ts";
import { failedRules, renderJson } from "../src/core/report/json.ts";
import { renderCheckSummary, renderMarkdown, renderSummary } from "../src/core/report/markdown.ts";
import { createMask } from "../src/core/report/mask.ts";
import { maskProblem, maskReport } from "../src/core/report/mask-report.ts";
import { headSentence } from "../src/core/report/sentence.ts";
import { tokenShapes } from "../src/core/report/token-shapes.ts";
import { secretValues } from "../src/io/secrets.ts";
import { readText } from "./runner/bytes.ts";

// In two parts each, so that no scanner takes a test for a leak.
const body = "0123456789abcdefABCDEF0123456789abcdefABCDEF";
const digits = "0123456789abcdef0123456789abcdef";
const tokens: Readonly<Record<string, readonly (readonly [begin: string, body: string])[]>> = {
  "GitHub tokens": ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map((begin) => [begin, body] as const),
  "GitHub fine-grained tokens": [["github_pat_", `${body}_${body}`]],
  "GitLab tokens": [
    ["glpat-", body],
    ["glpat-", `${body}.01.${digits}`],
    ["glrt-", body],
  ],
  "npm access tokens": [["npm_", body]],
  "PyPI API tokens": [["pypi-Ag", `E${body}`]],
  "AWS access keys": [
    ["AKIA", "IOSFODNN7EXAMPLE"],
    ["ASIA", "IOSFODNN7EXAMPLE"],
  ],
  "Google API keys": [["AIza", body]],
  "Google access tokens": [["ya29.", body]],
  "Slack tokens": [
    ["xoxb-", "123456789012-123456789012-abcdefghij"],
    ["xapp-", "1-A0123456-123-abcdef"],
    ["xoxe.xoxp-", body],
  ],
  "Slack webhooks": [["https://hooks.slack.com/services/", "T0000/B0000/abcdefgh"]],
  "Stripe keys": [
    ["sk_live_", body],
    ["rk_test_", body],
  ],
  "Stripe signing secrets": [["whsec_", body]],
  "SendGrid API keys": [["SG.", `${body}.${body}`]],
  "OpenAI and Anthropic API keys": [
    ["sk-ant-", `api03-${body}`],
    ["sk-proj-", body],
  ],
  "Docker access tokens": [["dckr_pat_", body]],
  "HashiCorp Vault tokens": [["hvs.", body]],
  "DigitalOcean tokens": [["dop_v1_", digits]],
  "Hugging Face tokens": [["hf_", body]],
  "JSON Web Tokens": [["eyJhbGciOiJIUzI1NiJ9.eyJ", `zdWIiOiIxMjM0In0.${body}`]],
  "Authorization headers with a bearer token": [["Bearer ", body]],
  "Tokens and signatures in the query of an address": [["?sig=", `${body}%3D`]],
};
const cases = Object.entries(tokens).flatMap(([name, list]) =>
  list.map((token) => [name, ...token] as const),
);
const key = (kind: string) =>
  `-----${"BEGIN"} ${kind}PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----${"END"} ${kind}PRIVATE KEY-----`;

describe("secrets by their form", () => {
  const mask = createMask([]);

  test("every form has an example here", () => {
    expect(Object.keys(tokens)).toEqual(tokenShapes.map(({ name }) => name));
  });

  test.each(cases)("%s: %s...", (_, begin, rest) => {
    expect(mask(`login with "${begin}${rest}" failed`)).toBe('login with "***" failed');
    expect(mask(`${begin}${rest}`)).toBe("***");
  });

  test.each(cases)("%s: %s... wherever a reader cut it off", (_, begin, rest) => {
    const before = "x ".repeat(200);
    for (let length = 0; length <= rest.length; length++)
      expect(mask(before + begin + rest.slice(0, length)), `${length}`).toBe(`${before}***`);
  });

  test.each(["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "])("a private key: %s", (kind) => {
    expect(mask(`before\n${key(kind)}\nafter`)).toBe("before\n***\nafter");
    expect(mask(`before\n${key(kind).slice(0, -20)}`)).toBe("before\n***");
  });

  test("two private keys, and what stands between them", () => {
    expect(mask(`${key("")} and ${key("EC ")}`)).toBe("*** and ***");
  });

  test("a password in an address", () => {
    expect(mask("postgres://shop:hunter2@db:5432/shop refused")).toBe(
      "postgres://shop:***@db:5432/shop refused",
    );
  });

  test.each([
    "https://example.com:8080/a?b=c@d",
    "git@github.com:acme/shop.git",
    "tests/task-runner-of-the-department.test.ts",
    "npm_config_cache is set",
    "MSG.ofTheDepartmentOfTheInterior",
    "ghp_short",
    "a bearer of bad news",
    "AKIA",
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    "token=12345678",
    "eyJ is how a token begins",
  ])("%j is none", (text) => {
    expect(mask(text)).toBe(text);
  });
});

describe("secrets by their value", () => {
  const env = (name: string, value: string) => secretValues({ [name]: value });

  test.each([
    "GITHUB_TOKEN",
    "INPUT_GITHUB-TOKEN",
    "DB_PASSWORD",
    "PGPASSWORD",
    "API_KEY",
    "APIKEY",
    "AWS_SECRET_ACCESS_KEY",
    "SSH_KEY",
    "SENTRY_DSN",
    "client_secret",
    "SLACK_WEBHOOK_URL",
    "ACTIONS_RUNTIME_TOKEN",
    "SMTP_PASS",
  ])("of %s", (name) => {
    expect(env(name, "s3cr3t-value-of-it")).toContain("s3cr3t-value-of-it");
  });

  test.each([
    ["PATH", "/usr/bin:/usr/local/bin"],
    ["PWD", "/home/runner/work/shop"],
    ["OLDPWD", "/home/runner/work/shop"],
    ["TOKEN_FILE", "/run/secrets/token"],
    ["ACTIONS_ID_TOKEN_REQUEST_URL", "https://pipelines.example/idtoken"],
    ["GOOGLE_APPLICATION_CREDENTIALS", "/home/runner/creds.json"],
    ["CACHE_KEY", "node-linux-1234"],
    ["KEYBOARD_LAYOUT", "de-nodeadkeys"],
    ["DB_PASSWORD", "postgres"],
    ["DB_PASSWORD", "short1"],
    ["API_TOKEN", ""],
    ["API_TOKEN", "        "],
    ["API_TOKEN", "123456789012"],
    ["API_TOKEN", "----------------"],
    ["HAS_TOKEN", "true"],
  ])("not of %s=%s", (name, value) => {
    expect(env(name, value)).toEqual([]);
  });

  const secret = 'correct-horse "battery" <staple> & more+/9';
  const mask = createMask(env("DEPLOY_TOKEN", secret));

  test.each([
    ["itself", secret],
    ["with blanks around it", `  ${secret}\n`],
    ["in JSON", JSON.stringify({ secret })],
    ["in XML", secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")],
    ["in a URL", encodeURIComponent(secret)],
    ["in base64", Buffer.from(secret).toString("base64")],
    ["in base64 after a name", Buffer.from(`user:${secret}`).toString("base64")],
    ["in base64 after a longer name", Buffer.from(`users:${secret}:`).toString("base64")],
    ["in base64 for a URL", Buffer.from(`u:${secret}`).toString("base64url")],
    ["its first half", secret.slice(0, Math.ceil(secret.length / 2))],
    ["twice", `${secret}${secret}`],
  ])("%s", (_, text) => {
    const masked = mask(`before ${text} after`);
    expect(masked).toContain("***");
    expect(masked).not.toContain("battery");
    for (let at = 8; at < text.length - 12; at++) expect(masked).not.toContain(text.slice(at, at + 12));
  });

  test("each line of one that has several", () => {
    const lines = createMask(env("SIGNING_KEY", "line-one-of-it\r\nline-two-of-it\nx"));
    expect(lines("x line-two-of-it y line-one-of-it")).toBe("x *** y ***");
  });

  test("the longest of two that begin alike", () => {
    const both = createMask([...env("A_TOKEN", "abcdefgh-1"), ...env("B_TOKEN", "abcdefgh-1234567890")]);
    expect(both("abcdefgh-1234567890!")).toBe("***!");
    expect(both("abcdefgh-1!")).toBe("***!");
  });

  test("property: no half of a known value is left, whatever stands around it", () => {
    const value = fc
      .stringMatching(/^[!-~]{8,60}$/)
      .filter((text) => secretValues({ T_TOKEN: text }).length > 0);
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 5 }),
        fc.string(),
        fc.string(),
        (values, a, b) => {
          const masked = createMask(values.flatMap((text) => env("T_TOKEN", text)));
          for (const text of values) expect(masked(`${a}${text}${b}`)).not.toContain(text);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("property: a text that a reader cut shows fewer than 6 characters of a secret at its end", () => {
    const value = "Zq8!Zr7$Zs6%Zt5&Zu4/Zv3(Zw2)Zx1=";
    const cutMask = createMask(env("T_TOKEN", value));
    for (let shown = 0; shown <= value.length; shown++) {
      const text = `${"y".repeat(300)}${value.slice(0, shown)}`;
      expect(cutMask(text).replace(/^y*/, "").replace("***", "").length).toBeLessThan(6);
    }
  });
});

describe("a report", () => {
  const token = `ghp_${body}`;
  const value = "my-own-secret-42";
  const mask = createMask(secretValues({ OWN_SECRET: value }));
  const hostile = `${token} ${value}`;

  function report(message = hostile, details = hostile): Report {
    const xml = (text: string) => text.replaceAll("\n", "&#10;");
    const tests = readText(
      `<testsuite name="${hostile}" tests="9"><testcase classname="${hostile}" name="${hostile}" file="${hostile}" line="3">
      <failure message="${xml(message)}">${details}</failure></testcase></testsuite>`,
      hostile,
    );
    const { config } = parseConfig(
      `version: 1\ncomment: { title: "${hostile}" }\nphases: [{ name: "${hostile}", owner: "${hostile}", kpis: { tests.failed: 0, tests.errored: 0, coverage.lines: 1% } }]`,
      "c.yml",
    );
    return evaluate({
      name: "phase-gate",
      run: { at: "2026-11-24T00:00:00.000Z", sha: "a".repeat(40), number: 3 },
      config,
      evidence: {
        sources: [{ family: "tests", glob: hostile, files: [tests], problems: [] }],
        problems: [
          { code: "no-files", severity: "warning", message: hostile, at: { file: hostile }, hint: hostile },
        ],
        root: "",
      },
      problems: [],
      locate: (file) => file,
    });
  }

  const sinks: Readonly<Record<string, (report: Report) => string>> = {
    comment: renderMarkdown,
    summary: (given) =>
      renderSummary(given, [
        maskProblem({ code: "not-published", severity: "warning", message: hostile }, mask),
      ]),
    "check summary": renderCheckSummary,
    "check title": headSentence,
    annotations: (given) => JSON.stringify(annotationsOf(given)),
    log: (given) => renderConsole(given),
    "report.json": renderJson,
    outputs: (given) => JSON.stringify(failedRules(given)),
  };

  test.each(Object.entries(sinks))("shows no secret in the %s", (_, render) => {
    const text = render(maskReport(report(), mask));
    expect(text).not.toContain(token);
    expect(text).not.toContain(body.slice(0, 20));
    expect(text).not.toContain(value);
    expect(text).not.toContain(value.slice(0, 8));
  });

  test("is judged the same, and exits the same, even if our own words were secrets", () => {
    const words = [
      "tests.failed",
      "tests.errored",
      "not-published",
      "incomparable",
      "missing",
      "phase-gate",
      "coverage.lines",
    ];
    const given = report();
    const masked = maskReport(given, createMask(words));
    expect(exitCode(masked)).toBe(exitCode(given));
    expect(masked.gate?.outcome).toBe(given.gate?.outcome);
    expect(
      masked.gate?.phases.map(({ rules }) => rules.map(({ verdict, rule }) => [verdict, rule.kpi])),
    ).toEqual(given.gate?.phases.map(({ rules }) => rules.map(({ verdict, rule }) => [verdict, rule.kpi])));
    expect(masked.problems.map(({ code, severity }) => [code, severity])).toEqual(
      given.problems.map(({ code, severity }) => [code, severity]),
    );
    expect([...masked.kpis]).toEqual([...given.kpis]);
    expect([masked.name, masked.run]).toEqual([given.name, given.run]);
  });

  test("without a secret is the same report", () => {
    const given = report("expected 2, found 3", "at line 4");
    const clean = JSON.parse(renderJson(given).replaceAll(hostile, "x")) as unknown;
    expect(JSON.parse(renderJson(maskReport(given, mask)).replaceAll("*** ***", "x"))).toEqual(clean);
  });

  test("a private key that begins in the first line of a message does not go on in the rest", () => {
    const [first, ...rest] = key("RSA ").split("\n");
    const { tests } = maskReport(report(first, `${rest.join("\n")}\nat line 3`), mask);
    expect(tests?.failing[0]).toMatchObject({ message: "***", details: "***\nat line 3" });
  });

  test("with 5,000 failing tests of 5,000 characters is masked in seconds", () => {
    const text =
      "expected { id: 1, name: 'shop' } to equal { id: 2 } at Object.<anonymous> (src/a.ts:3:4)\n".repeat(55);
    const base = report();
    const failing = Array.from({ length: 5_000 }, () => ({ ...base.tests!.failing[0]!, details: text }));
    const values = Array.from({ length: 20 }, (_, i) => `secret-value-number-${i}-of-${i * 7919}`);
    const many = createMask(values.flatMap((one) => secretValues({ MY_TOKEN: one })));
    const begin = performance.now();
    maskReport({ ...base, tests: { ...base.tests!, failing } }, many);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});
