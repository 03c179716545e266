import nodeModule from "node:module";
import { fileURLToPath } from "node:url";

// Half of a small run is the engine compiling what it did the last time. It keeps that beside the code, where whoever could
// change it could as well change the code; a folder for everyone's temporary files would be no such place. The machine of
// a workflow is new each time. Node before 22.8 has no such cache, and a folder that is not to be written to is left alone.
const args = process.argv.slice(2);
if (!process.env["CI"] && !args.includes("--help") && !args.includes("--version")) {
  // What is kept is what the first run used, which differs between commands.
  const command = ["collect", "inspect", "kpis", "tune"].find((name) => name === args[0]) ?? "check";
  nodeModule.enableCompileCache?.(fileURLToPath(new URL(`../.cache/compiled/${command}`, import.meta.url)));
}

await import("./main.ts");
