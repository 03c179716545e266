import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testPath } from "./runner/bytes.ts";
import { runAction } from "./runner/run-action.ts";

test("a large report file, which is read on a thread of its own, changes nothing in the report", async () => {
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-large-"));
  try {
    const inputs = { config: "phase-gate.yml", publish: "none" };
    const event = { name: "push", payload: "{}" };
    const run = async (checkout: string) => {
      const { exitCode, outputs, report, log } = await runAction({ checkout, inputs, event });
      const { run: about, ...judged } = report as Readonly<Record<string, unknown>>;
      expect(about, log).toBeTypeOf("object");
      return { exitCode, kpis: outputs["kpis"], judged };
    };
    cpSync(testPath("..", "examples", "monorepo"), folder, { recursive: true });
    const small = await run(folder);
    appendFileSync(join(folder, "reports/web/junit.xml"), `<!-- ${"-=".repeat(9 << 20)} -->`);
    expect(await run(folder)).toEqual(small);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
