import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { yamlAsText } from "./tools/build/plugins.mjs";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  version: string;
};

export default defineConfig({
  plugins: [yamlAsText],
  define: { __VERSION__: JSON.stringify(version) },
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/system/**"],
    // Tests share no state but what modules keep of constants; a worker of its own for each file takes a quarter of the time.
    isolate: false,
    // The tests wait for processes as often as they compute, so every core has a worker; as a rule vitest leaves one free.
    maxWorkers: "100%",
    testTimeout: 30_000,
    // Tests that overlap start processes; more of them at once than cores only makes each one slow.
    maxConcurrency: 3,
    // The shells and the REST client are run as the bundle, in processes of their own, which this does not see.
    coverage: {
      include: ["src/**"],
      exclude: ["src/action/**", "src/cli/**", "src/io/github.ts", "src/io/environment.ts"],
      reporter: ["text-summary", "lcovonly"],
      reportOnFailure: true,
    },
  },
});
