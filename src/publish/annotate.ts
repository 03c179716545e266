import type { Annotation, CheckClient, CheckOutput } from "../core/model/clients.ts";
import { apiFailure, once } from "./failure.ts";

/** Annotations in one request. https://docs.github.com/rest/checks/runs */
export const annotationsPerRequest = 50;

/** So many annotations may be refused before the rest is left out: GitHub takes none then. */
const mostRefused = 5;

/** Annotations that GitHub would not take, and why no more were sent. */
export interface Unsent {
  readonly refused: number;
  readonly unsent: number;
  readonly error?: unknown;
}

/**
 * Adds annotations to a check run that has none. A batch that is refused is halved until what GitHub will
 * not take stands alone and is left out.
 */
export async function annotate(
  client: CheckClient,
  id: number,
  output: CheckOutput,
  annotations: readonly Annotation[],
): Promise<Unsent> {
  const waiting = batches(annotations);
  let [refused, there] = [0, 0];
  for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
    const expected = there + batch.length;
    const add = () => client.addAnnotations(id, output, batch).then(() => true);
    const arrived = async () => (await client.getCheckRun(id)).annotations >= expected || undefined;
    try {
      await once(add, arrived);
      there = expected;
    } catch (error) {
      const { kind, status } = apiFailure(error);
      if (kind !== "refused" || status !== 422 || refused === mostRefused) {
        const unsent = [batch, ...waiting].reduce((sum, { length }) => sum + length, 0);
        return { refused, unsent, error };
      }
      if (batch.length === 1) refused += 1;
      else waiting.unshift(...halves(batch));
    }
  }
  return { refused, unsent: 0 };
}

function batches(annotations: readonly Annotation[]): (readonly Annotation[])[] {
  const count = Math.ceil(annotations.length / annotationsPerRequest);
  return Array.from({ length: count }, (_, i) =>
    annotations.slice(i * annotationsPerRequest, (i + 1) * annotationsPerRequest),
  );
}

function halves(batch: readonly Annotation[]): readonly (readonly Annotation[])[] {
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}
