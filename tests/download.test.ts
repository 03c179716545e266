import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openDownloads } from "../src/io/download.ts";
import { virtualClock } from "./runner/virtual-clock.ts";

const folder = mkdtempSync(join(tmpdir(), "phase-gate-download-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** Brings a file whose pieces of so many bytes come so many milliseconds apart. */
async function download(pieces: number, bytes: number, apart: number) {
  const clock = virtualClock();
  async function* body(signal: AbortSignal | null | undefined) {
    for (let i = 0; i < pieces; i++) {
      await clock.sleep(apart, signal ?? undefined);
      if (signal?.aborted) throw new Error("aborted");
      yield new Uint8Array(bytes);
    }
  }
  const store = async (_: string | URL | Request, init?: RequestInit) => ({
    status: 200,
    body: body(init?.signal),
  });
  const bring = openDownloads(
    { apiUrl: "https://api.test" },
    { clock, fetch: store as unknown as typeof fetch },
  );
  const target = join(folder, "file");
  const begin = clock.now();
  const came = await clock.run(() =>
    bring(async () => "https://store.test/1", target, { most: 2 ** 30 }).then(
      () => `${readFileSync(target).length} bytes`,
      (error: Error) => error.message,
    ),
  );
  return { came, seconds: (clock.now() - begin) / 1000 };
}

test.each([
  ["slowly", 100, 60_000, 1_000, "6000000 bytes", 100],
  ["at once", 3, 1_000_000, 0, "3000000 bytes", 0],
  ["as one byte a second", 1e9, 1, 1_000, "no answer in time", 95],
  ["in pieces that keep it waiting for longer than that", 10, 1_000_000, 31_000, "no answer in time", 95],
] as const)("a download that comes %s", async (_, pieces, bytes, apart, came, seconds) => {
  const result = await download(pieces, bytes, apart);
  expect(result.came).toBe(came);
  expect(result.seconds).toBeCloseTo(seconds, -1);
});
