/** The module that holds each compiled kernel, and what the kernel depends on, in one word. */
export function kernelDigests(): readonly { readonly target: string; readonly digest: string }[];
