import type { Ground } from "./ground.ts";
import type { Window } from "./window.ts";
import { kernelCode } from "./xml-kernel-code.ts";

/** What kernel/xml.ts exports. Positions count from the beginning of the window, addresses from that of all memory. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  foundAt(): number;
  answersAt(): number;
  stackAt(): number;
  numbersAt(): number;
  entriesAt(): number;
  windowAt(): number;
  slotOf(name: number): number;
  lengthOf(name: number): number;
  begin(windowAt: number): void;
  count(element: number, number: number, without: bigint): void;
  numberOf(address: number, length: number): number;
  countLines(start: number, end: number): number;
  run(from: number, length: number, depth: number): number;
}

/** Kinds of what a run finds, as kernel/xml.ts numbers them. */
export const found = { open: 0, empty: 1, hollow: 2, close: 3, cdata: 4, counted: 5 } as const;

/** Why a run stopped, as kernel/xml.ts numbers it. */
export const stopped = { unsure: 0, cut: 1, full: 2 } as const;

/**
 * A WebAssembly instance that holds a window and finds the tags in it. It knows names by numbers from 1 to 63, and those
 * without one by 0.
 */
export interface Kernel extends Ground {
  /** See `found` in kernel/xml.ts. Other memory after the window has grown. */
  readonly found: Int32Array;
  /** How many numbers of `found` the last run filled. */
  readonly used: number;
  readonly why: number;
  /** The numbers that the last run counted, and where in `found` each of the elements is. */
  readonly numbers: Float64Array;
  readonly entries: Int32Array;
  /** Counts such elements from now on. */
  count(what: Counted): void;
  /** Goes on inside these elements, and returns where it stopped. */
  run(from: number, length: number, open: readonly number[]): number;
  numberOf(name: Uint8Array): number;
  nameOf(number: number): Uint8Array;
  /** Its memory is for another document now. */
  giveBack(): void;
}

/** Elements without children and text of which only a number is wanted. */
export interface Counted {
  readonly element: string;
  /** The attribute that holds the number, in plain digits such as `12` or `0.125`; elements without it are not counted. */
  readonly number: string;
  /** Elements with one of these attributes are not counted. */
  readonly without: readonly string[];
}

const pageBytes = 65_536;
const maxName = 32;

/** What the kernel may read behind the end of a window. */
const slack = 64;

/** One with more memory is not kept. 4 MiB. */
const maxIdle = 1 << 22;

let compiled: WebAssembly.Module | undefined;
let idle: Exports | undefined;

/** A kernel for one document; moves its window there. */
export function takeKernel(window: Window): Kernel {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(kernelCode), (c) => c.charCodeAt(0)));
  const wasm = idle ?? (new WebAssembly.Instance(compiled).exports as unknown as Exports);
  idle = undefined;
  const kernel = kernelOn(wasm);
  window.moveTo(kernel);
  return kernel;
}

function kernelOn(wasm: Exports): Kernel {
  const { memory } = wasm;
  const windowAt = wasm.windowAt();
  wasm.begin(windowAt);
  let { found, answers, stack, numbers, entries } = views();

  function views() {
    const { buffer } = memory;
    return {
      found: new Int32Array(buffer, wasm.foundAt(), 16_384),
      answers: new Int32Array(buffer, wasm.answersAt(), 2),
      stack: new Uint8Array(buffer, wasm.stackAt(), 256),
      numbers: new Float64Array(buffer, wasm.numbersAt(), 8_192),
      entries: new Int32Array(buffer, wasm.entriesAt(), 4_096),
    };
  }

  function numberOf(name: Uint8Array): number {
    if (name.length > maxName) return 0;
    // What was found last has been told by now, so its room is free.
    const room = new Uint8Array(memory.buffer, wasm.foundAt(), maxName + 1);
    room.set(name);
    room[name.length] = 0;
    return wasm.numberOf(wasm.foundAt(), name.length);
  }

  const numberOfText = (name: string) => numberOf(new TextEncoder().encode(name));

  return {
    get found() {
      return found;
    },
    get used() {
      return answers[0]!;
    },
    get why() {
      return answers[1]!;
    },
    room(size) {
      const missing = windowAt + size + slack - memory.buffer.byteLength;
      if (missing > 0) {
        memory.grow(Math.ceil(missing / pageBytes));
        ({ found, answers, stack, numbers, entries } = views());
      }
      return new Uint8Array(memory.buffer, windowAt, memory.buffer.byteLength - windowAt - slack);
    },
    countLines(from, end) {
      const lines = wasm.countLines(from, end);
      return { lines, last: answers[0]! };
    },
    run(from, length, open) {
      for (let depth = 0; depth < open.length; depth++) stack[depth] = open[depth]!;
      return wasm.run(from, length, open.length);
    },
    get numbers() {
      return numbers;
    },
    get entries() {
      return entries;
    },
    count({ element, number, without }) {
      const bits = without.reduce((all, name) => all | (1n << BigInt(numberOfText(name))), 0n);
      wasm.count(numberOfText(element), numberOfText(number), bits);
    },
    numberOf,
    nameOf: (number) => new Uint8Array(memory.buffer, wasm.slotOf(number), wasm.lengthOf(number)).slice(),
    giveBack() {
      if (memory.buffer.byteLength <= maxIdle) idle = wasm;
    },
  };
}
