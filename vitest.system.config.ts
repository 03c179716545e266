import { defineConfig } from "vitest/config";

// Tests that need more than Node and npm: Debian's chromium and the packages of tools/preview.
export default defineConfig({
  test: { include: ["tests/system/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
