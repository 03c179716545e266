import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { isError } from "../src/core/model/problem.ts";
import { readText, testPath } from "./runner/bytes.ts";

const valid = new Ajv().compile(
  JSON.parse(readFileSync(testPath("..", "docs", "metrics.schema.json"), "utf8")) as object,
);

/** What a schema cannot see: text that is no JSON, numbers beyond any double, and keys or names twice. */
const beyond = /nan|infinite|twice|two-documents/;

test.each(readdirSync(testPath("read", "metrics-json")))(
  "%s is judged alike by the schema and the reader",
  (file) => {
    const text = readFileSync(testPath("read", "metrics-json", file), "utf8");
    const refused = readText(text, file).problems.some(isError);
    if (beyond.test(file)) expect(refused).toBe(true);
    else expect(valid(JSON.parse(text))).toBe(!refused);
  },
);
