import type { Tag } from "../../src/core/read/text/xml.ts";
import type { Counted } from "../../src/core/read/text/xml-kernel.ts";

/** What the reader of JUnit asks of the kernel, or nearly. */
export const testCases = {
  element: "testcase",
  number: "time",
  without: ["status", "result"],
  mark: "skipped",
  unread: ["system-out", "properties", "property"],
} as const;

/** An element that is open while a document is told: where it begins, whether it may be counted, and what is inside. */
interface Open {
  readonly at: number;
  readonly countable: boolean;
  marks: number;
  others: number;
}

/**
 * Leaves out of a telling what may be passed over, as far as that can be known from all that is inside: what nobody reads,
 * and the inside of what is counted, but for whether it is marked.
 */
export function passingOver({ element, number, without, mark, unread }: Counted, all: string[]) {
  const open: Open[] = [{ at: 0, countable: false, marks: 0, others: 0 }];
  return {
    opens(tag: Tag) {
      const countable = !without.some((name) => tag.has(name)) && Number.isFinite(tag.number(number));
      open.push({ at: all.length - 1, countable, marks: 0, others: 0 });
    },
    closes(name: string) {
      const { at, countable, marks, others } = open.pop()!;
      const around = open.at(-1)!;
      if (unread.includes(name) && marks + others === 0) all.length = at;
      else if (name === mark && marks + others === 0) around.marks++;
      else around.others++;
      if (name !== element || !countable || others > 0) return;
      all.length = at + 1;
      all.push(marked(marks > 0), `</${name}>`);
    },
    passed() {
      open.at(-1)!.others++;
    },
  };
}

export const marked = (is: boolean) => (is ? "marked" : "not marked");
