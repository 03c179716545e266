import { type BadInput, gateOn } from "./case.ts";

export const junitConfig = gateOn("tests", '"reports/*.xml"', "tests.failed: 0, tests.errored: 0");

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const failure = '<failure message="expected 2, got 3">at Sum.java:12</failure>';

function testcase(name: string, inside = "", attributes = ""): string {
  return `<testcase classname="shop.SumTest" name="${name}" time="0.004"${attributes}>${inside}</testcase>`;
}

function suite(cases: string, attributes = ""): string {
  return `<testsuite name="shop.SumTest"${attributes}>${cases}</testsuite>`;
}

function report(...suites: readonly string[]): string {
  return `${declaration}<testsuites>${suites.join("")}</testsuites>\n`;
}

/** A sound report file of so many passing test cases. */
function passing(count: number): string {
  const cases = Array.from({ length: count }, (_, i) => testcase(`adds_${i}`));
  return report(suite(cases.join(""), ` tests="${count}" failures="0" errors="0" skipped="0"`));
}

/** A sound report file of a passing test case and the failing one named `sinks`. */
const red = report(suite(testcase("floats") + testcase("sinks", failure), ' tests="2" failures="1"'));

function unsound(
  name: string,
  content: string | Uint8Array,
  rest: Omit<BadInput, "name" | "files">,
): BadInput {
  return { name, files: { "reports/unit.xml": content }, ...rest };
}

function beside(name: string, content: string, rest: Omit<BadInput, "name" | "files">): BadInput {
  return { name, files: { "reports/a.xml": passing(3), "reports/b.xml": content }, ...rest };
}

const syntax = { outcome: "error", code: "xml-syntax" } as const;

