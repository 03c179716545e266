#!/usr/bin/env node
import { createRequire as createBuiltin } from "node:module";
const builtin = createBuiltin(import.meta.url);
import nodeModule from "node:module";
const { fileURLToPath } = builtin("node:url");

// src/cli/start.ts
const args = process.argv.slice(2);
if (!process.env["CI"] && !args.includes("--help") && !args.includes("--version")) {
	const command = [
		"collect",
		"inspect",
		"kpis",
		"tune"
	].find((name) => name === args[0]) ?? "check";
	nodeModule.enableCompileCache?.(fileURLToPath(new URL(`../.cache/compiled/${command}`, import.meta.url)));
}
await import("./cli-main.js");

export {  };