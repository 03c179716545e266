import * as z from "zod/mini";
import { kpis } from "../measure/index.ts";
import { configSchema } from "./schema.ts";

/** The JSON Schema (draft 7) of the configuration, with every KPI by name, for completion and checks in editors. */
export function jsonSchema(): unknown {
  const schema = z.toJSONSchema(configSchema, { target: "draft-7" }) as unknown as {
    properties: { phases: { items: { properties: { kpis: { additionalProperties: unknown } } } } };
  };
  const { kpis: byName } = schema.properties.phases.items.properties;
  const rule = byName.additionalProperties;
  const properties = Object.fromEntries(
    Object.entries(kpis).map(([name, { label, definition }]) => [
      name,
      { description: `${label}. ${definition}`, allOf: [{ $ref: "#/definitions/rule" }] },
    ]),
  );
  const prefixes = new Set(["history", ...Object.keys(kpis).map((name) => name.split(".", 1)[0]!)]);
  const scoped = Object.keys(kpis).filter((name) => /^(?:tests|coverage)\./.test(name));
  const patternProperties = {
    [`^(?:${scoped.join("|").replaceAll(".", "\\.")})@.+$`]: { $ref: "#/definitions/rule" },
    // Any name that does not begin like one of ours is a KPI of the user's own.
    [`^(?!(?:${[...prefixes].join("|")})\\.)[A-Za-z][\\w.:-]*$`]: { $ref: "#/definitions/rule" },
  };
  Object.assign(byName, {
    type: "object",
    properties,
    patternProperties,
    additionalProperties: false,
    minProperties: 1,
  });
  Reflect.deleteProperty(byName, "propertyNames");
  const anyOf = [{ required: ["phases"] }, { required: ["extends"] }];
  return { title: "Phase Gate configuration", ...schema, anyOf, definitions: { rule } };
}
