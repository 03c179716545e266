import { refuse } from "../model/problem.ts";
import { createMetrics } from "./metrics-tally.ts";
import type { Reader } from "./reader.ts";
import { scanCsv } from "./text/csv.ts";

/** Numbers as comma-separated values, with the header "name,value" or "name,value,unit". */
export const metricsCsv: Reader = {
  label: "Metrics CSV",
  families: ["metrics"],
  writtenBy: "any script: a header with name, value and perhaps unit",
  claims: ({ text }) => /^"?name"?,"?value"?(?:,|\r?\n|$)/.test(text),
  read(source, file) {
    const metrics = createMetrics(file);
    const notes = scanCsv(source, file, ({ line, field }) => {
      const [name = "", value = "", unit = ""] = ["name", "value", "unit"].map((column) =>
        field(column)?.trim(),
      );
      const from = { file, line };
      if (name === "") refuse({ code: "bad-value", message: "the name is empty", at: from });
      if (!/^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i.test(value)) {
        const message = `${name.slice(0, 120)} must be a number, found ${JSON.stringify(value.slice(0, 40))}`;
        refuse({
          code: "bad-value",
          message,
          at: from,
          hint: "Write it with a decimal point, without its unit.",
        });
      }
      metrics.add({ name, labels: "", value: Number(value), ...(unit === "" ? {} : { unit }), from });
    });
    return metrics.finish(notes);
  },
};
