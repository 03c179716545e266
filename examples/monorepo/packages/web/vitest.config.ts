import { defineConfig } from "vitest/config";

// Run from the root of the repository, so that all paths in the report files begin there.
export default defineConfig({
  test: {
    include: ["packages/web/tests/**/*.test.ts"],
    reporters: ["default", ["junit", { outputFile: "reports/web/junit.xml", addFileAttribute: true }]],
    coverage: {
      provider: "v8",
      include: ["packages/web/src/**/*.ts"],
      reporter: ["text", "json"],
      reportsDirectory: "reports/web",
      reportOnFailure: true,
    },
  },
});
