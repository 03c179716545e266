/** Keywords whose keys are names that somebody chose, so that a key there is never a keyword. */
const named = new Set(["paths", "properties", "schemas", "parameters", "responses", "content"]);

type Keywords = Readonly<Record<string, unknown>>;

/**
 * An OpenAPI 3.0 description as ajv understands it: `nullable` becomes a type, and every object is closed
 * that is not explicitly open, so that a misspelt property is found on either side.
 */
export function prepared(part: object): object {
  return described(part, false) as object;
}

function described(part: unknown, names: boolean): unknown {
  if (Array.isArray(part)) return part.map((item) => described(item, false));
  if (typeof part !== "object" || part === null) return part;
  const copied = Object.entries(part).map(([key, value]) => [
    key,
    described(value, !names && named.has(key)),
  ]);
  const copy = Object.fromEntries(copied) as Keywords;
  return names ? copy : closed(nulled(copy));
}

function nulled(schema: Keywords): Keywords {
  const { nullable, ...rest } = schema;
  if (nullable !== true) return schema;
  // ajv knows `nullable` beside a type, but then refuses null where an enum does not list it.
  if (typeof rest.type !== "string") return { anyOf: [rest, { type: "null" }] };
  const listed = Array.isArray(rest.enum) ? { enum: [...(rest.enum as unknown[]), null] } : {};
  return { ...rest, ...listed, type: [rest.type, "null"] };
}

function closed(schema: Keywords): Keywords {
  const open = schema.properties === undefined || schema.additionalProperties !== undefined;
  return open ? schema : { ...schema, additionalProperties: false };
}
