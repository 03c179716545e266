import { compareOrder, type Order, type OwnComment } from "./comment-marker.ts";

/** What a run wants its comment to be. */
export interface Wanted {
  readonly order: Order;
  readonly body: string;
  /** Whether GitHub has taken it once already. */
  readonly written: boolean;
  /** Whether other runs may be about to write. */
  readonly crowded: boolean;
}

/** What to do next so that one comment of the newest run is left. */
export type Step =
  | { readonly kind: "done" }
  | { readonly kind: "outdated" }
  | { readonly kind: "create" }
  | { readonly kind: "update"; readonly id: number }
  | { readonly kind: "delete"; readonly ids: readonly number[] };

/**
 * Comments cannot be changed on a condition, so a late change could put an older run over a newer one. Creating, and
 * deleting what is older, can be done by any number of runs in any order and always end in one comment of the newest.
 * So a comment is changed in place only while nobody else is about.
 */
export function nextStep(own: readonly OwnComment[], wanted: Wanted): Step {
  const { order, body, written, crowded } = wanted;
  const [keep] = own.toSorted((a, b) => compareOrder(b.order, a.order) || a.id - b.id);
  if (keep === undefined) return { kind: written ? "done" : "create" };
  const others = own.filter(({ id }) => id !== keep.id).map(({ id }) => id);
  const age = compareOrder(keep.order, order);
  const settled = age > 0 || (age === 0 && (written || sameText(keep.body, body)));
  if (settled && others.length > 0) return { kind: "delete", ids: others };
  if (settled) return { kind: age > 0 ? "outdated" : "done" };
  if (age < 0 && !written && (crowded || others.length > 0)) return { kind: "create" };
  return { kind: "update", id: keep.id };
}

/** GitHub keeps a text but for its line ends and blanks around it. */
function sameText(a: string, b: string): boolean {
  return a.replaceAll("\r\n", "\n").trim() === b.replaceAll("\r\n", "\n").trim();
}
