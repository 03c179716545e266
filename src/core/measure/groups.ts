import picomatch from "picomatch";
import type { Group } from "../model/config.ts";
import type { GroupsOf, TestFacts, TestName } from "../model/facts.ts";
import { fitsName } from "./name-glob.ts";

/**
 * Tells which groups a test belongs to by the globs of the groups; undefined where groups have none, so that nothing
 * need be asked. A glob is held against the class, against class and name with a dot between them, and against the
 * file, seen from `root`. Where a format knows no class, the names of the suites stand for it.
 */
export function groupsByGlob(groups: ReadonlyMap<string, Group>, root: string): GroupsOf | undefined {
  const asking = [...groups].filter(([, { tests }]) => tests.length > 0);
  if (asking.length === 0) return undefined;
  const matchers = asking.map(([name, { tests }]) => ({
    name,
    tests,
    ofClass: fileMatcher(tests, root),
    ofFile: fileMatcher(tests, root),
  }));
  return (test) => {
    const owner = classOf(test);
    const whole = owner === "" ? test.name : `${owner}.${test.name}`;
    const fits = ({ tests, ofClass, ofFile }: (typeof matchers)[number]) =>
      tests.some((glob) => fitsName(glob, whole) || fitsName(glob, owner)) ||
      ofClass(owner) ||
      (test.at !== undefined && ofFile(test.at.file));
    return matchers.filter(fits).map(({ name }) => name);
  };
}

function classOf({ className, suite }: TestName): string {
  return className === "" ? suite.join(".") : className;
}

/** Tests of one file mostly stand together, so the last answer is mostly the next one. */
function fileMatcher(globs: readonly string[], root: string): (file: string) => boolean {
  const matches = picomatch([...globs], { dot: true, noextglob: true, nonegate: true, windows: false });
  let last: { readonly file: string; readonly fits: boolean } | undefined;
  return (file) => {
    if (last?.file === file) return last.fits;
    const path = file.replaceAll("\\", "/").replace(/^\.\//, "");
    const fits = path !== "" && matches(path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path);
    last = { file, fits };
    return fits;
  };
}

/** Facts of which all tests belong to a group, besides those it has already. */
export function inGroup(facts: TestFacts, group: string | undefined): TestFacts {
  if (group === undefined) return facts;
  const { groups, ...whole } = facts;
  return { ...whole, groups: new Map([...(groups ?? []), [group, whole]]) };
}
