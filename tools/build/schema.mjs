// The JSON Schema of the configuration, from the definition that the product itself validates with.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

/** Bundles the definition into a throwaway module, because plain Node does not read TypeScript everywhere. */
export async function configSchema(root) {
  const file = join(root, "node_modules", ".cache", "phase-gate-schema.mjs");
  const bundle = await rolldown({
    cwd: root,
    input: "src/core/config/json-schema.ts",
    platform: "node",
    logLevel: "warn",
  });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  try {
    const { jsonSchema } = await import(pathToFileURL(file).href);
    return jsonSchema();
  } finally {
    await rm(file, { force: true });
  }
}
