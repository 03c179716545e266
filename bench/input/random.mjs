/** Chance that comes out the same for the same seed, on every machine: a linear congruential generator. */
export function createRandom(seed) {
  let state = seed >>> 0;

  /** A number from 0 up to, but not including, 1. */
  function next() {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  }

  return {
    /** A whole number from `least` to `most`. */
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    /** True in that share of the calls. */
    share: (share) => next() < share,
    one: (list) => list[Math.floor(next() * list.length)],
    /** A duration as test tools write it. */
    seconds: () => (next() ** 4 * 3).toFixed(3),
  };
}
