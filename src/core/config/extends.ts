import type { Place, Problem } from "../model/problem.ts";
import { type Layer, readLayer } from "./layer.ts";
import { nearest } from "./nearest.ts";
import { presetFile, presets } from "./presets/index.ts";

/** Text of a file of the same repository, by a path like that of the configuration; or what is wrong with it. */
export type ReadText = (path: string) => { readonly text: string } | { readonly wrong: string };

/** Most steps from a file to what it extends, and most files that one configuration is made of. */
const maxSteps = 8;
const maxLayers = 32;

/**
 * Everything that a configuration extends and then itself: what comes later decides. Of a list, later entries decide
 * over earlier ones.
 */
export function withExtended(own: Layer, read: ReadText): readonly Layer[] | readonly Problem[] {
  let count = 0;
  const problems: Problem[] = [];

  function collect(layer: Layer, trail: readonly string[]): readonly Layer[] {
    const { extends: given = [] } = layer.raw;
    const names = typeof given === "string" ? [given] : given;
    const extended = names.flatMap((name, i) => {
      const at = layer.yaml.place(typeof given === "string" ? ["extends"] : ["extends", i]);
      const found = find(name, layer.file, trail, at);
      if ("code" in found) {
        problems.push(found);
        return [];
      }
      const read = readLayer(found.text, found.file);
      if (!("raw" in read)) {
        problems.push(...read);
        return [];
      }
      return collect(read, [...trail, found.file]);
    });
    return [...extended, layer];
  }

  function find(
    name: string,
    from: string,
    trail: readonly string[],
    at: Place,
  ): { readonly text: string; readonly file: string } | Problem {
    if (++count > maxLayers) return wrong(at, `more than ${maxLayers} files are extended`);
    if (!/[./\\]/.test(name)) {
      if (Object.hasOwn(presets, name)) return { text: presets[name]!, file: presetFile(name) };
      const meant = nearest(name, Object.keys(presets));
      const known = Object.keys(presets).join(", ");
      return wrong(
        at,
        `no preset is called "${name}"${meant ? `, did you mean "${meant}"?` : ""}`,
        `Presets: ${known}. A file is named by its path, such as ./${name}.yml.`,
      );
    }
    if (/^[a-z][a-z0-9+.-]+:|@/i.test(name)) {
      return wrong(
        at,
        `"${name}" is not a file of this repository`,
        "Nothing is downloaded; copy the file here.",
      );
    }
    const file = pathFrom(from, name);
    if (trail.includes(file)) {
      const circle = [...trail.slice(trail.indexOf(file)), file].join(" -> ");
      return wrong(at, `extends itself: ${circle}`, "Take one of these `extends` out.");
    }
    if (trail.length > maxSteps) return wrong(at, `extends more than ${maxSteps} files one behind the other`);
    const result = read(file);
    return "text" in result
      ? { text: result.text, file }
      : wrong(at, `${file} ${result.wrong}`, "The path is relative to the folder of the file that names it.");
  }

  const layers = collect(own, [own.file]);
  return problems.length > 0 ? problems : layers;
}

function wrong(at: Place, message: string, hint?: string): Problem {
  const problem: Problem = { code: "config-extends", severity: "error", message, at };
  return hint === undefined ? problem : { ...problem, hint };
}

/** A path from the folder of a file, without `.` and `a/..`. */
function pathFrom(file: string, path: string): string {
  const slashed = path.replaceAll("\\", "/");
  const folder = file.replaceAll("\\", "/").split("/").slice(0, -1);
  const parts: string[] = [];
  for (const part of [...(slashed.startsWith("/") ? [""] : folder), ...slashed.split("/")]) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== ".." && parts.at(-1) !== "") parts.pop();
    else if (part !== "." && (part !== "" || parts.length === 0)) parts.push(part);
  }
  return parts[0] === "" && !slashed.startsWith("/") && folder[0] !== ""
    ? parts.slice(1).join("/")
    : parts.join("/");
}
