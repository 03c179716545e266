import type { TestName } from "./facts.ts";

/** Longest identity, in characters. */
export const maxIdentity = 500;

/**
 * What a test is known by from run to run: the suites around it, its class and its name. Neither its place in the source
 * nor its report file, because both change while the test stays the same.
 */
export function testIdentity({ suite, className, name }: TestName): string {
  return [...suite, className, name].join(" > ").slice(0, maxIdentity);
}

/** How often each identity occurs: a suite may run one test several times. */
export function countIdentities(identities: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const identity of identities) counts.set(identity, (counts.get(identity) ?? 0) + 1);
  return counts;
}
