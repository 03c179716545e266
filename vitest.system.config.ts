import { defineConfig } from "vitest/config";
import { yamlAsText } from "./tools/build/plugins.mjs";

// Tests that need more than Node and npm: Debian's chromium and prometheus, and the packages of tools/preview.
export default defineConfig({
  plugins: [yamlAsText],
  test: { include: ["tests/system/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
