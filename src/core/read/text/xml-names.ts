/** Names of elements and attributes. https://www.w3.org/TR/xml/#NT-Name; bytes above ASCII stand for themselves. */
const nameForm = /^[A-Za-z_:\x80-\uffff][A-Za-z0-9_:.\-\x80-\uffff]*$/;

const seen = new Set<string>();

/** Whether a name is well-formed. Report files repeat a handful of names a million times, so answers are kept. */
export function isXmlName(name: string): boolean {
  if (seen.has(name)) return true;
  if (!nameForm.test(name)) return false;
  if (seen.size < 1000) seen.add(name);
  return true;
}

/** The name without its namespace prefix. */
export function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : name.slice(colon + 1);
}

/** Position after the name that begins at `from`; -1 where the text ends first. */
export function nameEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const c = text.charCodeAt(at);
    // blanks " ' / < = >
    if (c <= 32 || c === 34 || c === 39 || c === 47 || (c >= 60 && c <= 62)) return at;
  }
  return -1;
}

/** Position of the first character from `from` on that is no blank. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    const c = text.charCodeAt(at);
    if (c === 32 || c === 10 || c === 13 || c === 9) at++;
    else return at;
  }
}
