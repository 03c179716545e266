import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { scenes as all } from "./scenes.mjs";
import { sceneTable } from "./table.mjs";
import { targetTable } from "./targets.mjs";

/** Writes docs/performance.md from what was measured in one run. */
export function writePage({ results, inside, corpus, rounds }) {
  const scenes = results.map(
    ({ id, title, bytes, beside, rows }) =>
      `### ${title}\n\n${megabytes(bytes)}${beside ? `, of ${megabytes(beside)} of report files` : ""}; \`npm run bench -- ${id}\`.\n\n${sceneTable(rows)}\n`,
  );
  const missing = all.filter(({ id }) => !results.some((one) => one.id === id)).map(({ title }) => title);
  const left = missing.length === 0 ? "" : `\nNot measured in this run: ${missing.join("; ")}.\n`;
  const warm =
    inside &&
    `\n## Inside a process\n\nWithout start-up and files, in one warm process, by mitata.\n\n${inside.trim()}\n`;
  const text = `# Performance

This page is written by \`npm run bench -- --write\`. Machines are shared and drift by half from minute to minute, so there are no
seconds here: in each scene all contestants run in turn, round after round (medians of ${rounds} rounds; who takes long runs less
often), and only ratios within one scene count. Each is a whole process from start to exit.
[bench/README.md](../bench/README.md) says what is compared and how.

## What we ask of ourselves

Ratios are of CPU time, because what else a machine does stretches wall time. \`must\` is what a change may not break; \`stretch\`
is where we want to be, and the last column says which of the two is reached. Peers that break on the input are left out.

${targetTable(results)}
${left}
## What reading costs

Ratios to \`phase-gate\`: more than 1x is slower than ours. It checks the whole file, its counts and totals, and keeps the failures
with their texts. So does "saxes (same work)"; a reader marked "counting" only counts cases, and the others build objects of the
whole file.

${scenes.join("\n")}
${warm}
## junit-xml-parser on files of real tools

Of the ${corpus.files} JUnit files of real tools that our tests hold it counts ${corpus.right} right, finds other counts in ${corpus.wrong}, and breaks
or prints nothing on ${corpus.broken}. [decisions.md](decisions.md) says why it is no dependency.
`;
  writeFileSync(fileURLToPath(new URL("../docs/performance.md", import.meta.url)), text);
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
