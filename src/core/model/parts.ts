/**
 * Parts of a source file that are covered or not, such as branches, by an identity that is stable between runs
 * of the same tool: uniting two report files is uniting these.
 */
export type Parts = ReadonlyMap<string, boolean>;

/**
 * Parts as one text: for each a `+` or `-`, its identity and a line end. A report of a large project has millions of
 * them, and a map of strings takes ten times the memory.
 */
export class PackedParts implements Parts {
  readonly size: number;
  /** How many of them ran. */
  readonly covered: number;
  readonly #text: string;

  constructor(text: string, size: number, covered: number) {
    this.#text = text;
    this.size = size;
    this.covered = covered;
  }

  *entries(): MapIterator<[string, boolean]> {
    const text = this.#text;
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf("\n", at);
      yield [text.slice(at + 1, end), text.startsWith("+", at)];
      at = end + 1;
    }
  }

  *keys(): MapIterator<string> {
    for (const [id] of this.entries()) yield id;
  }

  *values(): MapIterator<boolean> {
    const text = this.#text;
    for (let at = 0; at < text.length; at = text.indexOf("\n", at) + 1) yield text.startsWith("+", at);
  }

  get(id: string): boolean | undefined {
    if (id.includes("\n")) return undefined;
    if (`\n${this.#text}`.includes(`\n+${id}\n`)) return true;
    return `\n${this.#text}`.includes(`\n-${id}\n`) ? false : undefined;
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  forEach(visit: (ran: boolean, id: string, parts: Parts) => void): void {
    for (const [id, ran] of this.entries()) visit(ran, id, this);
  }

  [Symbol.iterator](): MapIterator<[string, boolean]> {
    return this.entries();
  }
}
