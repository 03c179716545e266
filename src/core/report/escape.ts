/**
 * Text from report files and configurations is hostile: it may hold escape sequences, mentions, links, markers and
 * log commands. There is one function for each place it can go to, and no other way there.
 */

/** Control characters, and those that hide, turn round or join what stands beside them. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\u115f\u1160\u17b4\u17b5\u2028\u2029\u3164\uffa0]/gu;

/** Cannot be seen and keeps what it stands in from being a mention, a reference or a link. */
const joiner = "\u2060";

/** One line for a terminal or a log: line ends become a sign, what cannot be seen is spelt out, no log command starts. */
export function plain(text: string): string {
  return oneLine(text)
    .replaceAll("##[", "# #[")
    .replace(/^(\s*)::/, "$1: :");
}

/** Data in Markdown: an element in which nothing is a mention, a link or markup. Cut to a number of characters. */
export function code(text: string, limit = 200): string {
  return `<code>${references(cut(text, limit))}</code>`;
}

/**
 * Words inside a sentence of Markdown, such as the name of a phase; never at the beginning of a block. GitHub makes
 * links, references and emoji out of text even where its characters are written as references, so those are parted.
 */
export function prose(text: string, limit = 200): string {
  return references(cut(text, limit))
    .replace(/:(?=[\w+-])|GH(?=-\d)/gi, `$&${joiner}`)
    .replace(/[0-9a-f]{7,}/gi, (hex) => hex.replace(/.{4}(?=.)/g, `$&${joiner}`));
}

/** Prose that may go on in the next line after each part of a long name or path, so that a table fits a phone. */
export function parted(text: string): string {
  return prose(text).replace(/[/.]|&#95;/g, "$&\u200b");
}

/** Cuts to a number of characters, never inside one, with a sign that something is gone. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text.slice(0, limit * 2));
  return characters.length <= limit
    ? characters.join("")
    : `${characters.slice(0, limit - 1).join("")}\u2026`;
}

const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Every character that could mean something in Markdown or HTML becomes a character reference. */
function references(text: string): string {
  return (
    oneLine(text)
      .replace(/[^A-Za-z0-9 ,;:()=%?./'"\u00a1-\u{10ffff}-]/gu, (c) => named[c] ?? `&#${c.codePointAt(0)};`)
      // Addresses become links even inside an element for code, and mentions fire from the plain text of a mail.
      .replace(/:(?=\/\/)|www(?=\.)|&#(?:64|35);/gi, `$&${joiner}`)
  );
}

function oneLine(text: string): string {
  return text
    .replace(/\r\n|[\n\r]/g, "\u21b5")
    .replaceAll("\t", " ")
    .replace(invisible, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Text of several lines for a place that shows plain text; what cannot be seen is spelt out. */
export function lines(text: string): string {
  return text.replace(/\r\n?/g, "\n").split("\n").map(oneLine).join("\n");
}
