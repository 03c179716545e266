import type { ReadFile } from "../model/evidence.ts";
import { InputError, refuse } from "../model/problem.ts";
import { isObject, type Json, kindOf, readJson } from "./text/json.ts";
import type { Bytes } from "./text/window.ts";

/** A number somewhere in a JSON document of any form. https://www.rfc-editor.org/rfc/rfc6901 */
export interface Pointer {
  /** Name that the number gets. */
  readonly kpi: string;
  readonly pointer: string;
  readonly unit?: string;
}

/** Reads the number that a JSON Pointer leads to. Problems are returned; nothing is thrown for them. */
export function readPointed(path: string, source: Bytes, { kpi, pointer, unit }: Pointer): ReadFile {
  try {
    const value = follow(readJson(source, path), pointer, path);
    if (typeof value !== "number" || !Number.isFinite(value)) {
      const found = typeof value === "number" ? `${value}, not a finite number` : kindOf(value);
      bad(`${pointer || "the document"} is ${found}; ${kpi} must be a number`, path);
    }
    // The file is part of the series, so that several files are several values.
    const sample = { name: kpi, labels: `{file=${JSON.stringify(path)}}`, value, from: { file: path } };
    const metrics = [{ ...sample, ...(unit === undefined ? {} : { unit }) }];
    return { path, format: "json", facts: { kind: "metrics", metrics }, problems: [] };
  } catch (error) {
    if (error instanceof InputError) return { path, format: "json", problems: [error.problem] };
    throw error;
  }
}

function follow(document: Json, pointer: string, file: string): Json {
  let at = document;
  let walked = "";
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const next = Array.isArray(at)
      ? item(at, key)
      : isObject(at) && Object.hasOwn(at, key)
        ? at[key]
        : undefined;
    if (next === undefined) bad(`holds nothing at ${walked}/${step}${instead(at)}`, file);
    at = next;
    walked += `/${step}`;
  }
  return at;
}

function item(list: readonly Json[], key: string): Json | undefined {
  return /^(?:0|[1-9]\d{0,8})$/.test(key) ? list[Number(key)] : undefined;
}

/** What there is where nothing was found. */
function instead(at: Json): string {
  if (Array.isArray(at)) return `; there is a list of ${at.length}`;
  if (!isObject(at)) return "";
  const keys = Object.keys(at).slice(0, 5);
  return keys.length === 0 ? "; the object there is empty" : `; there are ${keys.join(", ").slice(0, 120)}`;
}

function bad(message: string, file: string): never {
  const hint = "Correct the `value` under `custom`: a JSON Pointer such as /totals/0/percent.";
  refuse({ code: "bad-value", message: message.slice(0, 300), at: { file }, hint });
}
