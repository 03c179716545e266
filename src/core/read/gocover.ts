import { refuse } from "../model/problem.ts";
import { createCoverage } from "./coverage-tally.ts";
import type { Reader } from "./reader.ts";
import { scanLines } from "./text/lines.ts";

/** Go cover profile. https://pkg.go.dev/golang.org/x/tools/cover; statements are what Go counts, also as lines. */
export const gocover: Reader = {
  label: "Go cover profile",
  families: ["coverage"],
  writtenBy: "go test -coverprofile, gotestsum, go tool covdata",
  claims: ({ text }) => /^\s*(?:mode: \w+\s|\S[^\r\n]*:\d+\.\d+,\d+\.\d+ \d+ \d+\s)/.test(text),
  read(source, file) {
    const coverage = createCoverage("gocover", { countedBy: "statements" });
    coverage.records("statements");
    let begun = false;
    const notes = scanLines(source, file, (line, number) => {
      if (/^\s*$/.test(line)) return;
      if (/^mode: (?:set|count|atomic)\s*$/.test(line)) {
        begun = true;
        return;
      }
      if (!begun) {
        const message = `expected "mode: set", "mode: count" or "mode: atomic", found "${line.slice(0, 60)}"`;
        refuse({
          code: "bad-value",
          message,
          at: { file, line: number },
          hint: "The beginning of the file is missing.",
        });
      }
      const match = /^(.+):(\d+)\.(\d+),(\d+)\.(\d+) (\d{1,6}) (\d+)\s*$/.exec(line);
      if (!match) {
        const message = `expected <file>:<line>.<column>,<line>.<column> <statements> <count>, found "${line.slice(0, 60)}"`;
        refuse({ code: "bad-value", message, at: { file, line: number }, hint: "Was the file cut off?" });
      }
      const [, path = "", startLine, startColumn, endLine, endColumn, statements, count = "0"] = match;
      const into = coverage.source(path);
      const ran = /[1-9]/.test(count);
      const block = `${startLine}.${startColumn},${endLine}.${endColumn}`;
      into.part("statements", `${block}:${Number(statements)}`, ran);
    });
    return coverage.finish(file, notes);
  },
};
