/** What a string ends with, and what may stand in it only as a part of something. */
const special = /["\\\u0000-\u001f]/g;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const cutEscape = /\\(?:u[0-9a-fA-F]{0,3})?$/y;

/**
 * Position behind the string that begins with the quote at a position; the length of the text where it is cut off, -1
 * where it is no string. One regular expression for the whole of it would remember every character of a long string,
 * and the engine has no room for that.
 */
export function stringEnd(text: string, start: number): number {
  for (let at = start + 1; ; at = escaped.lastIndex) {
    special.lastIndex = at;
    const found = special.exec(text);
    if (!found) return text.length;
    if (found[0] === '"') return found.index + 1;
    escaped.lastIndex = cutEscape.lastIndex = found.index;
    if (!escaped.test(text)) return cutEscape.test(text) ? text.length : -1;
  }
}
