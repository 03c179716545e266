import type { PackedRecord } from "./coverage-entry.ts";
import type { LcovFunctions } from "./lcov-functions.ts";
import { kernelCode } from "./lcov-kernel-code.ts";
import { bytesOfBase64 } from "./text/base64.ts";
import type { Ground } from "./text/ground.ts";
import { plainLatin1 } from "./text/latin1.ts";
import type { Window } from "./text/window.ts";

/** What kernel/lcov/lcov.ts exports. Positions count from the beginning of the window, addresses from that of all memory. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  packedAt(): number;
  answersAt(): number;
  windowAt(): number;
  begin(windowAt: number): void;
  enter(now: number): void;
  run(from: number): number;
  hand(): void;
}

/** A WebAssembly instance that holds a window on a tracefile and takes the plain lines in it. */
export interface LcovKernel extends Ground {
  /** Goes on at a position and returns where it stopped: at a line that is for somebody else, or behind a record. */
  takeLines(from: number): number;
  /** How many lines the last run took, and whether the last of them is the end of a record, which then is `packed`. */
  readonly taken: number;
  readonly ended: boolean;
  /** Where the path of the open record lies that begins in the last run, -1 if none does, and how many lines came before. */
  readonly pathStart: number;
  readonly pathEnd: number;
  readonly takenBefore: number;
  /** Says that somebody else has read a line with which a record begins, or ends. */
  enter(now: boolean): void;
  /** Packs what was taken of the open record for somebody else, who then has to read its end too. */
  hand(): void;
  /** The same object and bytes each time: overwritten by the next run. */
  packed(): PackedRecord;
  /** What was taken of the record that is packed: DA lines, those that ran, and the values of LF and LH, -1 if absent. */
  readonly lines: number;
  readonly covered: number;
  readonly found: number;
  readonly hit: number;
  /** Tells of the functions of what was handed over last. */
  handFunctions(to: LcovFunctions): void;
  /** Begins with a document, and moves its window there. */
  begin(window: Window): void;
  /** Its memory is for another document now; the window moves to where it was before. */
  giveBack(): void;
}

const pageBytes = 65_536;

/** What the kernel may read behind the end of a window. */
const slack = 64;

/** One with more memory is not kept. 4 MiB. */
const maxIdle = 1 << 22;

let compiled: WebAssembly.Module | undefined;
let idle: LcovKernel | undefined;

/**
 * How many bytes must be at hand for a kernel to take over, in one file or in several. 16 KiB. To load it takes as long as
 * reading about so many line by line.
 */
const usualStart = 16_384;

/** How many bytes were at hand of files that were read without a kernel. */
let without = 0;

export function readWithoutLcovKernel(atHand: number): void {
  without += atHand;
}

export function lcovKernelPays({ length, kernelFrom }: Window): boolean {
  return kernelFrom === undefined ? without + length >= usualStart : length >= kernelFrom;
}

/** A kernel for one document; moves its window there. Thousands of small files need no more than one. */
export function takeLcovKernel(window: Window): LcovKernel {
  const kernel = idle ?? createKernel();
  idle = undefined;
  kernel.begin(window);
  return kernel;
}

function createKernel(): LcovKernel {
  compiled ??= new WebAssembly.Module(bytesOfBase64(kernelCode));
  const wasm = new WebAssembly.Instance(compiled).exports as unknown as Exports;
  const { memory } = wasm;
  const windowAt = wasm.windowAt();
  let lying: { readonly window: Window; readonly ground: Ground } | undefined;
  let answers: Int32Array;
  let room: Uint8Array;
  const record = { bytes: new Uint8Array(0) } as { -readonly [key in keyof PackedRecord]: PackedRecord[key] };
  look();

  function look(): void {
    const { buffer } = memory;
    answers = new Int32Array(buffer, wasm.answersAt(), 21);
    record.bytes = new Uint8Array(buffer, wasm.packedAt(), windowAt - wasm.packedAt());
    room = new Uint8Array(buffer, windowAt, buffer.byteLength - windowAt - slack);
  }

  const kernel: LcovKernel = {
    begin(window) {
      wasm.begin(windowAt);
      lying = { window, ground: window.ground };
      window.moveTo(kernel);
    },
    room(size) {
      const missing = size - room.length;
      if (missing > 0) {
        memory.grow(Math.ceil(missing / pageBytes));
        look();
      }
      return room;
    },
    takeLines: (from) => wasm.run(from),
    get taken() {
      return answers[0]!;
    },
    get ended() {
      return answers[1] === 1;
    },
    get pathStart() {
      return answers[2]!;
    },
    get pathEnd() {
      return answers[3]!;
    },
    get takenBefore() {
      return answers[4]!;
    },
    get lines() {
      return answers[5]!;
    },
    get covered() {
      return answers[6]!;
    },
    get found() {
      return answers[7]!;
    },
    get hit() {
      return answers[8]!;
    },
    handFunctions(to) {
      const [start, end] = [answers[16]!, answers[18]!];
      const indexes = new Int32Array(memory.buffer, wasm.packedAt() + answers[20]! * 4, answers[19]! * 3);
      const byPlace = new Map<number, string>();
      for (let i = 0; i < indexes.length; i += 3) {
        const index = String(indexes[i]);
        to.index(index, String(indexes[i + 2]));
        if (indexes[i + 1]! > 0) byPlace.set(indexes[i + 1]! - 1, index);
      }
      const text = plainLatin1(record.bytes, start, end);
      for (let at = 0, next = 0; at < text.length; at = next) {
        next = text.indexOf("\n", at) + 1;
        const comma = text.indexOf(",", at);
        const name = text.slice(comma + 1, next - 1);
        const ran = text.startsWith("+", at);
        const index = byPlace.get(at);
        if (index !== undefined) to.alias(index, name, ran);
        else {
          to.declare(text.slice(at + 1, comma), name);
          if (!text.startsWith("?", at)) to.hit(name, ran);
        }
      }
    },
    enter: (now) => wasm.enter(now ? 1 : 0),
    hand: () => wasm.hand(),
    packed() {
      record.lineBytes = answers[9]!;
      record.branchForm = answers[10] === 1 ? "triples" : "listed";
      record.branches = answers[11]!;
      record.branchesCovered = answers[12]!;
      record.functions = answers[13]!;
      record.functionsCovered = answers[14]!;
      record.branchesEnd = answers[15]!;
      record.functionsEnd = answers[16]!;
      record.tellsFunctions = answers[17] === 1;
      return record;
    },
    giveBack() {
      lying?.window.moveTo(lying.ground);
      lying = undefined;
      if (memory.buffer.byteLength <= maxIdle) idle = kernel;
    },
  };
  return kernel;
}
