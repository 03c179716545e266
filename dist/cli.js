#!/usr/bin/env node
import { createRequire as createBuiltin } from "node:module";
const builtin = createBuiltin(import.meta.url);
import nodeModule from "node:module";
const { fileURLToPath } = builtin("node:url");

// src/cli/start.ts
if (!process.env["CI"]) nodeModule.enableCompileCache?.(fileURLToPath(new URL("../.cache/compiled", import.meta.url)));
await import("./cli-main.js");

export {  };