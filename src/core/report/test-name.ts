import type { TestName } from "../model/facts.ts";

/** A test in one line: class and name, or the innermost suite and name where the class says nothing. */
export function testName({ suite, className, name }: Pick<TestName, "suite" | "className" | "name">): string {
  const own = name === "" ? "(no name)" : name;
  const where = className !== "" && className !== name ? className : (suite.at(-1) ?? "");
  return where === "" || where === name || name.startsWith(where) ? own : `${where} > ${own}`;
}
