import type { Counting } from "../model/facts.ts";
import { type Problem, refuse } from "../model/problem.ts";
import { noTests } from "./declared.ts";
import type { Reader } from "./reader.ts";
import { createTally, maxDetails, maxMessage } from "./test-tally.ts";
import { scanLines } from "./text/lines.ts";

/** TAP, the Test Anything Protocol, versions 12 to 14. https://testanything.org/tap-version-14-specification.html */
export const tap: Reader = {
  label: "TAP",
  families: ["tests"],
  writtenBy: "node --test, node-tap, tape, Perl's prove, bats, pgTAP",
  claims: ({ text }) => /^(?:\s|#.*[\r\n])*(?:TAP version \d+|1\.\.\d+|(?:not )?ok \d+\b)/.test(text),
  read(source, file, counting) {
    const stream = streamReader(file, counting);
    const notes = scanLines(source, file, stream.line);
    return stream.finish(notes);
  },
};

/** One level of subtests: the plan it declares and the points seen. */
interface Level {
  planned: number | undefined;
  points: number;
  /** Failing leaves, in it and below. */
  bad: number;
}

/** The last test point, whose YAML block may follow. */
interface Point {
  readonly indent: number;
  readonly ok: boolean;
  readonly name: string;
  readonly line: number;
  readonly skip: boolean;
  readonly leaf: boolean;
  message: string;
  details: string;
  seconds: number | undefined;
}

function streamReader(file: string, counting: Counting | undefined) {
  const tally = createTally(counting);
  const levels: Level[] = [];
  let last: Point | undefined;
  let inBlock = false;

  const level = (depth: number): Level => (levels[depth] ??= { planned: undefined, points: 0, bad: 0 });

  return {
    line: (text: string, number: number, real: (from: number) => string): void => {
      const indent = text.length - text.trimStart().length;
      if (inBlock || (last && /^\s+---\s*$/.test(text))) block(text, indent);
      else {
        const body = text.slice(indent);
        const depth = Math.floor(indent / 4);
        const plan = /^1\.\.(\d{1,9})(?:\s|$)/.exec(body);
        const result = /^(not )?ok\b(?:\s+\d+)?(?:\s+-)?\s*/.exec(body);
        if (/^Bail out!/i.test(body)) {
          const message = `the test run gave up: ${real(indent).slice(9, 200).trim()}`;
          refuse({ code: "truncated", message, at: { file, line: number } });
        }
        if (plan) level(depth).planned = Number(plan[1]);
        else if (result) point(real(indent + result[0].length), result[1] === undefined, depth, number);
      }
    },
    finish(notes: readonly Problem[]) {
      settle();
      const top = level(0);
      if (top.planned === undefined || top.planned > top.points) {
        const planned =
          top.planned === undefined ? "there is no plan (1..N)" : `the plan says ${top.planned}`;
        const message = `${planned}, found ${top.points} test points`;
        refuse({ code: "truncated", message, at: { file }, hint: "The test run ended before its end." });
      }
      return {
        facts: { kind: "tests", tests: tally.facts() } as const,
        problems: [...notes, ...noTests(tally, file)],
      };
    },
  };

  /** A point after points one level deeper is their suite. */
  function point(description: string, ok: boolean, depth: number, line: number): void {
    settle();
    const children = levels[depth + 1];
    levels.length = depth + 1;
    const directive = /(?:^|[^\\])#\s*(skip|todo)\b/i.exec(description)?.[1]?.toLowerCase();
    const name = description.replace(/\s*(?:^|[^\\])#\s*(?:skip|todo)\b.*$/i, "").replace(/\\([#\\])/g, "$1");
    const here = level(depth);
    here.points++;
    const leaf =
      children === undefined ||
      children.points === 0 ||
      (!ok && children.bad === 0 && directive === undefined);
    here.bad += children?.bad ?? 0;
    const skip = directive === "skip" || (directive === "todo" && !ok);
    if (leaf && !ok && !skip) here.bad++;
    last = { indent: depth * 4, ok, name, line, skip, leaf, message: "", details: "", seconds: undefined };
  }

  /** The YAML block of the last point; of it the message, the time and the text itself are kept. */
  function block(text: string, indent: number): void {
    inBlock = !(inBlock && /^\s+\.\.\.\s*$/.test(text));
    if (!inBlock || !last || indent <= last.indent) return;
    const [, key = "", value = ""] = /^\s+(\w+):\s*(.*)$/.exec(text) ?? [];
    if (/^(?:error|message)$/.test(key) && last.message === "")
      last.message = value.replace(/^[|>'"][-+]?|['"]$/g, "");
    else if (key === "duration_ms" && Number(value) >= 0) last.seconds = Number(value) / 1000;
    if (last.details.length < maxDetails && !/^\s+---\s*$/.test(text)) last.details += `${text.trim()}\n`;
  }

  function settle(): void {
    if (!last) return;
    const { ok, skip, leaf, name, message, details, seconds, line } = last;
    last = undefined;
    if (!leaf) return;
    const named = { suite: [], className: "", name };
    tally.about?.(named);
    if (seconds !== undefined) tally.time(seconds, () => named);
    if (skip) tally.skipped();
    else if (ok) tally.passed();
    else {
      const kept = { message: message.slice(0, maxMessage), details: details.slice(0, maxDetails).trim() };
      tally.failing("failed", () => ({ ...named, how: "failed", ...kept, from: { file, line } }));
    }
  }
}
