// Loaded into every measured process with --require: at its end it tells on descriptor 3 what the process used.
// CommonJS, because --import would start the loader of ES modules in processes that have none.
const { readFileSync, writeSync } = require("node:fs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(
    3,
    JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, peak: peakOfThisProgram() ?? maxRSS }),
  );
});

/** Peak memory in KB. On Linux maxRSS would start at the size of the process that started this one. */
function peakOfThisProgram() {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "latin1"))[1]);
  } catch {
    return undefined;
  }
}
