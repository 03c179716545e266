/** What the core uses of WebAssembly. https://webassembly.github.io/spec/js-api/ */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module);
    readonly exports: object;
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    /** By pages of 64 KiB. The buffer is another one afterwards. */
    grow(pages: number): number;
  }
}
