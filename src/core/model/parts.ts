import { type ArmForm, armsOf } from "./arms.ts";
import { countBits } from "./bits.ts";

/**
 * Parts of a source file that are covered or not, such as branches, by an identity that is stable between runs
 * of the same tool: uniting two report files is uniting these.
 */
export type Parts = ReadonlyMap<string, boolean>;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Where packed parts lie in a block of bytes that holds those of many source files. */
export interface PartBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /**
   * `listed`: for each part a `+` or `-`, its identity and a line end. `blocks` are listed, too: `<block>:3` are the parts
   * `<block>:0` to `<block>:2`. Else bit `n` says whether part `n` ran: `numbered`
   * parts have the numbers from 0 on as their identities, `named` ones those of `names`. The others are branches that
   * are told by numbers: see `armsOf`.
   */
  readonly form: "listed" | "blocks" | "numbered" | "named" | ArmForm;
  /** The identities in their order with line ends between; the same text serves many runs of the same source file. */
  readonly names?: string;
}

/** Parts as bytes. A report of a large project has millions of them, and a map of strings takes ten times the memory. */
export class PackedParts implements Parts {
  readonly size: number;
  /** How many of them ran. */
  readonly covered: number;
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  readonly #form: PartBytes["form"];
  readonly #names: string;

  constructor({ bytes, start, end, form, names = "" }: PartBytes, size: number, covered: number) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#form = form;
    this.#names = names;
    this.size = size;
    this.covered = covered;
  }

  *entries(): MapIterator<[string, boolean]> {
    if (this.#form === "numbered") {
      for (let id = 0; id < this.size; id++) yield [String(id), this.#bit(id)];
      return;
    }
    if (this.#form === "named") {
      const names = this.size === 0 ? [] : this.#names.split("\n");
      for (const [i, id] of names.entries()) yield [id, this.#bit(i)];
      return;
    }
    if (this.#form === "pairs" || this.#form === "triples") {
      yield* armsOf(this.#bytes, this.#start, this.#end, this.#form);
      return;
    }
    const text = this.#text();
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf("\n", at);
      const id = text.slice(at + 1, end);
      if (this.#form === "listed") yield [id, text.startsWith("+", at)];
      else for (const part of partsOf(id)) yield [part, text.startsWith("+", at)];
      at = end + 1;
    }
  }

  *keys(): MapIterator<string> {
    for (const [id] of this.entries()) yield id;
  }

  *values(): MapIterator<boolean> {
    for (const [, ran] of this.entries()) yield ran;
  }

  get(id: string): boolean | undefined {
    if (this.#form === "numbered")
      return /^(?:0|[1-9]\d{0,8})$/.test(id) && Number(id) < this.size ? this.#bit(Number(id)) : undefined;
    if (this.#form === "named") {
      const at = this.size === 0 ? -1 : this.#names.split("\n").indexOf(id);
      return at === -1 ? undefined : this.#bit(at);
    }
    if (this.#form !== "listed") {
      for (const [known, ran] of this.entries()) if (known === id) return ran;
      return undefined;
    }
    if (id.includes("\n")) return undefined;
    const text = `\n${this.#text()}`;
    if (text.includes(`\n+${id}\n`)) return true;
    return text.includes(`\n-${id}\n`) ? false : undefined;
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

  /** The parts of the blocks that are listed; or one of them that is listed with several numbers of parts. */
  asBlocks(): PackedParts | { readonly contradicted: string } {
    const known = new Set<string>();
    let [size, covered] = [0, 0];
    for (const [id, ran] of this) {
      const [block, parts] = blockOf(id);
      if (known.size === known.add(block).size) return { contradicted: block };
      size += parts;
      if (ran) covered += parts;
    }
    const [bytes, start, end] = [this.#bytes, this.#start, this.#end];
    return new PackedParts({ bytes, start, end, form: "blocks" }, size, covered);
  }

  /** The union with parts of the same identities, told by the same text; undefined where they are others. */
  united(other: PackedParts): PackedParts | undefined {
    if (this.#form !== "named" || other.#form !== "named" || this.#names !== other.#names) return undefined;
    const bytes = this.#bytes.slice(this.#start, this.#end);
    for (let at = 0; at < bytes.length; at++) bytes[at]! |= other.#bytes[other.#start + at]!;
    return new PackedParts(
      { bytes, start: 0, end: bytes.length, form: "named", names: this.#names },
      this.size,
      countBits(bytes),
    );
  }

  #text(): string {
    return decoder.decode(this.#bytes.subarray(this.#start, this.#end));
  }

  #bit(id: number): boolean {
    return (this.#bytes[this.#start + (id >> 3)]! & (1 << (id & 7))) !== 0;
  }
}

function blockOf(id: string): readonly [block: string, parts: number] {
  const colon = id.lastIndexOf(":");
  return [id.slice(0, colon), Number(id.slice(colon + 1))];
}

function* partsOf(id: string): Generator<string, undefined> {
  const [block, parts] = blockOf(id);
  for (let i = 0; i < parts; i++) yield `${block}:${i}`;
}

export const noParts: Parts = new PackedParts(
  { bytes: new Uint8Array(0), start: 0, end: 0, form: "listed" },
  0,
  0,
);
