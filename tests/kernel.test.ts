import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../src/core/model/problem.ts";
import { readReportFile } from "../src/core/read/index.ts";
import { openWindow, type Window } from "../src/core/read/text/window.ts";
import { scanXml, type Tag } from "../src/core/read/text/xml.ts";
import type { Counted } from "../src/core/read/text/xml-kernel.ts";
import { kernelDigests } from "../tools/build/kernel.mjs";
import { filesBelow, testPath } from "./runner/bytes.ts";
import { marked, passingOver, testCases } from "./runner/passing-over.ts";
import { always, never, sourceFor } from "./runner/plain-reading.ts";
import { damaged } from "./soak/damage.ts";
import { random } from "./soak/random.ts";
import { rounds, seed } from "./soak/share.ts";

/** What a message quotes depends on what is at hand, as it does for pieces of another size. */
const unquoted = (message: string) => message.replace(/".*"/s, '""');

/**
 * Of several faults in one tag, which one shows first depends on how much of it is at hand, and so does how much of a text
 * is told that turns out to be wrong. That there is a fault does not.
 */
function withoutFault(all: readonly string[]): readonly string[] {
  if (!all.at(-1)!.startsWith("xml-syntax ")) return all;
  const sound = all.slice(0, all.at(-2)?.startsWith('"') ? -2 : -1);
  return [...sound, "xml-syntax"];
}

function agree(bytes: Uint8Array, size: number, wanted: Wanted): void {
  const [kernel, scanner] = [always, never].map((from) => told(bytes, size, from, wanted));
  const shown = size < bytes.length ? withoutFault : (all: readonly string[]) => all;
  const context = `${size}: ${JSON.stringify(Buffer.from(bytes).toString("latin1"))}`;
  expect(shown(kernel!), context).toEqual(shown(scanner!));
}

/** What a reader asks for: all of it, hollow elements told as such, or no text and nothing that may be passed over. */
type Wanted = "all" | "hollow" | Counted;

/** How many elements were told by their numbers. */
let counts = 0;

/** Everything that is told of a document, with pieces of text joined, up to its end or to what is wrong with it. */
function told(bytes: Uint8Array, size: number, kernelFrom: number, wanted: Wanted): readonly string[] {
  const all: string[] = [];
  let text = "";
  const tell = (what: string) => {
    if (text !== "") all.push(JSON.stringify(text));
    text = "";
    all.push(what);
  };
  const names = ["name", "classname", "time", "n", "nr", "number", "hits", "message", "type"];
  const over = typeof wanted === "object" ? passingOver(wanted, all) : undefined;
  const shown = (name: string, tag: Tag) => {
    const attributes = names
      .filter((one) => tag.has(one))
      .map((one) => `${one}=${tag.attribute(one)}/${tag.number(one)}`);
    return `<${name} ${attributes.join(" ")}> in line ${tag.line()}`;
  };
  let window: Window | undefined;
  try {
    window = openWindow(sourceFor(bytes, size, kernelFrom), "x.xml");
    const notes = scanXml(window, "x.xml", {
      open(name, tag) {
        tell(shown(name, tag));
        over?.opens(tag);
      },
      close(name) {
        tell(`</${name}>`);
        over?.closes(name);
      },
      // Elements told as hollow or not come to the same here, because where a piece ends decides it.
      hollow(name, tag) {
        if (wanted !== "hollow") return false;
        tell(shown(name, tag));
        text = "";
        tell(`</${name}>`);
        return true;
      },
      ...(typeof wanted === "object" && {
        counted: {
          what: wanted,
          tell({ numbers, marks, first, end }, tagOf) {
            for (let i = first; i < end; i++) {
              const tag = tagOf(i);
              expect(numbers[i]).toBe(tag.number(wanted.number));
              all.push(shown(wanted.element, tag), marked(marks[i] === 1), `</${wanted.element}>`);
              over!.passed();
              counts++;
            }
            return true;
          },
        },
      }),
      wantsText: () => typeof wanted !== "object",
      text: (piece) => {
        text += piece;
      },
    });
    tell(notes.map(({ message }) => message).join());
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { code, message, at } = error.problem;
    tell(`${code} ${unquoted(message)} ${at?.line}:${at?.column}`);
  } finally {
    // Leaves the kernel, and the names it knows, to the next document.
    window?.close();
  }
  return all;
}

const documents = ["genuine", "read", "probes"]
  .flatMap((folder) =>
    filesBelow(testPath(folder)).map((file) => [file, readFileSync(testPath(folder, file))] as const),
  )
  .filter(([, bytes]) => /^(?:\xef\xbb\xbf)?\s*</.test(bytes.toString("latin1", 0, 100)));

