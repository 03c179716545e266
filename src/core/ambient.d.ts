/** What the core uses of the platform, besides web-assembly.d.ts: bytes to text and back. https://encoding.spec.whatwg.org */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array, options?: { stream?: boolean }): string;
}

declare class TextEncoder {
  encode(input: string): Uint8Array<ArrayBuffer>;
}

/** The bytes that some base64 stands for, as a text of one character per byte. */
declare function atob(base64: string): string;
