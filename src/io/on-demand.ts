import { createRequire } from "node:module";

/** Modules of Node that few runs need; to load one takes as long as to judge a small report. */
interface OnDemand {
  (name: "node:child_process"): typeof import("node:child_process");
  (name: "node:stream"): typeof import("node:stream");
  (name: "node:stream/promises"): typeof import("node:stream/promises");
  (name: "node:v8"): typeof import("node:v8");
  (name: "node:worker_threads"): typeof import("node:worker_threads");
  (name: "node:zlib"): typeof import("node:zlib");
}

/** Loads a module of Node when it is needed, where an import would load it in every run. */
export const onDemand: OnDemand = createRequire(import.meta.url);
