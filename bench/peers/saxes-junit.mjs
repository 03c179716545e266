// A JUnit reader on saxes that does what ours does with a file: it checks that the XML is well-formed, counts cases by their
// elements, compares every suite with what it declares, adds up times and keeps the ten slowest cases, and keeps the failing
// cases with their suites, class, name, place, message and text. usage: node saxes-junit.mjs FILE
import { closeSync, openSync, readSync } from "node:fs";
import { SaxesParser } from "saxes";

const maxKept = 5_000;
const maxDetails = 4_000;

const parser = new SaxesParser();
const totals = { total: 0, failed: 0, skipped: 0 };
const [suites, failing, slowest, problems] = [[], [], [], []];
let seconds = 0;
let test;
let listening = false;

parser.on("error", (error) => {
  throw error;
});
parser.on("opentag", ({ name, attributes }) => {
  if (name === "testsuite" || name === "testsuites") {
    const declared = Number(attributes.tests);
    const bad = Number(attributes.failures) + Number(attributes.errors);
    suites.push({ name: attributes.name ?? "", line: parser.line, declared, bad, cases: 0, found: 0 });
  } else if (name === "testcase") {
    test = { attributes, how: undefined, skipped: false, message: "", details: "", line: 0 };
  } else if (test && (name === "failure" || name === "error")) {
    test.how ??= name;
    test.message ||= attributes.message ?? attributes.type ?? "";
    test.line ||= parser.line;
    listening = true;
  } else if (test && name === "skipped") test.skipped = true;
});
const text = (piece) => {
  if (listening && test.details.length < maxDetails) test.details += piece;
};
parser.on("text", text);
parser.on("cdata", text);
parser.on("closetag", ({ name }) => {
  if (name === "testcase") closeCase();
  else if (name === "failure" || name === "error") listening = false;
  else if (name === "testsuite" || name === "testsuites") closeSuite();
});

function closeCase() {
  const { classname = "", name = "", time = "", file } = test.attributes;
  const suite = suites.at(-1);
  totals.total++;
  suite.cases++;
  const taken = Number(time);
  if (taken >= 0) {
    seconds += taken;
    if (slowest.length < 10 || taken > slowest.at(-1).seconds) {
      slowest.push({ suite: suites.map((one) => one.name), classname, name, seconds: taken });
      slowest.sort((a, b) => b.seconds - a.seconds);
      slowest.length = Math.min(slowest.length, 10);
    }
  }
  if (test.how) {
    totals.failed++;
    suite.found++;
    if (failing.length < maxKept) {
      const { how, message, line } = test;
      const details = test.details.slice(0, maxDetails).trim();
      failing.push({
        suite: suites.map((one) => one.name),
        classname,
        name,
        file,
        how,
        message,
        details,
        line,
      });
    }
  } else if (test.skipped) totals.skipped++;
  test = undefined;
}

function closeSuite() {
  const { name, line, declared, bad, cases, found } = suites.pop();
  if (declared !== cases && !Number.isNaN(declared)) problems.push({ name, line, declared, cases });
  if (bad !== found && !Number.isNaN(bad)) problems.push({ name, line, bad, found });
  const outer = suites.at(-1);
  if (!outer) return;
  outer.cases += cases;
  outer.found += found;
}

const file = openSync(process.argv[2], "r");
const buffer = Buffer.allocUnsafe(64 * 1024);
const decoder = new TextDecoder("utf-8", { fatal: true });
for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer))
  parser.write(decoder.decode(buffer.subarray(0, size), { stream: true }));
parser.write(decoder.decode()).close();
closeSync(file);
console.log(
  JSON.stringify({ ...totals, seconds, kept: failing.length + slowest.length, problems: problems.length }),
);
