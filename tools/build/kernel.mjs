// Compiles the kernel of the XML scanner, kernel/, into a module of the sources that holds it in base64, so that
// nothing but a change of the kernel needs the compiler. `npm run kernel` compiles in any case, `npm run build` where the
// digest in the module shows that the kernel or the compiler is another one.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = join(root, "kernel");
const source = join(folder, "xml.ts");
const target = join(root, "src", "core", "read", "text", "xml-kernel-code.ts");
const options = ["--runtime", "stub", "--noAssert", "-O3", "--enable", "simd", "--initialMemory", "8"];

/** What the compiled kernel depends on, in one word. */
export function kernelDigest() {
  const { version } = createRequire(import.meta.url)("assemblyscript/package.json");
  return createHash("sha256")
    .update(JSON.stringify([version, options, ...sources()]))
    .digest("hex");
}

/** The texts of the kernel, in the order of their names. */
function sources() {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return files.sort().map((name) => readFileSync(join(folder, name), "utf8"));
}

/** Compiles the kernel if it is not the one that was compiled last. */
export async function updateKernel() {
  if (!readFileSync(target, "utf8").includes(kernelDigest())) await compileKernel();
}

async function compileKernel() {
  const { default: asc } = await import("assemblyscript/asc");
  const output = new Map();
  const { error, stderr } = await asc.main([source, "--outFile", "xml.wasm", ...options], {
    writeFile: (name, contents) => void output.set(name, contents),
  });
  if (error) throw new Error(`${source} does not compile\n${stderr}`);
  const lines = Buffer.from(output.get("xml.wasm"))
    .toString("base64")
    .match(/.{1,100}/g);
  writeFileSync(
    target,
    `// Written by tools/build/kernel.mjs: kernel/ as WebAssembly, in base64.
// ${kernelDigest()}
export const kernelCode =
${lines.map((line) => `  "${line}"`).join(" +\n")};
`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileKernel();
