// Counts the lines that it hands out, as we do, and not the totals of the file.
import jacoco from "jacoco-parse";

jacoco.parseFile(process.argv[2], (error, files) => {
  if (error) throw new Error(error);
  const lines = files.flatMap((file) => file.lines.details);
  console.log(JSON.stringify({ lines: lines.length, linesHit: lines.filter(({ hit }) => hit > 0).length }));
});
