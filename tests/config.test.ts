import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { jsonSchema } from "../src/core/config/json-schema.ts";
import { defaultConfig, parseConfig } from "../src/core/config/parse-config.ts";
import { isError } from "../src/core/model/problem.ts";
import { problemText } from "../src/core/report/problem-text.ts";
import { filesBelow, testPath } from "./runner/bytes.ts";

const plain = (_: string, value: unknown) =>
  typeof value === "bigint"
    ? value.toString()
    : value instanceof Map
      ? Object.fromEntries(value as Map<string, unknown>)
      : value;

describe("configurations", () => {
  test.each(filesBelow(testPath("config")))("%s", async (file) => {
    const { config, problems } = parseConfig(readFileSync(testPath("config", file), "utf8"), file);
    const told = problems.map((problem) => `${problemText(problem)}\n`).join("");
    const shown = config ? `${told}${JSON.stringify(config, plain, 2)}\n` : told;
    await expect(shown).toMatchFileSnapshot(testPath("goldens", "config", `${file}.txt`));
    expect(told).not.toMatch(/undefined|\[object|TypeError|ZodError/);
    expect(config === null).toBe(problems.some(isError));
    for (const { at } of problems) expect(at?.line, told).toBeGreaterThan(0);
  });

  test("without a file the two built-in phases run", () => {
    expect(defaultConfig().phases.map(({ name }) => name)).toEqual(["Stabilization", "Reliability"]);
  });
});

describe("the JSON Schema", () => {
  const ajv = new Ajv.default({ strict: false });
  addFormats.default(ajv);
  const valid = ajv.compile(jsonSchema() as object);

  test("takes the whole vocabulary", () => {
    const config: unknown = parse(readFileSync(testPath("config", "whole-vocabulary.yml"), "utf8"));
    expect(valid(config), JSON.stringify(valid.errors)).toBe(true);
  });

  test.each(["unknown-key-in-a-rule", "unknown-kpi", "phase-without-kpis", "version-2", "limit-in-a-list"])(
    "refuses %s",
    (file) => {
      expect(valid(parse(readFileSync(testPath("config", `${file}.yml`), "utf8")))).toBe(false);
    },
  );

  test("ships as it is made", () => {
    const shipped = readFileSync(testPath("..", "dist", "phase-gate.schema.json"), "utf8");
    expect(JSON.parse(shipped)).toEqual(jsonSchema());
  });
});
