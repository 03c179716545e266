/** Which bytes may stand in a name, and which may begin one. Bytes above ASCII stand for themselves. */
const nameBytes = table(/[A-Za-z0-9_:.\-\x80-\xff]/);
const beginBytes = table(/[A-Za-z_:\x80-\xff]/);

function table(allowed: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (allowed.test(String.fromCharCode(byte)) ? 1 : 0));
}

/**
 * Position after the name that begins at `from`; `from` itself where no name begins there; -1 where the text ends
 * first. https://www.w3.org/TR/xml/#NT-Name
 */
export function nameEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c < 256 && nameBytes[c] === 0) break;
  }
  if (at === text.length) return -1;
  const first = text.charCodeAt(from);
  return first < 256 && beginBytes[first] === 0 ? from : at;
}

/** Most names of elements that are remembered; a report file repeats a handful of them a million times. */
const maxNames = 32;

/** Gives names out as the same strings again and again, so that none is made for every tag. */
export function createNames(): (text: string, from: number, to: number) => string {
  const names: string[] = [];
  return (text, from, to) => {
    const length = to - from;
    for (const name of names) {
      if (name.length === length && text.startsWith(name, from)) return name;
    }
    const name = ` ${text.slice(from, to)}`.slice(1);
    if (names.length < maxNames) names.push(name);
    return name;
  };
}

/** The name without its namespace prefix. */
export function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : name.slice(colon + 1);
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
