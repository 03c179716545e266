import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Whether the peers are there; installs them where they are not, and says so. */
export function installPeers() {
  // npm writes this file last, so that half an installation does not count.
  const installed = () => existsSync(`${folder}node_modules/.package-lock.json`);
  if (installed()) return true;
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  console.log(`Installing the peers: npm ${args.join(" ")} in bench/`);
  const { status } = spawnSync("npm", args, {
    cwd: folder,
    shell: process.platform === "win32",
    stdio: "ignore",
  });
  if (status === 0 && installed()) return true;
  console.log("The peers could not be installed; going on without them.");
  return false;
}
