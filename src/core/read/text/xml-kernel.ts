import { bytesOfBase64 } from "./base64.ts";
import type { Ground } from "./ground.ts";
import type { Window } from "./window.ts";
import { type Figures, widthOf } from "./xml-figures.ts";
import { kernelCode } from "./xml-kernel-code.ts";
import { type Name, newName } from "./xml-names.ts";

/** What kernel/xml.ts exports. Positions count from the beginning of the window, addresses from that of all memory. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  foundAt(): number;
  answersAt(): number;
  stackAt(): number;
  numbersAt(): number;
  marksAt(): number;
  entriesAt(): number;
  windowAt(): number;
  slotOf(name: number): number;
  lengthOf(name: number): number;
  begin(windowAt: number): void;
  howMany(): number;
  count(element: number, number: number, without: bigint, mark: number, unread: bigint): void;
  forgetFigures(): void;
  addFigures(element: number, inside: bigint, width: number): void;
  addCount(attribute: number, column: number): void;
  addWord(attribute: number, column: number, word: number): void;
  addShare(attribute: number, column: number): void;
  numberOf(address: number, length: number): number;
  countLines(start: number, end: number): number;
  run(from: number, length: number, depth: number): number;
}

/** Kinds of what a run finds, as kernel/xml.ts numbers them. */
export const found = { open: 0, empty: 1, hollow: 2, close: 3, cdata: 4, row: 5, figures: 6 } as const;

/** Why a run stopped, as kernel/xml.ts numbers it. */
export const stopped = { unsure: 0, cut: 1, full: 2 } as const;

/**
 * A WebAssembly instance that holds a window and finds the tags in it. It knows names by numbers from 1 to 63, and those
 * without one by 0.
 */
export interface Kernel extends Ground {
  /** What lies in its memory, which is another after the window has grown. */
  memory: Views;
  /** Begins with a document, in which it counts such elements, or takes the figures of such ones. */
  begin(counted: Counted | undefined, figures: readonly Figures[] | undefined): void;
  /** Goes on inside these elements, and returns where it stopped. */
  run(from: number, length: number, open: readonly Name[]): number;
  numberOf(name: Name): number;
  nameBy(number: number): Name;
}

/** The parts of a kernel's memory. */
interface Views {
  /** See `found` in kernel/xml.ts. */
  readonly found: Int32Array;
  /** How many numbers of `found` the last run filled, and why it stopped. */
  readonly answers: Int32Array;
  /** The open elements, for a run to begin in. */
  readonly stack: Uint8Array;
  /** The numbers that the last run counted, 1 for those that are marked, and where in `found` each of the elements is. */
  readonly numbers: Float64Array;
  readonly marks: Uint8Array;
  readonly entries: Int32Array;
  readonly window: Uint8Array;
}

/** Elements of which only a number is wanted, because there is nothing in them that anybody reads. */
export interface Counted {
  readonly element: string;
  /** The attribute that holds the number, in plain digits such as `12` or `0.125`; elements without it are not counted. */
  readonly number: string;
  /** Elements with one of these attributes are not counted. */
  readonly without: readonly string[];
  /** An element that may stand directly in a counted one, which it marks. */
  readonly mark: string;
  /** Elements that nobody reads, wherever they are; others in them count as ever. */
  readonly unread: readonly string[];
}

const pageBytes = 65_536;
const maxName = 32;

/** With more names than these a kernel begins anew, so that there is room for those of the next document. */
const maxKnown = 32;

/** What the kernel may read behind the end of a window. */
const slack = 64;

let compiled: WebAssembly.Module | undefined;

/** Whether a window lies in a kernel, as it does when the one before left it there. */
export function hasKernel({ ground }: Window): boolean {
  return "run" in ground;
}

/** The kernel of a window, which is moved there if need be. */
export function kernelOf(window: Window): Kernel {
  if (!hasKernel(window)) window.moveTo(createKernel());
  return window.ground as Kernel;
}

