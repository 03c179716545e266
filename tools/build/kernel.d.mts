/** What the compiled kernel depends on, in one word. */
export function kernelDigest(): string;
