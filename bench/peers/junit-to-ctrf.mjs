import { convertJUnitToCTRFReport } from "junit-to-ctrf";

const { results } = await convertJUnitToCTRFReport(process.argv[2], { log: false });
const count = (status) => results.tests.filter((test) => test.status === status).length;
console.log(
  JSON.stringify({ total: results.tests.length, failed: count("failed"), skipped: count("skipped") }),
);
