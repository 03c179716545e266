#!/usr/bin/env node
import { createRequire as createBuiltin } from "node:module";
const builtin = createBuiltin(import.meta.url);
import nodeModule from "node:module";
const { fileURLToPath } = builtin("node:url");

// src/cli/command-names.ts
/** The commands by name. Apart from them, so that what starts them need not load them. */
const commandNames = [
	"check",
	"collect",
	"inspect",
	"kpis",
	"tune"
];

// src/cli/start.ts
const args = process.argv.slice(2);
const first = args[0]?.startsWith("-") === false ? args[0] : "check";
const command = commandNames.find((name) => name === first);
const onlyTells = [
	"-h",
	"--help",
	"--version"
].some((option) => args.includes(option));
if (command !== void 0 && !onlyTells && !process.env["CI"]) nodeModule.enableCompileCache?.(fileURLToPath(new URL(`../.cache/compiled/${command}`, import.meta.url)));
await import("./cli-main.js");

export {  };