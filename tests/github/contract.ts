import { readFileSync } from "node:fs";
import { Ajv, type Options, type ValidateFunction } from "ajv";
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

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Published>>>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> };
}

/** GitHub itself, or an Enterprise server of that version. */
export type Description = "openapi" | "openapi-ghes-3.17" | "openapi-ghes-3.19";

/** What one description says of requests and answers. */
export interface Contract {
  /** The published operation that answers this request; undefined: GitHub has it, perhaps, but not this fake. */
  readonly operationFor: (method: string, pathname: string) => Operation | undefined;
  /** Whether what the path names could exist at all: an id that is no number cannot. */
  readonly addressable: (operation: Operation) => boolean;
  /** What GitHub would say against the query or the body; undefined: nothing. */
  readonly objection: (operation: Operation, query: URLSearchParams, body: unknown) => string | undefined;
  /**
   * How an answer of the fake departs from what is published; undefined: not at all. The fake answers as GitHub does;
   * what an Enterprise server does not publish is taken out of the answer.
   */
  readonly departure: (operation: Operation, status: number, body: unknown) => string | undefined;
}

const contracts = new Map<Description, Contract>();

export function contractOf(description: Description = "openapi"): Contract {
  const contract = contracts.get(description) ?? compile(description);
  contracts.set(description, contract);
  return contract;
}

function compile(description: Description): Contract {
  const text = readFileSync(new URL(`${description}.json`, import.meta.url), "utf8");
  const document = prepared(JSON.parse(text) as object) as Document;
  const requests = validator({});
  const parameters = validator({ coerceTypes: true });
  const answers = validator({ removeAdditional: description !== "openapi" });
  for (const ajv of [requests, answers]) ajv.addSchema(document, "github");
  const routes = Object.keys(document.paths).map((path) => ({ path, match: pathMatcher(path) }));
  const checkers = new Map<string, ValidateFunction>();

  function published(operation: Operation): Published {
    const found = document.paths[operation.path]?.[operation.method];
    if (found === undefined) throw new Error(`not in ${description}: ${operation.method} ${operation.path}`);
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
  function compiled(ajv: Ajv, operation: Operation, part: string): ValidateFunction {
    return cached(`${operation.id} ${part}`, () => {
      const { path, method } = operation;
      const steps = ["paths", path, method, ...part.split("/"), "content", "application/json", "schema"];
      const pointer = steps.map((step) => encodeURIComponent(step.replaceAll("/", "~1"))).join("/");
      return ajv.compile({ $ref: `github#/${pointer}` });
    });
  }

  function cached(key: string, make: () => ValidateFunction): ValidateFunction {
    const check = checkers.get(key) ?? make();
    checkers.set(key, check);
    return check;
  }

  function resolved(parameter: Parameter): Parameter {
    if (parameter.$ref === undefined) return parameter;
    const target = document.components.parameters[parameter.$ref.split("/").at(-1) ?? ""];
    if (target === undefined) throw new Error(`dangling reference: ${parameter.$ref}`);
    return target;
  }

  return {
    operationFor(method, pathname) {
      for (const route of routes) {
        const params = route.match(pathname);
        const operation = document.paths[route.path]?.[method.toLowerCase()];
        if (params === undefined || operation === undefined) continue;
        const { operationId: id, externalDocs } = operation;
        return { id, docs: externalDocs.url, path: route.path, method: method.toLowerCase(), params };
      }
      return undefined;
    },
    addressable: (operation) => checker(operation, "path")({ ...operation.params }),
    objection(operation, query, body) {
      const checkQuery = checker(operation, "query");
      if (!checkQuery(Object.fromEntries(query))) return wording(checkQuery.errors?.[0]);
      if (published(operation).requestBody === undefined) return undefined;
      const checkBody = compiled(requests, operation, "requestBody");
      return checkBody(body) ? undefined : wording(checkBody.errors?.[0]);
    },
    departure(operation, status, body) {
      const response = published(operation).responses[status];
      if (response === undefined) return `${operation.id}: status ${status} is not published`;
      if (response.content === undefined) return body === undefined ? undefined : `${operation.id}: a body`;
      const check = compiled(answers, operation, `responses/${status}`);
      return check(body)
        ? undefined
        : `${operation.id}: ${answers.errorsText(check.errors, { dataVar: "answer" })}`;
    },
  };
}

function validator(options: Options): Ajv {
  const ajv = new Ajv({ strict: false, verbose: true, ...options });
  addFormats.default(ajv);
  return ajv;
}
