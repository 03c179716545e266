import type { Family } from "../model/facts.ts";

/** Where report files are looked for when the configuration names no sources. */
export const wellKnown: Readonly<Record<Family, readonly string[]>> = {
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
