import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isError } from "../src/core/model/problem.ts";
import { scanXml } from "../src/core/read/text/xml.ts";
import { pieces, readText, testPath } from "./runner/bytes.ts";

/** Everything a document tells, as text; pieces of text are joined, because how they are cut must not matter. */
function events(content: string | Uint8Array, size?: number): string {
  const told: string[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") told.push(JSON.stringify(text));
    text = "";
  };
  scanXml(pieces(content, size), "x.xml", {
    open(name, tag) {
      flush();
      told.push(`<${name} n=${tag.attribute("n") ?? "-"} line=${tag.line()}>`);
    },
    close(name) {
      flush();
      told.push(`</${name}>`);
    },
    comment(content, line) {
      flush();
      told.push(`<!--${content}--> line=${line()}`);
    },
    wantsText: () => true,
    text(piece) {
      text += piece;
    },
  });
  return told.join("\n");
}

const nasty = `<?xml version="1.0" encoding="UTF-8"?>
<!-- a > b - -> <x> -->
<!DOCTYPE a SYSTEM "x>y.dtd">
<p:a xmlns:p='urn:x' n='1 > 0 "quoted"'>
  text &lt;&amp;&#x41;&#66; ü€😀 ]] ]
  <b n="&quot;a&#10;b&quot;"/><![CDATA[ <c> ]] &amp; ]]]]><![CDATA[>]]>
  <?pi <x> ?><d  n = "multi
line"   ></d >
</p:a>
<!-- end --><!--${"-x".repeat(100)}--><!--${"x-".repeat(100)}x-->
`;

describe("the XML scanner", () => {
  test("tells of every kind of markup", async () => {
    await expect(events(nasty)).toMatchFileSnapshot(testPath("goldens", "xml", "nasty.txt"));
  });

  test("tells the same in pieces of any size", () => {
    const whole = events(nasty);
    for (let size = 1; size < 200; size++) expect(events(nasty, size), `pieces of ${size} bytes`).toBe(whole);
  });

  test("tells the same of UTF-16 in pieces of any size", () => {
    const utf16 = Buffer.from(`\ufeff${nasty.replace("UTF-8", "UTF-16")}`, "utf16le");
    for (const size of [1, 2, 3, 7, 64, 1000]) expect(events(utf16, size)).toBe(events(nasty));
  });

  test("refuses every proper beginning of a document up to the end of its root", () => {
    const bytes = Buffer.from(nasty);
    const end = bytes.indexOf("</p:a>") + 6;
    for (let length = 0; length < end; length++) {
      expect(() => events(bytes.subarray(0, length)), `the first ${length} bytes`).toThrow();
    }
    expect(events(bytes.subarray(0, end))).toContain("</a>");
  });

  test("holds a long text in little memory and a long attribute as a whole", () => {
    const long = "x".repeat(3_000_000);
    expect(events(`<a n="${long}">${long}</a>`)).toContain(JSON.stringify(long));
  });

  test("reads any text back, whatever its characters", () => {
    const escaped = (text: string) => text.replace(/[<>&"'\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`);
    const printable = fc
      .string({ unit: "grapheme" })
      .map((text) => text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "?"));
    fc.assert(
      fc.property(printable, fc.integer({ min: 1, max: 50 }), (text, size) => {
        let found: string | undefined;
        let body = "";
        scanXml(pieces(`<a n="${escaped(text)}">${escaped(text)}</a>`, size), "x.xml", {
          open: (_, tag) => {
            found = tag.attribute("n");
          },
          close() {},
          wantsText: () => true,
          text: (piece) => {
            body += piece;
          },
        });
        expect([found, body]).toEqual([text, text]);
      }),
    );
  });
});

describe("truncation", () => {
  const files = [
    "pytest.xml",
    "surefire/TEST-OldTest.xml",
    "gtest.xml",
    "jest.xml",
    "pycov.xml",
    "vitestcov/coverage-final.json",
  ];

  test.each(files)("of %s at any byte is an error", (file) => {
    const bytes = readFileSync(testPath("genuine", file));
    const end = bytes.toString("latin1").trimEnd().length;
    for (let length = 0; length < end; length++) {
      const { problems } = readText(bytes.subarray(0, length), file);
      expect(problems.some(isError), `the first ${length} bytes`).toBe(true);
    }
    expect(readText(bytes, file).problems.some(isError)).toBe(false);
  });

  test("of an lcov file is an error except between records", () => {
    const text = "TN:\nSF:a.js\nDA:1,12\nDA:2,0\nend_of_record\nSF:b.js\nDA:1,1\nend_of_record\n";
    const whole = new Set([
      text.length,
      text.length - 1,
      text.indexOf("SF:b") - 1,
      text.indexOf("SF:b"),
      text.indexOf("SF:a"),
    ]);
    for (let length = 4; length < text.length; length++) {
      const { problems } = readText(text.slice(0, length), "lcov.info");
      expect(problems.some(isError), JSON.stringify(text.slice(0, length))).toBe(!whole.has(length));
    }
  });
});
