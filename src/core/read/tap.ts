import type { Counting } from "../model/facts.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { noTests } from "./declared.ts";
import type { Reader } from "./reader.ts";
import { summarise } from "./summarise.ts";
import { addToBlock, type Block, openBlock } from "./tap-block.ts";
import { createTapDocument, cutOff, type TapDocument } from "./tap-document.ts";
import { pointOf } from "./tap-point.ts";
import type { Test } from "./tap-test.ts";
import { createTally } from "./test-tally.ts";
import { lastLineEnds } from "./text/last-line.ts";
import { scanLines } from "./text/lines.ts";
import { openWindow } from "./text/window.ts";

/** TAP, the Test Anything Protocol, versions 12 to 14. https://testanything.org/tap-version-14-specification.html */
export const tap: Reader = {
  label: "TAP",
  families: ["tests"],
  writtenBy: "node --test, vitest, node-tap, tape, Perl's prove, bats, pgTAP, Deno",
  claims: ({ text }) =>
    /^(?:\s|#.*[\r\n])*(?:TAP version \d|1\.\.\d|pragma [+-]|(?:not )?ok(?: \d| - |\r?\n))/.test(text) ||
    // Behind what npm, or the code under test, writes before it.
    /^(?:TAP version \d+\s|1\.\.\d+\s|(?:not )?ok \d+ - )/m.test(text),
  read(source, file, counting) {
    const stream = createStream(file, counting);
    const window = openWindow(source, file);
    const notes = scanLines(window, file, stream.line);
    return stream.finish(notes, lastLineEnds(window));
  },
};

/** The line with which a document may begin. */
const begins = /^TAP version \d+\s*$/i;

/** Blanks before subtests, for each level. */
const step = 4;

function createStream(file: string, counting: Counting | undefined) {
  const tally = createTally(counting);
  const problems: Problem[] = [];
  let document: TapDocument | undefined;
  let lines = 0;
  /** The last test point, as long as a block may follow, and the blanks before it. */
  let last: { readonly test: Test; readonly indent: number } | undefined;
  let block: Block | undefined;

  return {
    line: (text: string, number: number, real: (from: number) => string): void => {
      lines = number;
      if (block) {
        if (begins.test(text)) openAtEnd(block);
        if (!addToBlock(block, real(0))) block = undefined;
        return;
      }
      const indent = /^ */.exec(text)![0].length;
      const body = text.slice(indent).trimEnd();
      if (body === "" || body.startsWith("#")) return;
      if (last && indent > last.indent && body === "---") {
        block = openBlock(indent, number, !last.test.point.ok);
        last.test.block = block;
        // A brace that opens subtests stands below the block.
        last.test.brace = undefined;
        return;
      }
      if (/^Bail out!/i.test(body)) {
        const message = `the test run gave up: ${real(indent).slice(9, 200).trim()}`;
        refuse({ code: "truncated", message, at: { file, line: number } });
      }
      const above = last;
      last = undefined;
      if (indent % step === 0) lineOf(body, number, indent, above?.test, (from) => real(indent + from));
    },
    finish(notes: readonly Problem[], ended: boolean) {
      if (block) openAtEnd(block);
      if (last?.test.line === lines && !ended) {
        const message = "the last test point does not end its line";
        refuse({ code: "truncated", message, at: { file, line: lines }, hint: cutOff });
      }
      documentAt(undefined).end();
      return {
        facts: { kind: "tests", tests: tally.facts() } as const,
        problems: [...notes, ...summarise(problems), ...noTests(tally, file)],
      };
    },
  };

  function openAtEnd({ line }: Block): never {
    const message = "a YAML block does not end with ... below its ---";
    refuse({ code: "truncated", message, at: { file, line }, hint: cutOff });
  }

  function documentAt(line: number | undefined): TapDocument {
    document ??= createTapDocument(tally, problems, file, line);
    return document;
  }

  /** A line that may be of TAP, without the blanks of its level. */
  function lineOf(
    text: string,
    number: number,
    indent: number,
    above: Test | undefined,
    real: (from: number) => string,
  ): void {
    const depth = indent / step;
    const [, planned, skip] = /^1\.\.(\d{1,9})\s*(?:$|todo\b|#\s*(skip\b)?)/i.exec(text) ?? [];
    if (planned !== undefined) {
      const plan = { count: Number(planned), line: number, skipped: skip !== undefined };
      documentAt(undefined).plan(depth, plan);
      return;
    }
    const point = pointOf(text, real);
    if (point) last = { test: documentAt(undefined).point(depth, point, number), indent };
    else if (text === "{" && above?.block) above.brace = "below";
    else if (text === "}") document?.closes(depth);
    else if (depth === 0 && begins.test(text)) {
      document?.end();
      document = undefined;
      documentAt(number);
    }
  }
}
