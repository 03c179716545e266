/** Order of two texts by code units: below 0, 0 or above 0, the same on every machine, whatever its language. */
export function textOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
