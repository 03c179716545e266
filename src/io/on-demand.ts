import { createRequire } from "node:module";

/** Modules of Node that few runs need; to load one takes as long as to judge a small report. */
interface OnDemand {
  (name: "node:child_process"): typeof import("node:child_process");
  (name: "node:v8"): typeof import("node:v8");
}

/** Loads a module of Node when it is needed, where an import would load it in every run. */
export const onDemand: OnDemand = createRequire(import.meta.url);
