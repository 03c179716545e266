const words: Readonly<Record<string, null | boolean>> = {
  "": null,
  "~": null,
  null: null,
  Null: null,
  NULL: null,
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
};

/** A tag of the core schema and what a value of it is. */
const tags: Readonly<Record<string, (value: unknown) => boolean>> = {
  "!!null": (value) => value === null,
  "!!bool": (value) => typeof value === "boolean",
  "!!int": (value) => Number.isInteger(value),
  "!!float": (value) => typeof value === "number",
};

/**
 * The value of a scalar in the core schema of YAML 1.2 (10.3.2): a text, unless it is plain and looks like nothing, a truth
 * value or a number. `undefined` where it is not what its tag says, and for tags of other schemas.
 */
export function scalarValue(text: string, plain: boolean, tag: string | undefined): unknown {
  if (tag === "!!str" || tag === "!") return text;
  if (tag === undefined) return plain ? implied(text) : text;
  const value = implied(text);
  return tags[tag]?.(value) === true ? value : undefined;
}

function implied(text: string): unknown {
  // A thousand to many, and 1 in YAML: kept as it is written, so that whoever reads a number of it can ask.
  if (/^\d{1,3}\.000$/.test(text)) return text;
  if (Object.hasOwn(words, text)) return words[text];
  if (/^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/.test(text)) return Number(text);
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
  const special = /^([-+])?\.(?:inf|Inf|INF)$/.exec(text);
  if (special) return special[1] === "-" ? -Infinity : Infinity;
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? Number.NaN : text;
}
