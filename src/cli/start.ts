import nodeModule from "node:module";
import { fileURLToPath } from "node:url";

// Half of a small run is the engine compiling what it did the last time. It keeps that beside the code, where whoever could
// change it could as well change the code; a folder for everyone's temporary files would be no such place. The machine of
// a workflow is new each time. Node before 22.8 has no such cache, and a folder that is not to be written to is left alone.
if (!process.env["CI"])
  nodeModule.enableCompileCache?.(fileURLToPath(new URL("../.cache/compiled", import.meta.url)));

await import("./main.ts");
