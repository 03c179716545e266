import type { Family } from "../model/facts.ts";

/** Where report files are looked for when the configuration names no sources; other families have no usual names. Facts files
 * have none on purpose: beside their own report files they would count every test twice. */
export const wellKnown: Readonly<Partial<Record<Family, readonly string[]>>> = {
  tests: [
    "**/junit*.xml",
    "**/*junit.xml",
    "**/TEST-*.xml",
    "**/test-results/**/*.xml",
    "**/test-reports/**/*.xml",
  ],
  coverage: [
    "**/lcov.info",
    "**/coverage-final.json",
    "**/coverage.xml",
    "**/cobertura*.xml",
    "**/jacoco*.xml",
    "**/clover.xml",
    "**/cover*.out",
  ],
};
