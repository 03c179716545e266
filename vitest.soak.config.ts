import { defineConfig } from "vitest/config";
import { yamlAsText } from "./tools/build/plugins.mjs";

const { SOAK_SEED = "1", SOAK_ROUNDS = "20000", SOAK_SECONDS = "60" } = process.env;

// The sweeps of tests/soak in full, where `npm test` runs a share of them; tests/soak/share.ts says what each number is.
export default defineConfig({
  plugins: [yamlAsText],
  test: {
    include: ["tests/soak/**/*.test.ts"],
    testTimeout: 3_600_000,
    env: { SOAK_SEED, SOAK_ROUNDS, SOAK_SECONDS, SOAK_CUTS: "65536", SOAK_CUTS_BEYOND: "2000" },
  },
});
