import { stringEnd } from "./json-string.ts";

const bracketOrString = /["{}[\]]/g;
const colon = /[ \t\r\n]*:/y;

/** The first key of a well-formed text that its object already has, and where it stands the second time. */
export function findTwice(text: string): { readonly key: string; readonly offset: number } {
  const open: Set<string>[] = [];
  bracketOrString.lastIndex = 0;
  for (let found = bracketOrString.exec(text); found; found = bracketOrString.exec(text)) {
    const { 0: mark, index: offset } = found;
    if (mark === "{" || mark === "[") open.push(new Set());
    else if (mark === "}" || mark === "]") open.pop();
    else {
      const end = stringEnd(text, offset);
      bracketOrString.lastIndex = colon.lastIndex = end;
      if (!colon.test(text)) continue;
      const keys = open.at(-1)!;
      const key = JSON.stringify(JSON.parse(text.slice(offset, end)));
      if (keys.has(key)) return { key, offset };
      keys.add(key);
    }
  }
  throw new Error("a key was counted twice that is there once");
}