function createKernel(): Kernel {
  compiled ??= new WebAssembly.Module(bytesOfBase64(kernelCode));
  const wasm = new WebAssembly.Instance(compiled).exports as unknown as Exports;
  const windowAt = wasm.windowAt();
  wasm.begin(windowAt);
  /** Names by their numbers, as far as they were asked for. */
  let names: Name[] = [];
  let counted: Counted | undefined;
  let figures: readonly Figures[] | undefined;

  function numberOf(name: Uint8Array): number {
    if (name.length > maxName) return 0;
    // What was found last has been told by now, so its room is free.
    const room = new Uint8Array(wasm.memory.buffer, wasm.foundAt(), maxName + 1);
    room.set(name);
    room[name.length] = 0;
    return wasm.numberOf(wasm.foundAt(), name.length);
  }

  const numberOfText = (name: string) => numberOf(new TextEncoder().encode(name));
  const bitsOf = (names: readonly string[]) =>
    names.reduce((all, name) => all | (1n << BigInt(numberOfText(name))), 0n);

  function count({ element, number, without, mark, unread }: Counted): void {
    const [counted, countedBy, marking] = [element, number, mark].map(numberOfText);
    wasm.count(counted!, countedBy!, bitsOf(without), marking!, bitsOf(unread));
  }

  function take(kinds: readonly Figures[]): void {
    wasm.forgetFigures();
    for (const kind of kinds) {
      const { element, inside, counts, word, share } = kind;
      wasm.addFigures(numberOfText(element), bitsOf(inside), widthOf(kind));
      for (const [column, name] of counts.entries()) wasm.addCount(numberOfText(name), column);
      for (const one of word?.of ?? [])
        wasm.addWord(numberOfText(word!.attribute), counts.length, numberOfText(one));
      if (share !== undefined) wasm.addShare(numberOfText(share), widthOf(kind) - 2);
    }
  }

  const kernel: Kernel = {
    memory: viewsOf(wasm, windowAt),
    room(size) {
      const missing = size - kernel.memory.window.length;
      if (missing > 0) {
        wasm.memory.grow(Math.ceil(missing / pageBytes));
        kernel.memory = viewsOf(wasm, windowAt);
      }
      return kernel.memory.window;
    },
    countLines(from, end) {
      const lines = wasm.countLines(from, end);
      return { lines, last: kernel.memory.answers[0]! };
    },
    run(from, length, open) {
      const { stack } = kernel.memory;
      for (let depth = 0; depth < open.length; depth++) stack[depth] = kernel.numberOf(open[depth]!);
      return wasm.run(from, length, open.length);
    },
    begin(what, kinds) {
      if (wasm.howMany() > maxKnown) {
        wasm.begin(windowAt);
        [names, counted, figures] = [[], undefined, undefined];
      }
      if (kinds !== figures) take(kinds ?? []);
      figures = kinds;
      if (what === counted) return;
      if (what) count(what);
      else wasm.count(0, 0, 0n, 0, 0n);
      counted = what;
    },
    numberOf(name) {
      const known = names.indexOf(name);
      if (known !== -1) return known;
      const number = numberOf(name.bytes);
      if (number > 0) names[number] = name;
      return number;
    },
    nameBy(number) {
      const known = names[number];
      if (known !== undefined) return known;
      const name = newName(
        new Uint8Array(wasm.memory.buffer, wasm.slotOf(number), wasm.lengthOf(number)).slice(),
      );
      names[number] = name;
      return name;
    },
  };
  return kernel;
}

function viewsOf(wasm: Exports, windowAt: number): Views {
  const { buffer } = wasm.memory;
  return {
    found: new Int32Array(buffer, wasm.foundAt(), 16_384),
    answers: new Int32Array(buffer, wasm.answersAt(), 2),
    stack: new Uint8Array(buffer, wasm.stackAt(), 256),
    numbers: new Float64Array(buffer, wasm.numbersAt(), 4_096),
    marks: new Uint8Array(buffer, wasm.marksAt(), 4_096),
    entries: new Int32Array(buffer, wasm.entriesAt(), 4_096),
    window: new Uint8Array(buffer, windowAt, buffer.byteLength - windowAt - slack),
  };
}
