import type { SourceTally } from "./coverage-tally.ts";
import { maxPlain, type Tag } from "./text/xml-tag.ts";

/** The identity of the method that JaCoCo tells of: `class.name(descriptor)`, as bytes, because there are many. */
export interface MethodId {
  /** Of which class the methods are that come next. */
  openClass(tag: Tag): void;
  open(tag: Tag): void;
  addTo(source: SourceTally, ran: boolean): void;
  text(): string;
}

const DOT = 46;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function createMethodId(): MethodId {
  let bytes = new Uint8Array(4 * maxPlain);
  bytes[0] = DOT;
  let classEnd = 1;
  let end = classEnd;

  function makeRoom(length: number): void {
    if (length <= bytes.length) return;
    const larger = new Uint8Array(length * 2);
    larger.set(bytes);
    bytes = larger;
  }

  /** Puts the value of an attribute at a position, and returns the position after it. */
  function put(tag: Tag, name: string, at: number): number {
    makeRoom(at + maxPlain);
    const after = tag.copy(name, bytes, at);
    if (after !== -1) return after;
    const other = encoder.encode((tag.attribute(name) ?? "").replaceAll("\n", " "));
    makeRoom(at + other.length);
    bytes.set(other, at);
    return at + other.length;
  }

  return {
    openClass(tag) {
      const at = put(tag, "name", 0);
      makeRoom(at + 1);
      bytes[at] = DOT;
      classEnd = at + 1;
      end = classEnd;
    },
    open(tag) {
      end = put(tag, "desc", put(tag, "name", classEnd));
    },
    addTo(source, ran) {
      source.openParts("functions").add(bytes, 0, end, ran);
    },
    text: () => decoder.decode(bytes.subarray(0, end)),
  };
}
