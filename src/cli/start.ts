import nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import { commandNames } from "./command-names.ts";

const args = process.argv.slice(2);
const first = args[0]?.startsWith("-") === false ? args[0] : "check";
const command = commandNames.find((name) => name === first);
const onlyTells = ["-h", "--help", "--version"].some((option) => args.includes(option));

// A fifth of a small run is the engine compiling what it did the last time. It keeps that beside the code, where whoever could
// change it could as well change the code; a folder for everyone's temporary files would be no such place. By command, because
// it keeps what the first run used. The machine of a workflow is new each time. Node before 22.8 has no such cache, and a
// folder that is not to be written to is left alone.
if (command !== undefined && !onlyTells && !process.env["CI"])
  nodeModule.enableCompileCache?.(fileURLToPath(new URL(`../.cache/compiled/${command}`, import.meta.url)));

await import("./main.ts");
