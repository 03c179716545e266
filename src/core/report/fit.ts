/**
 * Renders with as much detail as fits: tries the levels from the richest on and takes the first whose text is within
 * the limit, in UTF-16 units and in bytes of UTF-8. The last level must always fit; it is cut if it does not.
 */
export function fitText<Level>(
  levels: readonly Level[],
  render: (level: Level) => string,
  limit: number,
): string {
  let text = "";
  for (const level of levels) {
    text = render(level);
    if (text.length <= limit && utf8Length(text) <= limit * 4) return text;
  }
  const end = text.lastIndexOf("\n", limit - 1);
  return text.slice(0, end === -1 ? limit : end);
}

/** Bytes that a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7ff) bytes += unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
    else if (unit > 0x7f) bytes++;
  }
  return bytes;
}
