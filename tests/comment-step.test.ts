import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markerLine, ownComments } from "../src/publish/comment-marker.ts";
import { nextStep, type Step } from "../src/publish/comment-step.ts";

const run = (number: number, attempt = 1) => ({ at: "2026-11-24T00:00:00Z", number, attempt, sha: "abc" });
const body = (number: number, attempt = 1) => `${markerLine("gate", run(number, attempt))}\ntext`;
const me = "github-actions[bot]";

/** Comments of ours by the runs that wrote them, and what run 5.1 does next. */
function step(
  numbers: readonly (readonly [number, number])[],
  given: { written?: boolean; crowded?: boolean },
) {
  const comments = numbers.map(([number, attempt], i) => ({
    id: i + 1,
    author: me,
    body: body(number, attempt),
  }));
  const { written = false, crowded = false } = given;
  return nextStep(ownComments(comments, "gate", me), { order: [5, 1], body: body(5), written, crowded });
}

describe("what a run does with the comments it finds", () => {
  test.each<[string, readonly (readonly [number, number])[], { written?: boolean; crowded?: boolean }, Step]>(
    [
      ["none: it creates one", [], {}, { kind: "create" }],
      ["none, although it wrote one: GitHub shows it late", [], { written: true }, { kind: "done" }],
      ["one of an older run: it changes it", [[4, 1]], {}, { kind: "update", id: 1 }],
      ["one of an older attempt: it changes it", [[5, 0]], {}, { kind: "update", id: 1 }],
      [
        "one of an older run while others are busy: it adds its own",
        [[4, 1]],
        { crowded: true },
        { kind: "create" },
      ],
      [
        "two of older runs: it adds its own",
        [
          [3, 1],
          [4, 1],
        ],
        {},
        { kind: "create" },
      ],
      ["its own: nothing", [[5, 1]], { written: true }, { kind: "done" }],
      ["its own, by an answer that was lost: nothing", [[5, 1]], {}, { kind: "done" }],
      [
        "its own and older ones: it deletes those",
        [
          [3, 1],
          [5, 1],
          [4, 1],
        ],
        { written: true },
        { kind: "delete", ids: [1, 3] },
      ],
      [
        "its own twice: it keeps the first",
        [
          [5, 1],
          [5, 1],
        ],
        { written: true },
        { kind: "delete", ids: [2] },
      ],
      ["one of a newer run: it leaves it", [[6, 1]], {}, { kind: "outdated" }],
      ["one of a newer attempt: it leaves it", [[5, 2]], {}, { kind: "outdated" }],
      [
        "one of a newer run beside its own: it deletes its own",
        [
          [5, 1],
          [6, 1],
        ],
        { written: true },
        { kind: "delete", ids: [1] },
      ],
      [
        "one that an older run wrote over its own: it writes again",
        [[4, 1]],
        { written: true },
        { kind: "update", id: 1 },
      ],
    ],
  )("%s", (_, numbers, given, expected) => {
    expect(step(numbers, given)).toEqual(expected);
  });

  test("a text that another job of the same run wrote is written over once", () => {
    const other = { id: 1, body: `${body(5)}, but another`, order: [5, 1] as const };
    const wanted = { order: [5, 1] as const, body: body(5), crowded: false };
    expect(nextStep([other], { ...wanted, written: false })).toEqual({ kind: "update", id: 1 });
    expect(nextStep([other], { ...wanted, written: true })).toEqual({ kind: "done" });
  });
});

describe("whose comment it is", () => {
  test.each<[string, string, string]>([
    ["somebody else's", "someone", body(1)],
    ["of another gate", me, body(1).replace("gate run", "other run")],
    ["of a gate whose name begins alike", me, body(1).replace("gate run", "gate-2 run")],
    ["quoted", me, `> ${body(1)}`],
    ["with the marker further down", me, `text\n${body(1)}`],
  ])("%s: not ours", (_, author, text) => {
    expect(ownComments([{ id: 1, author, body: text }], "gate", me)).toEqual([]);
  });

  test("a marker that somebody edited counts as older than any run", () => {
    const edited = { id: 1, author: me, body: "<!-- phase-gate gate run=9999999999999999.1 sha=x -->" };
    expect(ownComments([edited], "gate", me)).toMatchObject([{ order: [-1, 0] }]);
  });
});

describe("runs in any order", () => {
  /** Every run of a schedule acts on what it last saw, so that looks and steps interleave as they like. */
  test("end in one comment of the newest run, where each sees that others are busy", () => {
    const schedule = fc.array(fc.nat({ max: 5 }), { minLength: 10, maxLength: 60 });
    const start = fc.array(fc.nat({ max: 3 }), { maxLength: 3 });
    fc.assert(
      fc.property(schedule, start, (turns, before) => {
        let id = 100;
        const comments = before.map((number, i) => ({ id: i + 1, author: me, body: body(number) }));
        const runs = [11, 12, 13, 14, 15, 16].map((number) => ({
          number,
          written: false,
          next: undefined as Step | undefined,
        }));
        const act = (one: (typeof runs)[number]) => {
          if (one.next === undefined) {
            const own = ownComments(comments, "gate", me);
            const { number, written } = one;
            one.next = nextStep(own, { order: [number, 1], body: body(number), written, crowded: true });
            return one.next.kind === "done" || one.next.kind === "outdated";
          }
          const taken = one.next;
          one.next = undefined;
          if (taken.kind === "create") comments.push({ id: id++, author: me, body: body(one.number) });
          if (taken.kind === "update") comments.find((c) => c.id === taken.id)!.body = body(one.number);
          if (taken.kind === "delete")
            for (const gone of taken.ids) {
              const at = comments.findIndex((comment) => comment.id === gone);
              if (at >= 0) comments.splice(at, 1);
            }
          one.written ||= taken.kind !== "delete";
          return false;
        };
        const done = new Set<number>();
        const turn = (i: number) => {
          if (!done.has(i) && act(runs[i]!)) done.add(i);
        };
        for (const i of turns) turn(i);
        for (let round = 0; round < 40; round++) for (const i of runs.keys()) turn(i);
        expect(done.size).toBe(6);
        expect(ownComments(comments, "gate", me).map(({ order }) => order[0])).toEqual([16]);
      }),
      { numRuns: 300 },
    );
  });
});
