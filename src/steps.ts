/**
 * Work in steps, each of which reads the file whose path was given before. Between two of them whoever drives it may do
 * something else, such as hear a signal.
 */
export type Steps<T> = Generator<string, T, undefined>;

/** All steps, one after the other. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
