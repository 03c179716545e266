import { capital, nouns, states } from "./words.mjs";

const head = `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="0.85" branch-rate="0.7" version="1.9" timestamp="1795355437">
  <sources>
    <source>/home/runner/work/app/src/</source>
  </sources>
  <packages>
`;

/** Cobertura XML of so many classes, each of a file of its own, with methods as Coverlet writes them. Returns the totals. */
export function writeCobertura(classes, random, write) {
  const totals = { files: classes, lines: 0, linesHit: 0, branches: 0, branchesHit: 0 };
  write(head);
  for (let number = 0; number < classes; number++) {
    if (number % 60 === 0) {
      write(`${number === 0 ? "" : "      </classes>\n    </package>\n"}${opened(number, random)}`);
    }
    write(classText(number, random, totals));
  }
  write("      </classes>\n    </package>\n  </packages>\n</coverage>\n");
  return totals;
}

function opened(number, random) {
  const name = `Example.${capital(random.one(nouns))}${number / 60}`;
  return `    <package name="${name}" line-rate="0.85" branch-rate="0.7" complexity="12">\n      <classes>\n`;
}

function classText(number, random, totals) {
  const name = `${capital(random.one(states))}${capital(random.one(nouns))}${number}`;
  const [methods, all] = [[], []];
  let line = random.between(5, 30);
  for (let left = random.between(2, 10); left > 0; left--) {
    const own = [];
    for (let rest = random.between(5, 40); rest > 0; rest--) {
      line += random.share(0.8) ? 1 : random.between(2, 5);
      own.push(lineText(line, random, totals));
    }
    methods.push(
      `            <method name="Do${left}" signature="(System.String)" line-rate="0.9" branch-rate="1">\n` +
        `              <lines>\n${own.map((text) => `    ${text}`).join("")}              </lines>\n            </method>\n`,
    );
    all.push(...own);
  }
  return (
    `        <class name="Example.${name}" filename="Example/${name}.cs" line-rate="0.9" branch-rate="1" complexity="4">\n` +
    `          <methods>\n${methods.join("")}          </methods>\n          <lines>\n${all.join("")}          </lines>\n        </class>\n`
  );
}

function lineText(number, random, totals) {
  const hits = random.share(0.85) ? random.between(1, 5000) : 0;
  totals.lines++;
  if (hits > 0) totals.linesHit++;
  if (!random.share(0.08)) return `            <line number="${number}" hits="${hits}" branch="False" />\n`;
  const covered = hits > 0 ? random.between(0, 2) : 0;
  totals.branches += 2;
  totals.branchesHit += covered;
  return `            <line number="${number}" hits="${hits}" branch="true" condition-coverage="${covered * 50}% (${covered}/2)" />\n`;
}
