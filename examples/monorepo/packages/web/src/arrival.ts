export type Speed = "express" | "standard" | "economy";

const DAYS: Record<Speed, number> = { express: 1, standard: 2, economy: 4 };
const DAY_MS = 86_400_000;

/** The ISO day on which a parcel arrives; on Sundays nobody delivers. */
export function arrival(handedIn: string, speed: Speed): string {
  let day = Date.parse(`${handedIn}T00:00:00Z`);
  if (Number.isNaN(day)) {
    throw new RangeError(`"${handedIn}" is not a day`);
  }
  for (let left = DAYS[speed]; left > 0; ) {
    day += DAY_MS;
    if (new Date(day).getUTCDay() !== 0) left--;
  }
  return new Date(day).toISOString().slice(0, 10);
}

/** How a person says it. */
export function inWords(day: string, today: string): string {
  const days = (Date.parse(day) - Date.parse(today)) / DAY_MS;
  if (days < 0) {
    return "late";
  }
  if (days === 0) {
    return "today";
  }
  return days === 1 ? "tomorrow" : `in ${days} days`;
}
