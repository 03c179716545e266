/**
 * A quantile of some numbers in order, which `at` gives by their places: definition 7 of Hyndman and Fan, "Sample Quantiles
 * in Statistical Packages" (1996), in plain numbers. Never for a verdict; `history/refer.ts` has the exact one.
 */
export function quantile(count: number, at: (place: number) => number, part: number): number {
  const place = (count - 1) * part;
  const below = at(Math.floor(place));
  return below + (at(Math.ceil(place)) - below) * (place % 1);
}
