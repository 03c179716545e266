/** What the line of a test point says. */
export interface PointLine {
  readonly ok: boolean;
  readonly number: number | undefined;
  readonly name: string;
  /** Marked with `# SKIP` or `# TODO`. */
  readonly skipped: boolean;
  /** What `# time=` says. */
  readonly seconds: number | undefined;
  /** Whether it ends in a brace, which opens subtests, or else is a part of the name. */
  readonly opens: boolean;
  /** The name without that brace. */
  readonly suiteName: string;
}

/** Reads `not ok 2 - name # SKIP reason`; undefined for any other line. `real` gives the text of the line from a position. */
export function pointOf(line: string, real: (from: number) => string): PointLine | undefined {
  const [begin, not, number] = /^(not )?ok(?=\s|$)(?:\s+(\d+)\b)?(?:\s+-)?\s*/.exec(line) ?? [];
  if (begin === undefined) return undefined;
  const text = real(begin.length).trimEnd();
  const directive = directiveIn(text);
  const named = text.slice(0, directive?.at).trimEnd();
  const name = named.replace(/\\([#\\])/g, "$1");
  const behind = directive !== undefined && endsInBrace(text);
  // Perl writes the brace before `# TODO`. Nobody writes it before `# time=`, but for a name that ends in one.
  const inName = !behind && directive?.seconds === undefined && endsInBrace(named);
  return {
    ok: not === undefined,
    number: number === undefined ? undefined : Number(number),
    name,
    skipped: directive !== undefined && directive.seconds === undefined,
    seconds: directive?.seconds,
    opens: behind || inName,
    suiteName: inName ? name.slice(0, -1).trimEnd() : name,
  };
}

interface Directive {
  readonly at: number;
  readonly seconds: number | undefined;
}

const directives = /#\s*(?:(?:skip|todo)\b|time=(\d{1,15}(?:\.\d+)?)(m?s)\b)/gi;

/** The first directive: behind a `#` that no backslash escapes. */
function directiveIn(text: string): Directive | undefined {
  for (const { index, 1: time, 2: unit } of text.matchAll(directives)) {
    let escapes = 0;
    while (text[index - 1 - escapes] === "\\") escapes++;
    if (escapes % 2 === 1) continue;
    const seconds = time === undefined ? undefined : Number(time) / (unit!.toLowerCase() === "s" ? 1 : 1000);
    return { at: index, seconds };
  }
  return undefined;
}

function endsInBrace(text: string): boolean {
  return text === "{" || text.endsWith(" {");
}
