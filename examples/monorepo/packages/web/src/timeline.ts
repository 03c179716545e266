export type Kind = "accepted" | "sorted" | "loaded" | "delivered" | "returned";

export interface Step {
  readonly at: string;
  readonly kind: Kind;
  readonly place: string;
}

const PROGRESS: Record<Kind, number> = { accepted: 10, sorted: 40, loaded: 80, delivered: 100, returned: 100 };

/** Steps in the order they happened; scanners send some of them twice. */
export function timeline(steps: readonly Step[]): readonly Step[] {
  const unique = new Map(steps.map((step) => [`${step.at} ${step.kind} ${step.place}`, step]));
  return [...unique.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
}

export function progress(steps: readonly Step[]): number {
  return Math.max(0, ...steps.map(({ kind }) => PROGRESS[kind]));
}

export function headline(steps: readonly Step[]): string {
  const last = timeline(steps).at(-1);
  if (!last) {
    return "We wait for your parcel";
  }
  switch (last.kind) {
    case "delivered":
      return "Your parcel was delivered";
    case "loaded":
      return `Your parcel is on its way from ${last.place}`;
    case "returned": {
      const from = last.place;
      return `Your parcel goes back from ${from} to its sender`;
    }
    default:
      return `Your parcel is in ${last.place}`;
  }
}
