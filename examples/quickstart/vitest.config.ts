import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    reporters: ["default", ["junit", { outputFile: "reports/junit.xml", addFileAttribute: true }]],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text", "lcovonly"],
      reportsDirectory: "coverage",
    },
  },
});
