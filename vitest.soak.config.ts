import { defineConfig } from "vitest/config";

// The sweeps of tests/soak in full: SOAK_ROUNDS each, from SOAK_SEED on. `npm test` runs a share of them.
export default defineConfig({
  test: {
    include: ["tests/soak/**/*.test.ts"],
    testTimeout: 3_600_000,
    env: { SOAK_ROUNDS: process.env["SOAK_ROUNDS"] ?? "20000", SOAK_SEED: process.env["SOAK_SEED"] ?? "1" },
  },
});
