import { expect, test } from "vitest";
import { contractOf, type Operation } from "./contract.ts";

const { departure, operationFor } = contractOf();
const comment = "/repos/acme/shop/issues/comments/1";

test("a published operation is found by method and path, with its parameters decoded", () => {
  expect(found("GET", "/repos/acme/shop/commits/heads%2Fa/b/check-runs")).toMatchObject({
    id: "checks/list-for-ref",
    params: { owner: "acme", repo: "shop", ref: "heads/a/b" },
  });
  expect(operationFor("PUT", comment)).toBeUndefined();
  expect(operationFor("GET", `${comment}/reactions`)).toBeUndefined();
});

test.each([
  ["a property that is missing", 200, {}, "must have required property 'id'"],
  ["a status that is not published", 201, {}, "status 201 is not published"],
])("an answer departs by %s", (_, status, body, message) => {
  expect(departure(found("GET", comment), status, body)).toContain(message);
});

test("an answer departs by a property that is not published", () => {
  const list = found("GET", "/repos/acme/shop/commits/main/check-runs");
  const body = { total_count: 0, check_runs: [] };
  expect(departure(list, 200, body)).toBeUndefined();
  expect(departure(list, 200, { ...body, total: 0 })).toContain("must NOT have additional properties");
});

test("an answer departs by a body where none is published", () => {
  expect(departure(found("DELETE", comment), 204, undefined)).toBeUndefined();
  expect(departure(found("DELETE", comment), 204, {})).toContain("a body");
});

function found(method: string, path: string): Operation {
  const operation = operationFor(method, path);
  if (operation === undefined) throw new Error(`not found: ${method} ${path}`);
  return operation;
}

test.each(["openapi-ghes-3.17", "openapi-ghes-3.19"] as const)(
  "%s publishes the same operations; of an answer it keeps what it knows",
  (description) => {
    const enterprise = contractOf(description);
    for (const [method, path] of [
      ["GET", comment],
      ["POST", "/repos/acme/shop/check-runs"],
      ["GET", "/repos/acme/shop/actions/runs/1/artifacts"],
    ] as const)
      expect(enterprise.operationFor(method, path)?.id).toBe(operationFor(method, path)?.id);
    const list = enterprise.operationFor("GET", "/repos/acme/shop/commits/main/check-runs")!;
    const body = { total_count: 0, check_runs: [], news: 1 };
    expect(enterprise.departure(list, 200, body)).toBeUndefined();
    expect(body).toEqual({ total_count: 0, check_runs: [] });
  },
);
