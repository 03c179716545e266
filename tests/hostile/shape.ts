import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}

function parse(markdown: string): Node {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
}

/** The shape of a parsed document: types of nodes, tags of HTML, links as they are; texts left out. */
export function shape(markdown: string): string {
  const walk = ({ type, value, url, children }: Node): string => {
    const own =
      type === "html" ? (value?.match(/<[^>]*>/g) ?? []).join("") : type === "link" ? `${type}:${url}` : type;
    // How many neighbouring texts the parser makes of one sentence says nothing.
    const inner = (children ?? [])
      .map(walk)
      .filter((part, i, all) => part !== "text" || all[i - 1] !== "text");
    return inner.length === 0 ? own : `${own}(${inner.join(" ")})`;
  };
  return walk(parse(markdown));
}

/**
 * What GitHub looks for in text that stands in no element for code: mentions, references, commits, addresses, emoji; and
 * what cannot be seen, but for our own place to break a path.
 */
const found =
  /@[\w-]|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|\w:\/\/|www\.|:[\w+-]+:|\w@\w|(?<![/._])\u200b|[\u200c-\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What GitHub would find in a text and make something of. */
export function extras(markdown: string): readonly string[] {
  let inCode = 0;
  const texts: string[] = [];
  const walk = ({ type, value, children }: Node): void => {
    if (type === "html") inCode += value?.startsWith("<code") ? 1 : value?.startsWith("</code") ? -1 : 0;
    if (type === "text" && inCode === 0) texts.push(value ?? "");
    for (const child of children ?? []) walk(child);
  };
  walk(parse(markdown));
  return texts.flatMap((text) => text.match(found) ?? []);
}
