// How the bundles differ from their sources. Each plugin says what it saves and why nothing is lost by it.

const uncalled = /^(?:@actions\/http-client(?:\/.*)?|@actions\/exec|undici)$/;
const stub = "\0uncalled";

/**
 * What @actions/core brings along for calls that nobody makes here: the toolkit's own HTTP client, which is 99 % of it and
 * half of the bundle, for OIDC tokens (`getIDToken`), and what runs programs, for `platform`. Whoever did call them would
 * get an error that says so.
 */
export const withoutUncalled = {
  name: "without-uncalled",
  resolveId: (id) => (uncalled.test(id) ? stub : undefined),
  load: (id) => (id === stub ? stubSource : undefined),
};

const stubSource = `
const absent = () => { throw new Error("this part of @actions is not bundled, see tools/build/plugins.mjs"); };
export class HttpClient { constructor() { absent(); } }
export class BearerCredentialHandler { constructor() { absent(); } }
export class ProxyAgent { constructor() { absent(); } }
export const fetch = absent;
export const getExecOutput = absent;
`;

/** The command line tool beside what starts it: only what is loaded later can be loaded from the cache that this asks for. */
export const mainApart = {
  name: "main-apart",
  resolveId: (id, importer) =>
    importer?.endsWith("start.ts") && id === "./main.ts"
      ? { id: "./cli-main.js", external: true }
      : undefined,
};

/** Files of YAML as the text that they are, so that presets are plain files and the bundles still need no other file. */
export const yamlAsText = {
  name: "yaml-as-text",
  transform: (text, id) =>
    id.endsWith(".yml") ? { code: `export default ${JSON.stringify(text)};`, moduleType: "js" } : undefined,
};

/**
 * js-yaml without its schemas and its writer, half of it, which nobody calls here. They are built when the package is
 * loaded, and how cannot be known to change nothing; as calls that are marked to do so they can be left out.
 */
export const yamlParserAlone = {
  name: "yaml-parser-alone",
  transform: (code, id) =>
    /[\\/]js-yaml[\\/]/.test(id)
      ? code.replace(/^var ([\w$]+) = ([\s\S]*?);\n(?=[^\t}]|$)/gm, (whole, name, value) =>
          /^class\b|^[^(`.]*$/.test(value) ? whole : `var ${name} = /* @__PURE__ */ (() => (${value}))();\n`,
        )
      : undefined,
};

/** Everything in ASCII: the engine then takes a byte for a character, which loads faster and in half of the memory. */
export const asciiOnly = {
  name: "ascii-only",
  renderChunk: (code) =>
    code.replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
};

/**
 * Modules of Node by `require`. An import makes Node look at every export of the module, and some of them are only loaded
 * when somebody looks: `node:fs` would bring all streams along, `node:util` a differ and its colours.
 */
export const nodeByRequire = {
  name: "node-by-require",
  renderChunk: (code) => {
    const imports = /^import (?:(?:\* as )?([\w$]+))?(?:, )?(\{[^}]*\})? from ("(?!node:module")[^"]+");$/gm;
    const required = code.replace(imports, (_, whole, names, module) =>
      [whole, names?.replaceAll(" as ", ": ")]
        .filter((bound) => bound !== undefined)
        .map((bound) => `const ${bound} = builtin(${module});`)
        .join("\n"),
    );
    const begin = `import { createRequire as createBuiltin } from "node:module";
const builtin = createBuiltin(import.meta.url);
`;
    return required.replace(/^(#!.*\n)?/, (first) => first + begin);
  },
};
