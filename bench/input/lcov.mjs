import { capital, nouns, states, verbs } from "./words.mjs";

/**
 * An lcov tracefile with `lines` DA records, in source files of 20 to 380 lines, with functions (FN, FNDA)
 * and branches (BRDA). Writes it piece by piece and returns the totals.
 */
export function writeLcov(lines, random, write) {
  const totals = {
    files: 0,
    lines: 0,
    linesHit: 0,
    functions: 0,
    functionsHit: 0,
    branches: 0,
    branchesHit: 0,
  };
  while (totals.lines < lines) {
    const size = Math.min(random.between(20, 380), lines - totals.lines);
    const path = `${random.one(nouns)}/${random.one(states)}/file${totals.files++}.ts`;
    write(`TN:\nSF:/home/runner/work/app/src/${path}\n${functions(size, random, totals)}`);
    write(`${branches(size, random, totals)}${dataLines(size, random, totals)}end_of_record\n`);
  }
  return totals;
}

/** About one function for 20 lines. */
function functions(size, random, totals) {
  const [declared, ran] = [[], []];
  let hit = 0;
  for (let line = 1; line <= size; line += 20) {
    const name = `${random.one(verbs)}${capital(random.one(nouns))}${line}`;
    const count = random.share(0.8) ? random.between(1, 5000) : 0;
    if (count > 0) hit++;
    declared.push(`FN:${line},${name}\n`);
    ran.push(`FNDA:${count},${name}\n`);
  }
  totals.functions += declared.length;
  totals.functionsHit += hit;
  return `${declared.join("")}${ran.join("")}FNF:${declared.length}\nFNH:${hit}\n`;
}

/** About one pair of branches for 8 lines. */
function branches(size, random, totals) {
  const records = [];
  let hit = 0;
  for (let line = 3; line <= size; line += 8) {
    for (const branch of [0, 1]) {
      const taken = random.share(0.7) ? random.between(1, 900) : random.one(["0", "-"]);
      if (taken > 0) hit++;
      records.push(`BRDA:${line},${line >> 3},${branch},${taken}\n`);
    }
  }
  totals.branches += records.length;
  totals.branchesHit += hit;
  return `${records.join("")}BRF:${records.length}\nBRH:${hit}\n`;
}

function dataLines(size, random, totals) {
  const records = [];
  let [line, hit] = [0, 0];
  for (let left = size; left > 0; left--) {
    line += random.share(0.75) ? 1 : random.between(2, 6);
    const count = random.share(0.85) ? random.between(1, 20_000) : 0;
    if (count > 0) hit++;
    records.push(`DA:${line},${count}\n`);
  }
  totals.lines += size;
  totals.linesHit += hit;
  return `${records.join("")}LF:${size}\nLH:${hit}\n`;
}
