// What a new reader begins with, for each form of text: a made-up format that says of each source file which lines ran.

/** By form: the source of a reader, and a whole file that it reads. */
export const templates = {
  json: (name, identifier) => ({
    source: `import { refuse } from "../model/problem.ts";
import { createCoverage } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { isObject, member, readJson } from "./text/json.ts";

${head(name, identifier)}  claims: ({ json }) => json.keys.has("${name}"),
  read(source, file) {
    const coverage = createCoverage("${name}");
    const files = member(readJson(source, file), "${name}");
    if (!isObject(files)) bad(file, "the document", "has no files");
    for (const [path, lines] of Object.entries(files)) {
      if (!isObject(lines)) bad(file, path, "has no lines");
      const into = coverage.source(path);
      for (const [line, hits] of Object.entries(lines)) {
        if (typeof hits !== "number" || !/^\\d+$/.test(line)) bad(file, path, \`has no hits for line \${line.slice(0, 20)}\`);
        into.line(Number(line), hits > 0, { file });
      }
    }
    return coverage.finish(file, []);
  },
};

function bad(file: string, what: string, problem: string): never {
  const hint = "Let the tool write the file again.";
  refuse({ code: "bad-value", message: \`\${what.slice(0, 120)} \${problem}\`, at: { file }, hint });
}
`,
    example: `{ "${name}": { "src/cart.ts": { "1": 5, "2": 0 }, "src/money.ts": { "1": 1 } } }\n`,
  }),

  lines: (name, identifier) => ({
    source: `import { refuse } from "../model/problem.ts";
import { createCoverage } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { scanLines } from "./text/lines.ts";

${head(name, identifier)}  claims: ({ text }) => /^${name} format, version \\d+\\s/.test(text),
  read(source, file) {
    const coverage = createCoverage("${name}");
    const notes = scanLines(source, file, (line, number) => {
      if (number === 1) return;
      const match = /^(\\S+) (\\d+) (\\d+)\\s*$/.exec(line);
      if (!match) {
        const message = \`expected <path> <line> <hits>, found "\${line.slice(0, 60)}"\`;
        refuse({ code: "bad-value", message, at: { file, line: number }, hint: "Was the file cut off?" });
      }
      const [, path = "", source = "", hits = ""] = match;
      coverage.source(path).line(Number(source), Number(hits) > 0, { file, line: number });
    });
    return coverage.finish(file, notes);
  },
};
`,
    example: `${name} format, version 1\nsrc/cart.ts 1 5\nsrc/cart.ts 2 0\nsrc/money.ts 1 1\n`,
  }),

  xml: (name, identifier) => ({
    source: `import { refuse } from "../model/problem.ts";
import { createCoverage, type SourceTally } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { readCount } from "./text/numbers.ts";
import { scanXml, type Tag } from "./text/xml.ts";

${head(name, identifier)}  roots: ["${name}"],
  read(source, file) {
    const coverage = createCoverage("${name}");
    let into: SourceTally | undefined;
    const notes = scanXml(source, file, {
      open(name: string, tag: Tag) {
        if (name === "file") into = coverage.source(tag.attribute("path") ?? "");
        if (name !== "line" || !into) return;
        const [number, hits] = [readCount(tag.attribute("number")), readCount(tag.attribute("hits"))];
        if (number === undefined || hits === undefined)
          refuse({ code: "bad-value", message: "a <line> without number and hits", at: { file, line: tag.line() } });
        into.line(number, hits > 0, { file });
      },
      close(name: string) {
        if (name === "file") into = undefined;
      },
      wantsText: () => false,
      text() {},
    });
    return coverage.finish(file, notes);
  },
};
`,
    example: `<${name}><file path="src/cart.ts"><line number="1" hits="5"/><line number="2" hits="0"/></file></${name}>\n`,
  }),
};

/** The part that every reader has. */
function head(name, identifier) {
  return `/** What the format is. Name its source: where is it described? */
export const ${identifier}: Reader = {
  label: "${name}",
  families: ["coverage"],
  writtenBy: "name the tools that write it",
`;
}
