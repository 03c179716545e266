import { maxDetails, maxMessage } from "./test-tally.ts";

/** The YAML block below a test point; of it the message, the time and the beginning of the text are kept. */
export interface Block {
  /** Blanks before its `---`. */
  readonly indent: number;
  /** Line of its `---`. */
  readonly line: number;
  /** Whether its text is kept: where the test fails. */
  readonly keeps: boolean;
  message: string;
  details: string;
  seconds: number | undefined;
  /** Whether it says that the point is a suite, as `node --test` does. */
  suite: boolean;
  /** Blanks before the key whose text of several lines is the message, until its first line has come. */
  messageBelow: number | undefined;
}

export function openBlock(indent: number, line: number, keeps: boolean): Block {
  return {
    indent,
    line,
    keeps,
    message: "",
    details: "",
    seconds: undefined,
    suite: false,
    messageBelow: undefined,
  };
}

/**
 * Takes in one line, and returns whether the block goes on. Only a `...` as far in as the `---` ends it: texts in a block
 * may hold any line, also with fewer blanks, because vitest does not indent them.
 */
export function addToBlock(block: Block, text: string): boolean {
  const own = text.trimStart();
  const indent = text.length - own.length;
  if (indent === block.indent && own.trimEnd() === "...") return false;
  const from = Math.min(indent, block.indent);
  if (block.keeps && block.details.length < maxDetails)
    block.details += `${text.slice(from, from + maxDetails).trimEnd()}\n`;
  if (block.messageBelow !== undefined && own !== "") {
    if (indent > block.messageBelow) block.message = own.slice(0, maxMessage).trimEnd();
    block.messageBelow = undefined;
    if (block.message !== "") return true;
  }
  // Deno writes a block as JSON.
  if (block.message === "" && own.startsWith("{")) {
    const [, text = ""] = /"message":"((?:[^"\\]|\\[^n])*)/.exec(own.slice(0, maxDetails)) ?? [];
    block.message = text.replace(/\\(["\\])/g, "$1").slice(0, maxMessage);
  }
  const [, key = "", value = ""] = /^(\w+):\s*(.*)$/s.exec(own) ?? [];
  if (block.message === "" && (key === "error" || key === "message")) {
    if (/^[|>][-+\d]*\s*$/.test(value)) block.messageBelow = indent;
    else block.message = unquoted(value).slice(0, maxMessage);
  } else if (indent === block.indent && key === "duration_ms") {
    const seconds = Number(value) / 1000;
    if (seconds >= 0 && Number.isFinite(seconds)) block.seconds = seconds;
  } else if (indent === block.indent && key === "type") block.suite = unquoted(value) === "suite";
  return true;
}

/** The text of a YAML scalar, of which the rest may stand on the lines below. */
function unquoted(value: string): string {
  const quote = value[0];
  if (quote !== '"' && quote !== "'") return value.trimEnd();
  const text = value.trimEnd().slice(1);
  return (text.endsWith(quote) ? text.slice(0, -1) : text).replace(/\\(["'])/g, "$1");
}
