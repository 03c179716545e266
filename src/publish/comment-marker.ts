import type { Comment } from "../core/model/clients.ts";
import type { Run } from "../core/model/run.ts";

/** A comment of our own, with the run that wrote it last. */
export interface OwnComment {
  readonly id: number;
  readonly body: string;
  /** Number and attempt of the run, in the order in which runs began. */
  readonly order: Order;
}

export type Order = readonly [number: number, attempt: number];

/** The first line of the comment of a gate: by its beginning it is found, by its numbers the newer run is known. */
export function markerLine(gate: string, run: Run): string {
  const [number, attempt] = orderOf(run);
  return `${beginOf(gate)}${number}.${attempt} sha=${run.sha ?? "none"} -->`;
}

/** The comments that `author` wrote for a gate, oldest first. Nobody else's, whatever they begin with. */
export function ownComments(
  comments: readonly Comment[],
  gate: string,
  author: string,
): readonly OwnComment[] {
  const begin = beginOf(gate);
  return comments
    .filter((comment) => comment.author === author && comment.body.startsWith(begin))
    .map(({ id, body }) => ({ id, body, order: orderIn(body.slice(begin.length)) }))
    .toSorted((a, b) => a.id - b.id);
}

export function orderOf({ number = 0, attempt = 1 }: Run): Order {
  return [number, attempt];
}

/** Below 0: the first began earlier. */
export function compareOrder(a: Order, b: Order): number {
  return a[0] - b[0] || a[1] - b[1];
}

function beginOf(gate: string): string {
  return `<!-- phase-gate ${gate} run=`;
}

/** A marker that somebody edited counts as the oldest. */
function orderIn(rest: string): Order {
  const [, number, attempt] = /^(\d{1,15})\.(\d{1,6}) /.exec(rest) ?? [];
  return number === undefined ? [-1, 0] : [Number(number), Number(attempt)];
}
