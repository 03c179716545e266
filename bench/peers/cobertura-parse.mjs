import cobertura from "cobertura-parse";

cobertura.parseFile(process.argv[2], (error, files) => {
  if (error) throw new Error(error);
  const sum = (key) => files.reduce((all, file) => all + file.lines[key], 0);
  console.log(JSON.stringify({ lines: sum("found"), linesHit: sum("hit") }));
});
