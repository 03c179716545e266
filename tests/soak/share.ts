/**
 * How much of a sweep to do: a small share in `npm test`, all of it in `npm run soak`, and what variables of the
 * environment say in either. What failed is shown with its seed, and SOAK_SEED runs it again.
 */
function share(name: string, small: number): number {
  return Number(process.env[name] ?? small);
}

/** Where a sweep begins; another seed continues elsewhere. */
export const seed = share("SOAK_SEED", 1);

/** How often each file is damaged. */
export const rounds = share("SOAK_ROUNDS", 150);

/** How long each reader is fuzzed, in seconds; 0: a small number of runs, the same on every machine. */
export const seconds = share("SOAK_SECONDS", 0);

/** Files are cut at every byte up to the first number, and at as many places beyond as the second says. */
const [everyByte, beyond] = [share("SOAK_CUTS", 50), share("SOAK_CUTS_BEYOND", 100)];

/** Lengths to which a file is cut, always shorter than it is. */
export function* cuts(length: number, next: () => number): Generator<number> {
  const first = Math.min(length, everyByte);
  for (let at = 0; at < first; at++) yield at;
  const rest = length - first;
  for (let left = Math.min(rest, beyond); left > 0; left--) yield first + Math.floor(next() * rest);
}
