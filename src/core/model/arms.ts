/**
 * How the identity of a branch is written that is told by whole numbers: `triples` as `line,block,arm`, `pairs` as
 * `line:arm`, all of them of block 0.
 */
export type ArmForm = "triples" | "pairs";

/** A branch told by whole numbers from 0: the line, which of its blocks, and which arm of the block. */
export interface Arm {
  line: number;
  block: number;
  arm: number;
}

export function armId(form: ArmForm, line: number, block: number, arm: number): string {
  return form === "pairs" ? `${line}:${arm}` : `${line},${block},${arm}`;
}

/**
 * Branches told by numbers, in bytes. Each of them differs little from the one before, so what is kept is the difference:
 * a number whose bit 0 says that the branch ran and bit 1 that it is of another block. Above these two are, in the same
 * block, how many arms were skipped; else how many lines further it is, and two numbers follow: the difference of the
 * blocks, with its sign in bit 0, and the arm. Numbers have 7 bits in a byte, the lowest first; bit 7 says that more follow.
 */
export function* armsOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  form: ArmForm,
): Generator<[string, boolean], undefined> {
  let at = start;
  let { line, block, arm }: Arm = beforeArms;

  function number(): number {
    let [value, shift] = [0, 0];
    for (; bytes[at]! > 127; shift += 7) value |= (bytes[at++]! & 127) << shift;
    return value | (bytes[at++]! << shift);
  }

  while (at < end) {
    const head = number();
    if ((head & 2) === 0) arm += 1 + (head >>> 2);
    else {
      line += head >>> 2;
      const step = number();
      block += (step & 1) === 0 ? step >>> 1 : -(step >>> 1);
      arm = number();
    }
    yield [armId(form, line, block, arm), (head & 1) === 1];
  }
}

/** What the first branch differs from. */
export const beforeArms: Readonly<Arm> = { line: 0, block: 0, arm: -1 };
