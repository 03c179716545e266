import parse from "lcov-parse";

parse(process.argv[2], (error, files) => {
  if (error) throw new Error(error);
  const sum = (kind, count) => files.reduce((all, file) => all + count(file[kind].details), 0);
  const length = (details) => details.length;
  const totals = {
    files: files.length,
    lines: sum("lines", length),
    linesHit: sum("lines", (details) => details.filter(({ hit }) => hit > 0).length),
    functions: sum("functions", length),
    functionsHit: sum("functions", (details) => details.filter(({ hit }) => hit > 0).length),
    branches: sum("branches", length),
    branchesHit: sum("branches", (details) => details.filter(({ taken }) => taken > 0).length),
  };
  console.log(JSON.stringify(totals));
});
