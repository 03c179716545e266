import { expect, test } from "vitest";
import { ask, checkRuns, head, start } from "./client.ts";

test("a check run accumulates the annotations of its updates", async () => {
  const github = await start();
  const output = { title: "t", summary: "s", text: "x", annotations: annotations(50) };
  const made = await ask(github, "POST", checkRuns, {
    name: "gate",
    head_sha: head,
    external_id: "e",
    output,
  });
  expect(made.json).toMatchObject({
    status: "queued",
    conclusion: null,
    output: { annotations_count: 50 },
  });
  const { id } = made.json as { id: number };
  const more = { title: "t2", summary: "s2", annotations: annotations(21) };
  const done = { status: "completed", conclusion: "failure", output: more };
  const changed = await ask(github, "PATCH", `${checkRuns}/${id}`, done);
  expect(changed.json).toMatchObject({
    conclusion: "failure",
    output: { annotations_count: 71, text: null },
  });
  expect((await ask(github, "GET", `${checkRuns}/${id}`)).json).toEqual(changed.json);
  const seen = { id, name: "gate", headSha: head, externalId: "e", title: "t2", summary: "s2", text: null };
  expect(github.checkRuns).toMatchObject([{ ...seen, status: "completed", conclusion: "failure" }]);
  expect(github.checkRuns[0]?.annotations).toEqual([...annotations(50), ...annotations(21)]);
});

test("51 annotations in one request are refused", async () => {
  const github = await start();
  const output = { title: "t", summary: "s", annotations: annotations(51) };
  const refused = await ask(github, "POST", checkRuns, { name: "gate", head_sha: head, output });
  expect(refused.status).toBe(422);
  expect(refused.json).toMatchObject({
    message: "Invalid request.\n\nNo more than 50 items are allowed; 51 were supplied.",
    status: "422",
  });
  expect(github.checkRuns).toEqual([]);
});

test.each([
  ["an unknown property", { headSha: head }, '"headSha" is not a permitted key.'],
  [
    "an unknown property of the output",
    { output: { ...said(), body: "" } },
    '"body" is not a permitted key.',
  ],
  [
    "a summary too long",
    { output: said({ summary: "s".repeat(65_536) }) },
    "Only 65535 characters are allowed",
  ],
  ["a text too long", { output: said({ text: "s".repeat(65_536) }) }, "Only 65535 characters are allowed"],
  ["an output without a title", { output: { summary: "s" } }, '"title" wasn\'t supplied.'],
  ["a completed run without a conclusion", { status: "completed" }, '"conclusion" wasn\'t supplied.'],
  ["a conclusion that GitHub alone sets", { conclusion: "stale" }, "only GitHub can set"],
  ["a conclusion that does not exist", { conclusion: "passed" }, "is not a member of"],
  ["a time that is none", { started_at: "yesterday" }, "must match format"],
  ["a commit that cannot exist", { head_sha: "main" }, "No commit found for SHA: main"],
  ["an annotation's title too long", { output: noted({ title: "t".repeat(256) }) }, "only 255 characters"],
  ["an annotation's message too long", { output: noted({ message: "m".repeat(65_537) }) }, "only 64 KB"],
  ["columns on several lines", { output: noted({ end_line: 2, start_column: 1 }) }, "only with start_line"],
  [
    "an annotation's level that does not exist",
    { output: noted({ annotation_level: "error" }) },
    "not a member",
  ],
])("%s is refused", async (_, wrong, message) => {
  const github = await start();
  const refused = await ask(github, "POST", checkRuns, { name: "gate", head_sha: head, ...wrong });
  expect(refused.status).toBe(422);
  expect((refused.json as { message: string }).message).toContain(message);
  expect(github.checkRuns).toEqual([]);
});

test("an update cannot move a check run to another commit", async () => {
  const github = await start();
  const { json } = await ask(github, "POST", checkRuns, { name: "gate", head_sha: head });
  const path = `${checkRuns}/${(json as { id: number }).id}`;
  expect((await ask(github, "PATCH", path, { head_sha: head })).status).toBe(422);
  expect((await ask(github, "PATCH", path, { status: "completed" })).status).toBe(422);
});

test("the newest check run of each name is listed, or all when asked for", async () => {
  const github = await start();
  for (const name of ["gate", "lint", "gate"]) await ask(github, "POST", checkRuns, { name, head_sha: head });
  await ask(github, "POST", checkRuns, { name: "gate", head_sha: "c".repeat(40) });
  const [old, lint, gate] = github.checkRuns.map(({ id }) => id);
  const listed = async (query: string, ref = head) => {
    const { json } = await ask(github, "GET", `/repos/acme/shop/commits/${ref}/check-runs${query}`);
    const { total_count, check_runs } = json as { total_count: number; check_runs: { id: number }[] };
    return [total_count, check_runs.map(({ id }) => id)];
  };
  expect(await listed("")).toEqual([2, [gate, lint]]);
  expect(await listed("", "heads%2Fchange")).toEqual([2, [gate, lint]]);
  expect(await listed("", "heads/change")).toEqual([2, [gate, lint]]);
  expect(await listed("?check_name=gate")).toEqual([1, [gate]]);
  expect(await listed("?check_name=gate&filter=all")).toEqual([2, [gate, old]]);
  expect(await listed("?filter=all&per_page=1&page=3")).toEqual([3, [old]]);
  expect(await listed("?status=completed")).toEqual([0, []]);
  expect(await listed("?app_id=15368")).toEqual([2, [gate, lint]]);
});

function annotations(count: number) {
  return Array.from({ length: count }, (_, index) =>
    annotation({ start_line: index + 1, end_line: index + 1 }),
  );
}

function annotation(more: object) {
  return { path: "a.ts", start_line: 1, end_line: 1, annotation_level: "warning", message: "m", ...more };
}

function said(more: object = {}) {
  return { title: "t", summary: "s", ...more };
}

function noted(more: object) {
  return said({ annotations: [annotation(more)] });
}
