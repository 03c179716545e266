/**
 * Renders with as much detail as fits: tries the levels from the richest on and takes the first whose text is within
 * the limit, in UTF-16 units and in bytes of UTF-8. Where even the last is too long, whole blocks are left out at its end.
 */
export function fitText<Level>(
  levels: readonly Level[],
  render: (level: Level) => string,
  limit: number,
): string {
  let text = "";
  for (const level of levels) {
    text = render(level);
    if (fits(text, limit)) return text;
  }
  return withoutEnd(text, limit);
}

function fits(text: string, limit: number): boolean {
  return text.length <= limit && utf8Length(text) <= limit * 4;
}

const left = "\n\n... the rest does not fit here; the log and report.json have it.\n";

/** As many blocks as fit. None is cut, and no fold is left open. */
function withoutEnd(text: string, limit: number): string {
  const blocks = text.split("\n\n");
  let [depth, length, kept, end] = [0, 0, 0, 0];
  for (const [i, block] of blocks.entries()) {
    length += block.length + (i === 0 ? 0 : 2);
    if (length + left.length > limit) break;
    depth += occurrences(block, "<details>") - occurrences(block, "</details>");
    if (depth === 0) [kept, end] = [i + 1, length];
  }
  if (kept === 0) return Array.from(text.slice(0, limit)).slice(0, -1).join("");
  return `${text.slice(0, end)}${left}`;
}

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
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
