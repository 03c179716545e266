import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scanXml } from "../src/core/read/text/xml.ts";
import { testPath } from "./runner/bytes.ts";
import { always, never, plainReading, sourceFor } from "./runner/plain-reading.ts";
import { damaged } from "./soak/damage.ts";
import { random } from "./soak/random.ts";
import { rounds, seed } from "./soak/share.ts";

/** Which of several faults in the markup is seen first depends on where pieces end; all else must be the same. */
function agree(bytes: Uint8Array, size: number): void {
  const [kernel, scanner] = [always, never].map((from) => plainReading("report.xml", bytes, size, from));
  const codes = ({ problems }: typeof kernel & {}) => problems.map(({ code }) => code);
  const context = `${size}: ${JSON.stringify(Buffer.from(bytes).toString("latin1"))}`;
  expect(codes(kernel!), context).toEqual(codes(scanner!));
  if (!codes(kernel!).includes("xml-syntax")) expect(kernel, context).toEqual(scanner);
}

const encoder = new TextEncoder();
const values = "999999999 1000000000 4194304 -1 +1 1.5 1e3 x &#49; &lt;".split(" ");
const value = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom("0", "1", "2", "3", "12", "007", "40", "900") },
  { weight: 1, arbitrary: fc.constantFrom(...values, "", " 1", "1 ") },
);
const between = fc.constantFrom("", "", "", "\n  ", "<!-- c -->", "text", "&amp;", "<x/>", "<![CDATA[x]]>");
const quote = fc.constantFrom('"', "'");

/** An element with some attributes, in any order, now and then with one left out, and hollow or not. */
function element(name: string, attributes: Readonly<Record<string, fc.Arbitrary<string>>>) {
  const all = Object.entries(attributes).map(([attribute, given]) =>
    fc
      .tuple(given, quote, fc.integer({ min: 0, max: 90 }))
      .map(([text, q, chance]) => (chance === 0 ? "" : ` ${attribute}=${q}${text}${q}`)),
  );
  const ends = fc.constantFrom(
    ..."/>|/>|/>| />".split("|"),
    `></${name}>`,
    `>\n</${name}>`,
    `>t</${name}>`,
    `><x/></${name}>`,
  );
  return fc
    .tuple(fc.tuple(...all), fc.boolean(), ends, between)
    .map(
      ([given, turned, end, after]) =>
        `<${name}${(turned ? given.toReversed() : given).join("")}${end}${after}`,
    );
}

const word = fc.constantFrom(
  "METHOD",
  "LINE",
  "METHOD",
  "LINE",
  "BRANCH",
  "METHODS",
  "LIN",
  "",
  "&#77;ETHOD",
  "\u0001",
  "é",
  " LINE",
);
const counter = element("counter", { type: word, missed: value, covered: value });
const line = element("line", { nr: value, mi: value, ci: value, mb: value, cb: value });
const few = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 6 });
const joined = (of: fc.Arbitrary<string>) => few(of).map((all) => all.join(""));

const method = fc.tuple(fc.constantFrom("f", "g"), joined(fc.oneof(counter, line)));
const jacoco = fc
  .tuple(few(method), joined(fc.oneof(line, line, line, counter)), joined(counter), joined(counter))
  .map(([methods, lines, ofClass, ofReport]) => {
    const inside = methods.map(
      ([name, counters]) => `<method name="${name}" desc="()V">${counters}</method>`,
    );
    const tested = `<class name="p/A" sourcefilename="A.java">${inside.join("")}${ofClass}</class>`;
    const source = `<sourcefile name="A.java">${lines}</sourcefile>`;
    return `<report name="r"><package name="p">${tested}${source}</package>${ofReport}</report>`;
  });

const shares =
  "100% (2/2)|50% (1/2)|0% (0/4)|100%|(1/2)|5.5% ( 1 / 2 )|50% (3/2)|x (1/2)|1/2)|(1/2|(1/2) (3/4)|(/2)|";
const share = fc.constantFrom(...shares.split("|"), "50% (1/1234567)", "(12/345)", "&#49;0% (1/2)");
const hit = element("line", {
  number: value,
  hits: value,
  branch: fc.constantFrom("true", "False"),
  "condition-coverage": share,
});
const plainHit = element("line", { number: value, hits: value });
const cobertura = fc
  .tuple(joined(fc.oneof(hit, plainHit)), joined(fc.oneof(hit, plainHit)), joined(hit), fc.boolean())
  .map(([ofMethod, ofClass, elsewhere, inSource]) => {
    const lines = `<methods><method name="m"><lines>${ofMethod}</lines></method></methods><lines>${ofClass}</lines>`;
    const sources = inSource ? `<sources><source>/src<lines>${elsewhere}</lines></source></sources>` : "";
    return `<coverage>${sources}<classes><class filename="a.cs">${lines}</class>${elsewhere}</classes></coverage>`;
  });

/** Elements that differ in their values alone, as tools write them. */
function alike(name: string, attributes: readonly string[]) {
  const style = fc.record({
    quote,
    gap: fc.constantFrom(" ", "\n\t"),
    end: fc.constantFrom("/>", " />", `></${name}>`),
    after: fc.constantFrom("", "\n    ", " a text of more than sixteen letters "),
    more: fc.constantFrom("", ' other="&amp;"', ' other="a value of more than sixteen letters"'),
    order: fc.shuffledSubarray([...attributes], { minLength: attributes.length }),
  });
  const rows = fc.array(fc.record(Object.fromEntries(attributes.map((one) => [one, value]))), {
    maxLength: 12,
  });
  return fc.tuple(style, rows).map(([{ quote: q, gap, end, after, more, order }, all]) => {
    const written = (row: Readonly<Record<string, string>>) =>
      order.map((one) => `${gap}${one}=${q}${row[one]}${q}`);
    return all.map((row) => `<${name}${written(row).join("")}${more}${end}${after}`).join("");
  });
}

