import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { pathMatcher } from "./path.ts";
import { prepared } from "./schema.ts";
import { wording } from "./wording.ts";

/** One published operation, as a request addresses it. */
export interface Operation {
  readonly id: string;
  /** Where GitHub documents it; error answers carry this. */
  readonly docs: string;
  readonly path: string;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
}

interface Published {
  readonly operationId: string;
  readonly externalDocs: { readonly url: string };
  readonly parameters: readonly Parameter[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { readonly content?: unknown }>>;
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: "path" | "query";
  readonly required?: boolean;
  readonly schema: object;
}

interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Published>>>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> };
}

const text = readFileSync(new URL("openapi.json", import.meta.url), "utf8");
const contract = prepared(JSON.parse(text) as object) as Contract;

const bodies = new Ajv({ strict: false, verbose: true });
const parameters = new Ajv({ strict: false, verbose: true, coerceTypes: true });
addFormats.default(bodies);
addFormats.default(parameters);
bodies.addSchema(contract, "github");

const routes = Object.keys(contract.paths).map((path) => ({ path, match: pathMatcher(path) }));
const checkers = new Map<string, ValidateFunction>();

/** The published operation that answers this request; undefined: GitHub has it, perhaps, but not this fake. */
export function operationFor(method: string, pathname: string): Operation | undefined {
  for (const route of routes) {
    const params = route.match(pathname);
    const operation = contract.paths[route.path]?.[method.toLowerCase()];
    if (params === undefined || operation === undefined) continue;
    const { operationId: id, externalDocs } = operation;
    return { id, docs: externalDocs.url, path: route.path, method: method.toLowerCase(), params };
  }
  return undefined;
}

/** Whether what the path names could exist at all: an id that is no number cannot. */
export function addressable(operation: Operation): boolean {
  return checker(operation, "path")({ ...operation.params });
}

/** What GitHub would say against the query or the body; undefined: nothing. */
export function objection(operation: Operation, query: URLSearchParams, body: unknown): string | undefined {
  const checkQuery = checker(operation, "query");
  if (!checkQuery(Object.fromEntries(query))) return wording(checkQuery.errors?.[0]);
  if (published(operation).requestBody === undefined) return undefined;
  const checkBody = compiled(operation, "requestBody");
  return checkBody(body) ? undefined : wording(checkBody.errors?.[0]);
}

/** How an answer of the fake departs from what is published; undefined: not at all. */
export function departure(operation: Operation, status: number, body: unknown): string | undefined {
  const response = published(operation).responses[status];
  if (response === undefined) return `${operation.id}: status ${status} is not published`;
  if (response.content === undefined) return body === undefined ? undefined : `${operation.id}: a body`;
  const check = compiled(operation, `responses/${status}`);
  return check(body)
    ? undefined
    : `${operation.id}: ${bodies.errorsText(check.errors, { dataVar: "answer" })}`;
}

function published(operation: Operation): Published {
  const found = contract.paths[operation.path]?.[operation.method];
  if (found === undefined) throw new Error(`not in openapi.json: ${operation.method} ${operation.path}`);
  return found;
}

/** Checks the parameters in the path or in the query of an operation; they arrive as text. */
function checker(operation: Operation, where: Parameter["in"]): ValidateFunction {
  return cached(`${operation.id} ${where}`, () => {
    const all = published(operation)
      .parameters.map(resolved)
      .filter((parameter) => parameter.in === where);
    return parameters.compile({
      type: "object",
      properties: Object.fromEntries(all.map(({ name, schema }) => [name, schema])),
      required: all.filter(({ required }) => required === true).map(({ name }) => name),
      additionalProperties: false,
    });
  });
}

/** Checks the JSON body of a request or of an answer. */
function compiled(operation: Operation, part: string): ValidateFunction {
  return cached(`${operation.id} ${part}`, () => {
    const steps = [
      "paths",
      operation.path,
      operation.method,
      ...part.split("/"),
      "content",
      "application/json",
      "schema",
    ];
    const pointer = steps.map((step) => encodeURIComponent(step.replaceAll("/", "~1"))).join("/");
    return bodies.compile({ $ref: `github#/${pointer}` });
  });
}

function cached(key: string, make: () => ValidateFunction): ValidateFunction {
  const check = checkers.get(key) ?? make();
  checkers.set(key, check);
  return check;
}

function resolved(parameter: Parameter): Parameter {
  if (parameter.$ref === undefined) return parameter;
  const target = contract.components.parameters[parameter.$ref.split("/").at(-1) ?? ""];
  if (target === undefined) throw new Error(`dangling reference: ${parameter.$ref}`);
  return target;
}