test.each([...kernelDigests()])("$target holds what was compiled from its source", ({ target, digest }) => {
  expect(readFileSync(target, "utf8")).toContain(digest);
});

describe("the kernel of the XML scanner", () => {
  test("has documents to agree on", () => {
    expect(documents.length).toBeGreaterThan(60);
  });

  test.each(documents)("tells the same as the scanner of %s, whole, damaged or cut", (_, bytes) => {
    const next = random(seed * 31 + bytes.length);
    agree(bytes, 65_536, "hollow");
    agree(bytes, 65_536, testCases);
    for (let round = 0; round < rounds / 30; round++) {
      const size = next() < 0.5 ? 65_536 : 1 + Math.floor(next() * 400);
      const wanted = next() < 0.5 ? testCases : size === 65_536 ? "hollow" : "all";
      agree(damaged(bytes, next), size, wanted);
      agree(bytes.subarray(0, Math.floor(next() * bytes.length)), size, wanted);
    }
  });

  test.each(documents)("leads to the same reading of %s", (file, bytes) => {
    for (const size of [65_536, 1_000, 77]) {
      expect(readReportFile(file, sourceFor(bytes, size, always))).toEqual(
        readReportFile(file, sourceFor(bytes, size, never)),
      );
    }
  });

  test("tells test cases by their times in many of them", () => {
    counts = 0;
    for (const [, bytes] of documents) told(bytes, 65_536, always, testCases);
    expect(counts).toBeGreaterThan(50);
  });

  test("takes nothing for a number that the scanner does not", () => {
    const times = [
      "0",
      "1.5",
      ".5",
      "5.",
      ".",
      "",
      "1e3",
      "-1",
      "+1",
      " 1",
      "1 ",
      "0x1",
      "1.2.3",
      "1,5",
      "NaN",
    ];
    const long = [
      "123456789012345",
      "1234567890123456",
      "0.1234567890123",
      "0.12345678901234",
      "999999999999.999",
    ];
    const cases = [...times, ...long].map((time) => `<testcase name="${time}" time="${time}"/>`);
    const bytes = new TextEncoder().encode(`<testsuite>${cases.join("<x/>")}</testsuite>`);
    counts = 0;
    agree(bytes, 65_536, testCases);
    expect(counts).toBe(6);
  });

  test.each([255, 256, 257])("goes as deep as the scanner: %i", (depth) => {
    const inside = ["<b/>", "<b></b>", "<b>", "x"];
    for (const last of inside)
      agree(new TextEncoder().encode(`${"<a>".repeat(depth)}${last}${"</a>".repeat(depth)}`), 65_536, "all");
  });

  test.each([
    "<a/>",
    " <a/>",
    "<a/> ",
    "<a/><a/>",
    "<a></a>x",
    "x<a/>",
    "<!-- --><a/><!-- -->",
    "</a>",
    "<![CDATA[]]><a/>",
    "&amp;<a/>",
    "<",
    " ",
    "<a",
    "<!DOCTYPE a><a><b/></a>\n<?p?>",
  ])("ends where the root element does: %s", (document) => {
    for (const size of [1, 2, 3, 100]) agree(new TextEncoder().encode(document), size, "hollow");
  });

  const word = fc.constantFrom(
    ..."< > </ /> <a <b </a> </b> <a/> <a></a> = \" ' & &lt; &amp; &#10; &#x10ffff; &x; &#12345678; ]]> ]] <![CDATA[".split(
      " ",
    ),
    ...' |\n|\t|<b n="3"/>|<b n="4.5"></b>|<b n="6" m="">\n</b>|<b n="7"><i/></b>|<b n="8"><u>|</u>|<i>|</i>|<i/>|<v/>|<v>x</v>| n=\'1\'| n="2.5"| time="0.125"| m = "x"|<!-- c -->|<?p i?>|x|é|\0|<x:a>|</x:a>|-|<!'.split(
      "|",
    ),
    `<${"n".repeat(33)}>`,
    ` ${"m".repeat(32)}="1"`,
    "<d>".repeat(300),
    Array.from({ length: 40 }, (_, i) => ` a${i}="${i}"`).join(""),
  );

  test("agrees with the scanner on any markup", () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), fc.integer({ min: 1, max: 300 }), (words, size) => {
        for (const text of [`<a>${words.join("")}</a>`, words.join("")]) {
          const bytes = new TextEncoder().encode(text);
          agree(bytes, size, "all");
          agree(bytes, size, { element: "b", number: "n", without: ["m"], mark: "i", unread: ["u", "v"] });
        }
      }),
      { seed, numRuns: rounds * 10 },
    );
  });
});