/** What can be wrong with a JUnit file. The gate asks for no failed and no errored test. */
export const junitCases: readonly BadInput[] = [
  {
    name: "no file where the glob looks",
    files: {},
    outcome: "error",
    says: /no file matched reports\/\*\.xml/,
  },
  unsound("a file of 0 bytes", "", {
    outcome: "error",
    code: "empty-file",
    says: /reports\/unit\.xml.*is empty \(0 bytes\)/,
  }),
  unsound("a file of blanks", " \n\t\r\n ", {
    outcome: "error",
    code: "empty-file",
    says: /unit\.xml.*is empty/,
  }),
  unsound("only the XML declaration", declaration, { ...syntax, says: /unit\.xml.*no root element/ }),
  unsound("cut off inside a tag", passing(40).slice(0, 1_500), {
    ...syntax,
    says: /unit\.xml:2.*ends too early/,
  }),
  unsound("cut off between two cases", passing(40).split("</testsuite>")[0]!, {
    ...syntax,
    says: /unit\.xml:2.*unclosed.*<testsuite>/,
  }),
  unsound("cut off inside CDATA", passing(1).replace("</testcase>", "<system-out><![CDATA[log"), {
    ...syntax,
    says: /unit\.xml/,
  }),
  unsound(
    "a comment that begins before the failure and never ends",
    red.replace('<testcase classname="shop.SumTest" name="sinks"', "<!--$&"),
    {
      ...syntax,
      says: /unit\.xml/,
    },
  ),
  beside("a sound file beside one that is cut off", red.slice(0, 160), {
    ...syntax,
    says: /reports\/b\.xml:2/,
  }),
  beside("a sound file beside an empty one", "", {
    outcome: "error",
    code: "empty-file",
    says: /reports\/b\.xml/,
  }),
  unsound("no test at all", `${declaration}<testsuites/>\n`, {
    outcome: "error",
    code: "no-tests",
    says: /unit\.xml.*0 test/,
  }),
  unsound("every test skipped", report(suite(testcase("a", "<skipped/>") + testcase("b", "<skipped/>"))), {
    outcome: "error",
    says: /all 2 tests.*skipped/,
  }),
  unsound("100 tests declared and 3 there", passing(3).replace('tests="3"', 'tests="100"'), {
    outcome: "pass",
    code: "count-shortfall",
    says: /unit\.xml:2.*declares 100.*found 3/,
  }),
  unsound(
    "100 tests declared and 3 there, with integrity: strict",
    passing(3).replace('tests="3"', 'tests="100"'),
    {
      config: `integrity: strict\n${junitConfig}`,
      outcome: "error",
      code: "count-shortfall",
      says: /unit\.xml:2.*declares 100.*found 3/,
    },
  ),
  unsound("a failure that the attributes deny", red.replace('failures="1"', 'failures="0"'), {
    outcome: "fail",
    says: /sinks/,
  }),
  unsound("failures that only the attributes know", report(suite("", ' tests="3" failures="3"')), {
    outcome: "error",
    code: "unexplained-failures",
    says: /unit\.xml:2.*3/,
  }),
  unsound(
    "a failure of the suite itself",
    report(suite(`<error message="beforeAll broke"/>${testcase("a")}`, ' tests="1"')),
    {
      outcome: "fail",
      code: "suite-error",
      says: /beforeAll broke/,
    },
  ),
  unsound(
    "a failure three suites deep",
    report(
      `<testsuite name="outer"><testsuite name="middle">${suite(testcase("sinks", failure))}</testsuite></testsuite>`,
    ),
    {
      outcome: "fail",
      says: /outer.*middle.*sinks/s,
    },
  ),
  unsound("a failing case directly below the root", report(testcase("sinks", failure)), {
    outcome: "fail",
    says: /sinks/,
  }),
  unsound("a case that failed and was skipped", red.replace(failure, `${failure}<skipped/>`), {
    outcome: "fail",
    says: /sinks/,
  }),
  unsound(
    "a name that fails first and passes then",
    report(suite(testcase("sinks", failure) + testcase("sinks"))),
    {
      outcome: "fail",
      says: /sinks/,
    },
  ),
  unsound("a failure that is only a status", report(suite(testcase("sinks", "", ' status="failed"'))), {
    outcome: "fail",
    says: /sinks.*status.*failed/s,
  }),
  unsound("a second root with the failure", passing(2) + red.slice(declaration.length), {
    ...syntax,
    says: /unit\.xml:3.*after the root/,
  }),
  unsound("a second document with the failure", passing(2) + red, { ...syntax, says: /unit\.xml:3/ }),
  unsound("the error page of a server", "<html><body><h1>502 Bad Gateway</h1></body></html>", {
    outcome: "error",
    code: "unknown-format",
    says: /unit\.xml.*expected <testsuites>.*<html>/,
  }),
  unsound("JSON", '{"tests": 3, "failures": 0}', {
    outcome: "error",
    code: "unknown-format",
    says: /unit\.xml/,
  }),
  unsound("another root element", `${declaration}<assemblies><assembly/></assemblies>`, {
    outcome: "error",
    code: "unknown-format",
    says: /<assemblies>/,
  }),
  unsound("coverage", `${declaration}<coverage line-rate="1"/>`, {
    outcome: "error",
    code: "wrong-family",
    says: /unit\.xml.*Cobertura.*sources: tests/,
  }),
  unsound("UTF-16 with a failure", Buffer.from(`\ufeff${red.replace("UTF-8", "UTF-16")}`, "utf16le"), {
    outcome: "fail",
    says: /sinks/,
  }),
  unsound(
    "bytes that are not UTF-8 in the message of a failure",
    Buffer.from(red.replace("got 3", "got \xff"), "latin1"),
    {
      outcome: "fail",
      code: "repaired-text",
      says: /sinks/,
    },
  ),
  unsound("a NUL in the message of a failure", red.replace("got 3", "got \0"), {
    outcome: "fail",
    code: "repaired-text",
    says: /sinks/,
  }),
  unsound("terminal colours in a failure", red.replace("at Sum", "\u001b[31mat\u001b[0m Sum"), {
    outcome: "fail",
    says: /sinks/,
  }),
  unsound(
    "entities that grow a thousandfold",
    `<!DOCTYPE x [<!ENTITY a "haha">${Array.from("bcdefghi")
      .map((name, i) => `<!ENTITY ${name} "${`&${"abcdefgh"[i]};`.repeat(10)}">`)
      .join("")}]>${suite(testcase("&i;"))}`,
    {
      outcome: "error",
      code: "xml-doctype",
      says: /unit\.xml.*(?:entit|internal subset)/,
      within: { ms: 2_000, mb: 200 },
    },
  ),
  unsound(
    "an entity that names a file of the machine",
    `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${suite(testcase("&a;"))}`,
    {
      outcome: "error",
      code: "xml-doctype",
      says: /unit\.xml.*(?:entit|internal subset)/,
      hides: /root:/,
    },
  ),
  unsound(
    "suites 20,000 deep",
    "<testsuite>".repeat(20_000) + testcase("sinks", failure) + "</testsuite>".repeat(20_000),
    {
      outcome: "error",
      code: "limit-depth",
      says: /unit\.xml.*depth \d+/,
      within: { ms: 2_000, mb: 200 },
    },
  ),
  unsound("an attribute of 20 MB", red.replace("expected 2, got 3", "x".repeat(20_000_000)), {
    outcome: "fail",
    says: /sinks/,
    within: { ms: 8_000, mb: 300 },
  }),
  unsound(
    "names that every object of the language has",
    red.replaceAll("shop.SumTest", "__proto__").replace("sinks", "constructor"),
    {
      outcome: "fail",
      says: /__proto__.*constructor/,
    },
  ),
];
