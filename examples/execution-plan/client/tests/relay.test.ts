import { describe, expect, test } from "vitest";
import { createClient, Refused } from "../src/relay.ts";

/** A relay that gives these answers, one after the other; null breaks the connection. */
function relay(...answers: readonly (readonly [number, object] | null)[]) {
  const asked: string[] = [];
  const send = async (url: string | URL | Request, init?: RequestInit) => {
    asked.push(`${init?.method ?? "GET"} ${String(url)}`);
    const answer = answers[asked.length - 1];
    if (!answer) throw new TypeError("fetch failed");
    return new Response(JSON.stringify(answer[1]), { status: answer[0] });
  };
  return { client: createClient("http://relay", send), asked };
}

const session = { id: "a1", owner: "ada", done: 0 };

describe("the client", () => {
  test("opens a session and finds it again", async () => {
    const { client, asked } = relay([201, session], [200, session]);
    expect(await client.open("ada")).toEqual(session);
    expect(await client.session("a1")).toEqual(session);
    expect(asked).toEqual(["POST http://relay/sessions", "GET http://relay/sessions/a1"]);
  });

  test("runs a workflow", async () => {
    const { client } = relay([200, { state: "done", cents: 1_990 }]);
    expect(await client.run("a1", { count: 1 }, ["price"])).toEqual({ state: "done", cents: 1_990 });
  });

  test("asks again when the connection breaks, and then gives up", async () => {
    expect(await relay(null, null, [201, session]).client.open("ada")).toEqual(session);
    const { client, asked } = relay(null, null, null, [201, session]);
    await expect(client.open("ada")).rejects.toThrow("fetch failed");
    expect(asked).toHaveLength(3);
  });

  test("says what was refused, and asks no second time", async () => {
    const { client, asked } = relay([404, { error: "no such session" }]);
    const refused = await client.session("none").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({ status: 404, message: "no such session" });
    expect(asked).toHaveLength(1);
  });
});
