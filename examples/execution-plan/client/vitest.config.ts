import { defineConfig } from "vitest/config";

// Run from the folder of the example, so that all paths in the report files begin there.
export default defineConfig({
  test: {
    include: ["client/tests/**/*.test.ts"],
    reporters: ["default", ["junit", { outputFile: "reports/client.xml", addFileAttribute: true }]],
    coverage: {
      provider: "v8",
      include: ["client/src/**/*.ts"],
      reporter: ["lcovonly"],
      reportsDirectory: "reports/client",
      reportOnFailure: true,
    },
  },
});
