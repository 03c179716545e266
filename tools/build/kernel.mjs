// Compiles the kernels of `kernel/` into modules of the sources that hold them in base64, so that nothing but a change of
// a kernel needs the compiler. `npm run kernel` compiles in any case, `npm run build` where the digest in a module shows
// that its kernel or the compiler is another one.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const options = ["--runtime", "stub", "--noAssert", "-O3", "--enable", "simd"];

/**
 * The folder with the files of each kernel, those it has besides, which one exports what is called, and the module that it is
 * compiled into.
 */
const kernels = [
  {
    folder: "kernel",
    besides: [],
    main: "xml.ts",
    target: "src/core/read/text/xml-kernel-code.ts",
    pages: 8,
  },
  {
    folder: "kernel/lcov",
    besides: ["kernel/digits.ts"],
    main: "lcov.ts",
    target: "src/core/read/lcov-kernel-code.ts",
    pages: 8,
  },
];

/** The module of each kernel, and what the compiled kernel depends on, in one word. */
export function kernelDigests() {
  const { version } = createRequire(import.meta.url)("assemblyscript/package.json");
  return kernels.map((kernel) => {
    const digest = createHash("sha256")
      .update(JSON.stringify([version, optionsOf(kernel), ...sources(kernel)]))
      .digest("hex");
    return { kernel, target: join(root, kernel.target), digest };
  });
}

function optionsOf({ pages }) {
  return [...options, "--initialMemory", String(pages)];
}

/** The texts of a kernel, in the order of their names. */
function sources({ folder, besides }) {
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith(".ts"));
  const own = files.sort().map((name) => join(folder, name));
  return [...own, ...besides].map((path) => readFileSync(join(root, path), "utf8"));
}

/** Compiles the kernels that are not what was compiled last. */
export async function updateKernels() {
  for (const one of kernelDigests()) {
    if (!readFileSync(one.target, "utf8").includes(one.digest)) await compile(one);
  }
}

async function compile({ kernel, target, digest }) {
  const { default: asc } = await import("assemblyscript/asc");
  const source = join(root, kernel.folder, kernel.main);
  const output = new Map();
  const { error, stderr } = await asc.main([source, "--outFile", "kernel.wasm", ...optionsOf(kernel)], {
    writeFile: (name, contents) => void output.set(name, contents),
  });
  if (error) throw new Error(`${source} does not compile\n${stderr}`);
  const lines = Buffer.from(output.get("kernel.wasm"))
    .toString("base64")
    .match(/.{1,100}/g);
  writeFileSync(
    target,
    `// Written by tools/build/kernel.mjs: ${kernel.folder}/ as WebAssembly, in base64.
// ${digest}
export const kernelCode =
${lines.map((line) => `  "${line}"`).join(" +\n")};
`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const one of kernelDigests()) await compile(one);
}
