import { describe, expect, test } from "vitest";
import { suitesTwice } from "../src/core/measure/suites-twice.ts";
import { readText } from "./runner/bytes.ts";

const suite = (attributes: string) => `<testsuite name="cart" ${attributes}><testcase name="a"/></testsuite>`;
const dated = 'timestamp="2026-11-24T08:30:05" time="0.2" hostname="ci-1"';

describe("a suite in two report files", () => {
  const cases: readonly (readonly [what: string, other: string, twice: boolean])[] = [
    ["with the same beginning is the same run", suite(dated), true],
    ["inside another root is the same run", `<testsuites>${suite(dated)}</testsuites>`, true],
    ["without a time of day may be another shard", suite('time="0.2"'), false],
    ["begun at another time is another run", suite(dated.replace(":05", ":06")), false],
    ["of another duration is another run", suite(dated.replace("0.2", "0.3")), false],
    ["of another host is another run", suite(dated.replace("ci-1", "ci-2")), false],
    ["of another name is another suite", suite(dated).replace("cart", "shop"), false],
    [
      "with more tests is another run",
      suite(dated).replace("<testcase", '<testcase name="b"/><testcase'),
      false,
    ],
    ["whose first test is another is another suite", suite(dated).replace('"a"', '"b"'), false],
    [
      "whose first test is of another class, too",
      suite(dated).replace("<testcase", '<testcase classname="Users"'),
      false,
    ],
    [
      "with a failure in place of a pass is the same run",
      suite(dated).replace('"a"/>', '"a"><failure/></testcase>'),
      true,
    ],
    ["without a test is none", `<testsuite name="cart" ${dated}/>`, false],
  ];

  test.each(cases)("%s", (_, other, twice) => {
    const files = [readText(suite(dated), "a.xml"), readText(other, "b.xml")];
    const problems = suitesTwice(files);
    expect(problems.map(({ code, severity, at }) => [code, severity, at?.file])).toEqual(
      twice ? [["suite-twice", "error", "b.xml"]] : [],
    );
    expect(suitesTwice(files.toReversed())).toEqual(problems);
  });

  test("that stand for the first second of 1970 say nothing", () => {
    const text = suite('timestamp="1970-01-01T00:00:00" time="0.2"');
    expect(suitesTwice([readText(text, "a.xml"), readText(text, "b.xml")])).toEqual([]);
  });

  test("is counted once where one file says it twice", () => {
    expect(suitesTwice([readText(`<testsuites>${suite(dated)}${suite(dated)}</testsuites>`)])).toEqual([]);
  });
});
