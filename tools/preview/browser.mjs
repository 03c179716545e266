import { existsSync } from "node:fs";

/** A mistake of the caller or of the machine: told in one line, without a stack. */
export class Told extends Error {}

/** Chromium without any of its calls home; Playwright gives it a fresh profile. */
const chromiumFlags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser, started. */
export async function startBrowser(chromium) {
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new Told(
      `no browser at ${executablePath}: run \`apt-get install -y chromium\`, or set CHROMIUM to its path`,
    );
  }
  try {
    return await chromium.launch({ executablePath, args: chromiumFlags });
  } catch (error) {
    throw new Told(`the browser at ${executablePath} does not start: ${error.message.split("\n")[0]}`);
  }
}
