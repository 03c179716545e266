import { capital, nouns, verbs } from "./words.mjs";

/** Istanbul's coverage-final.json of so many source files, as nyc writes it: one entry a line. Returns the totals. */
export function writeIstanbul(files, random, write) {
  const totals = { files, lines: 0, linesHit: 0, functions: 0, functionsHit: 0, branches: 0, branchesHit: 0 };
  for (let number = 0; number < files; number++) {
    const path = `/home/runner/work/app/packages/${random.one(nouns)}/src/${random.one(verbs)}/file${number}.ts`;
    const entry = JSON.stringify(sourceFile(path, random, totals));
    write(`${number === 0 ? "{" : ","}${JSON.stringify(path)}: ${entry}\n`);
  }
  write("}\n");
  return totals;
}

function sourceFile(path, random, totals) {
  const file = { path, statementMap: {}, fnMap: {}, branchMap: {}, s: {}, f: {}, b: {} };
  const statements = random.between(60, 140);
  let line = 0;
  for (let id = 0; id < statements; id++) {
    line += random.between(1, 3);
    file.statementMap[id] = span(line, random.between(0, 12), line, random.between(20, 80));
    file.s[id] = hits(random, 0.8);
    totals.lines++;
    if (file.s[id] > 0) totals.linesHit++;
  }
  for (let id = 0; id < statements / 7; id++) {
    const at = random.between(1, line);
    const name = random.share(0.6)
      ? `${random.one(verbs)}${capital(random.one(nouns))}`
      : `(anonymous_${id})`;
    file.fnMap[id] = { name, decl: span(at, 2, at, 20), loc: span(at, 21, at + 6, 3), line: at };
    file.f[id] = hits(random, 0.8);
    totals.functions++;
    if (file.f[id] > 0) totals.functionsHit++;
  }
  for (let id = 0; id < statements / 10; id++) {
    const at = random.between(1, line);
    const loc = span(at, 4, at + 2, 5);
    file.branchMap[id] = { loc, type: "if", locations: [loc, span(at + 1, 4, at + 2, 5)], line: at };
    file.b[id] = [hits(random, 0.7), hits(random, 0.6)];
    totals.branches += 2;
    totals.branchesHit += file.b[id].filter((count) => count > 0).length;
  }
  return file;
}

function hits(random, share) {
  return random.share(share) ? random.between(1, 900) : 0;
}

function span(line, column, endLine, endColumn) {
  return { start: { line, column }, end: { line: endLine, column: endColumn } };
}
