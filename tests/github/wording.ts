import type { ErrorObject } from "ajv";

/** What ajv objects to, in GitHub's words where those are known. */
export function wording(error: ErrorObject | undefined): string {
  if (error === undefined) return "";
  const params = error.params as Readonly<Record<string, unknown>>;
  const given = String(JSON.stringify(error.data));
  const where = error.instancePath.replace(/\/(?=\D)/g, "/properties/").slice(1);
  switch (error.keyword) {
    case "additionalProperties":
      return `"${String(params.additionalProperty)}" is not a permitted key.`;
    case "required":
      return `"${String(params.missingProperty)}" wasn't supplied.`;
    case "enum":
      return `For '${where}', ${given} is not a member of ${JSON.stringify(params.allowedValues)}.`;
    case "maxItems":
      return `No more than ${String(params.limit)} items are allowed; ${sizeOf(error.data)} were supplied.`;
    case "maxLength":
      return `Only ${String(params.limit)} characters are allowed; ${sizeOf(error.data)} were supplied.`;
    default:
      return `For '${where}', ${given.slice(0, 80)} ${error.message ?? "is invalid"}.`;
  }
}

function sizeOf(data: unknown): number {
  if (typeof data === "string") return Array.from(data).length;
  return Array.isArray(data) ? data.length : 0;
}