const alikeLines = alike("line", ["nr", "mi", "ci", "mb", "cb"]);
const alikeJacoco = fc
  .array(fc.oneof(alikeLines, alike("counter", ["missed", "covered"])), { maxLength: 4 })
  .map(
    (rows) =>
      `<report name="r"><package><sourcefile name="A">${rows.join("")}</sourcefile></package></report>`,
  );
const alikeCobertura = fc
  .array(alike("line", ["number", "hits"]), { maxLength: 4 })
  .map((rows) => `<coverage><class filename="a"><lines>${rows.join("")}</lines></class></coverage>`);

describe("elements told by their figures", () => {
  test.each([
    ["JaCoCo", alikeJacoco],
    ["Cobertura", alikeCobertura],
  ] as const)("come to the same where they are alike in %s, also damaged", (_, document) => {
    const next = random(seed * 43);
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 400 }), (text, size) => {
        const bytes = Buffer.from(text);
        agree(bytes, 65_536);
        agree(bytes, size);
        agree(damaged(bytes, next), 65_536);
        agree(damaged(bytes, next), size);
      }),
      { seed, numRuns: rounds * 3 },
    );
  });

  test("come to the same as deep as elements may be nested", () => {
    const lines = '<line number="1" hits="2"/><line number="3" hits="0"/><line number="4" hits="1"/>';
    for (let depth = 248; depth < 258; depth++) {
      const nested = `${"<lines>".repeat(depth)}${lines}${`</lines>${lines}`.repeat(depth - 1)}</lines>`;
      const text = `<coverage><class filename="a"><lines>${lines}</lines>${nested}</class></coverage>`;
      agree(encoder.encode(text), 65_536);
    }
  });

  test.each([
    ["JaCoCo", jacoco],
    ["Cobertura", cobertura],
  ] as const)("come to the same as elements told one by one in %s", (_, document) => {
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 400 }), (text, size) => {
        agree(encoder.encode(text), 65_536);
        agree(encoder.encode(text), size);
      }),
      { seed, numRuns: rounds * 3 },
    );
  });

  test.each(["genuine/jacoco.xml", "genuine/pycov.xml", "genuine/gcovr.xml", "genuine/phpcobertura.xml"])(
    "come to the same in %s, damaged or cut",
    (file) => {
      const bytes = readFileSync(testPath(file));
      const next = random(seed * 41 + bytes.length);
      for (let round = 0; round < rounds / 3; round++) {
        const size = next() < 0.5 ? 65_536 : 1 + Math.floor(next() * 400);
        agree(damaged(bytes, next), size);
        agree(bytes.subarray(0, Math.floor(next() * bytes.length)), size);
      }
    },
  );

  const kinds = [
    { element: "line", inside: ["lines"], counts: ["number", "hits"], share: "of" },
    {
      element: "counter",
      inside: ["lines", "all"],
      counts: ["n"],
      word: { attribute: "type", of: ["A", "BC"] },
    },
  ] as const;

  /** What is told of a document by figures, kind by kind, and the names of what is told otherwise. */
  function told(text: string): readonly unknown[] {
    const all: unknown[] = [];
    scanXml(sourceFor(encoder.encode(text), 65_536, always), "x.xml", {
      open: (name) => void all.push(name),
      close() {},
      figures: {
        what: kinds,
        tell: (kind, values, first, end) => void all.push([kind, ...values.subarray(first, end)]),
      },
      wantsText: () => false,
      text() {},
    });
    return all;
  }

  test.each([
    [
      "a row of one kind at once",
      '<line number="1" hits="2"/> <line hits="4" number="3"></line>',
      [[0, 1, 2, -1, -1, 3, 4, -1, -1]],
    ],
    ["a share", '<line number="1" hits="0" of="50% (1/2)" x=""/>', [[0, 1, 0, 1, 2]]],
    ["a share larger than its whole otherwise", '<line number="1" hits="0" of="(3/2)"/>', ["line"]],
    ["ten digits otherwise", '<line number="1" hits="1234567890"/>', ["line"]],
    ["what lacks a number otherwise", '<line number="1"/>', ["line"]],
    [
      "words by their numbers",
      '<counter type="BC" n="7"/><counter type="A" n="8"/><counter type="B" n="9"/>',
      [[1, 7, 2, 8, 1, 9, 0]],
    ],
    ["a word with a reference otherwise", '<counter type="&#65;" n="7"/>', ["counter"]],
    [
      "a word that is not plain otherwise",
      '<counter type="\u0001" n="7"/><counter type="é" n="7"/>',
      ["counter", "counter"],
    ],
    ["what holds something otherwise", '<line number="1" hits="2"><x/></line>', ["line", "x"]],
    [
      "kinds in their order",
      '<line number="1" hits="2"/><counter type="" n="3"/><line number="4" hits="5"/>',
      [
        [0, 1, 2, -1, -1],
        [1, 3, 0],
        [0, 4, 5, -1, -1],
      ],
    ],
    [
      "what stands elsewhere otherwise",
      '<all><line number="1" hits="2"/><counter type="A" n="3"/></all>',
      ["all", "line", [1, 3, 1]],
    ],
  ])("tells %s", (_, inside, expected) => {
    expect(told(`<lines>${inside}</lines>`)).toEqual(["lines", ...expected]);
  });
});
