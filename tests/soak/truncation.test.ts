import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isError } from "../../src/core/model/problem.ts";
import { filesBelow, readText, testPath } from "../runner/bytes.ts";
import { random, rounds, seed } from "./random.ts";

const folder = testPath("genuine");

/** Formats in which every cut is visible; those that are read line by line can be cut between two records. */
const files = filesBelow(folder).filter((file) => /^\s*[<{]/.test(readFileSync(`${folder}/${file}`, "utf8")));

describe(`files cut off anywhere are errors (seed ${seed})`, () => {
  test.each(files)("%s", (file) => {
    const bytes = readFileSync(`${folder}/${file}`);
    const end = bytes.toString("latin1").trimEnd().length;
    const next = random(seed + files.indexOf(file));
    // At every byte where the rounds allow it, else at as many places as there are rounds.
    const every = end <= rounds;
    for (let round = 0; round < Math.min(end, rounds); round++) {
      const length = every ? round : Math.floor(next() * end);
      const { problems } = readText(bytes.subarray(0, length), file);
      expect(problems.some(isError), `the first ${length} of ${end} bytes`).toBe(true);
    }
  });
});
