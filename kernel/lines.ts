// Line ends.

import { bits, LF } from "./bytes.ts";

/** Four vectors, as long as a cache line. */
const step: usize = 64;

/** So often a sum of bytes can be added to before it runs over. */
const mostSteps: u32 = 63;

/** How many line ends lie between two addresses. */
export function lineEnds(from: usize, stop: usize): u32 {
  let lines: u32 = 0;
  let at = from;
  while (at + step <= stop) {
    let sums = i8x16.splat(0);
    for (let steps: u32 = 0; steps < mostSteps && at + step <= stop; steps++) {
      // A comparison that holds is -1.
      const near = i8x16.add(ends(at), ends(at + 16));
      const far = i8x16.add(ends(at + 32), ends(at + 48));
      sums = i8x16.sub(sums, i8x16.add(near, far));
      at += step;
    }
    const pairs = i16x8.extadd_pairwise_i8x16_u(sums);
    const fours = i32x4.extadd_pairwise_i16x8_u(pairs);
    lines += i32x4.extract_lane(fours, 0) + i32x4.extract_lane(fours, 1);
    lines += i32x4.extract_lane(fours, 2) + i32x4.extract_lane(fours, 3);
  }
  for (; at < stop; at += 16) lines += popcnt(endsBefore(at, stop));
  return lines;
}

/** The address of the last line end between two; 0 where there is none. */
export function lastLineEnd(from: usize, stop: usize): usize {
  let at = stop;
  while (at > from) {
    const low = at - from < 16 ? from : at - 16;
    const found = endsBefore(low, at);
    if (found !== 0) return low + 31 - clz(found);
    at = low;
  }
  return 0;
}

function ends(at: usize): v128 {
  return i8x16.eq(v128.load(at), i8x16.splat(<i8>LF));
}

/** One bit for each line end from an address on, of 16 bytes at most. */
function endsBefore(at: usize, stop: usize): u32 {
  const found = bits(v128.load(at), LF);
  return stop - at < 16 ? found & ((1 << (<u32>(stop - at))) - 1) : found;
}
