const reference = /&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,8})|#x([0-9a-fA-F]{1,7}));/y;
const references = /&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,8})|#x([0-9a-fA-F]{1,7}));/g;

const predefined: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Length of the reference at a position: one of the five of XML or a character reference; 0 where there is none. */
export function referenceLength(text: string, at: number): number {
  reference.lastIndex = at;
  return reference.test(text) ? reference.lastIndex - at : 0;
}

/** Replaces all references; one to a character that XML forbids becomes U+FFFD. */
export function decodeReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(references, (_, name?: string, decimal?: string, hex?: string) =>
    name !== undefined
      ? predefined[name]!
      : character(decimal !== undefined ? Number(decimal) : Number(`0x${hex}`)),
  );
}

/** https://www.w3.org/TR/xml/#charsets */
function character(code: number): string {
  const allowed =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return allowed ? String.fromCodePoint(code) : "\uFFFD";
}
