import { createServer, type Socket } from "node:net";
import { describe, test } from "vitest";
import { testPath } from "../runner/bytes.ts";
import { type ActionResult, type ActionRun, runAction } from "../runner/run-action.ts";
import { rounds } from "./share.ts";

/** In full, or the share of `npm test`: these wait in real time. */
const full = rounds > 1_000;

const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";

/** What a server does once there is a connection. */
const servers = {
  "never answers": () => {},
  "answers a byte a second": (socket: Socket) => trickle(socket, `${head}[${" ".repeat(1_000)}]`),
  "sends a byte a second of the head of its answer": (socket: Socket) => trickle(socket, head.repeat(20)),
} as const satisfies Readonly<Record<string, (socket: Socket) => void>>;

function trickle(socket: Socket, text: string): void {
  let sent = 0;
  const timer = setInterval(() => socket.write(text[sent++] ?? ""), 1_000);
  socket.on("close", () => clearInterval(timer));
}

/** Runs the gate where the API is such a server; seconds from the beginning, or from the signal. */
async function against(
  kind: keyof typeof servers,
  run: Partial<ActionRun>,
  signal?: NodeJS.Signals,
): Promise<ActionResult & { readonly seconds: number }> {
  const sockets = new Set<Socket>();
  let begin = Date.now();
  let kill: (signal: NodeJS.Signals) => void = () => {};
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}).on("data", () => {}));
    servers[kind](socket);
    if (signal === undefined || sockets.size > 1) return;
    begin = Date.now();
    kill(signal);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  try {
    const result = await runAction({
      checkout: testPath("..", "examples", "failing"),
      apiUrl: `http://127.0.0.1:${port}`,
      onStart: (send) => (kill = send),
      ...run,
      inputs: { config: "phase-gate.yml", publish: "comment,check", ...run.inputs },
    });
    return { ...result, seconds: (Date.now() - begin) / 1000 };
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const push = { name: "push", payload: "{}" };
const kinds = Object.keys(servers) as (keyof typeof servers)[];
const said = "could not be written: GitHub did not answer several times before";

describe.concurrent("an API that", () => {
  test.for(full ? kinds : [])(
    "%s costs half a minute and no verdict",
    { timeout: 120_000 },
    async (kind, { expect }) => {
      const { exitCode, outputs, log, seconds } = await against(kind, { event: push });
      expect([exitCode, outputs["outcome"]], log).toEqual([1, "fail"]);
      expect(log).toContain(`not published: check run (the check run "Phase Gate" ${said})`);
      expect(seconds).toBeLessThan(45);
    },
  );

  test.for(full ? kinds : [])(
    "%s on a pull request costs a minute",
    { timeout: 120_000 },
    async (kind, { expect }) => {
      const { exitCode, outputs, log, seconds } = await against(kind, {});
      // Whether the change asks for less than its base nobody can say then.
      expect([exitCode, outputs["outcome"]], log).toEqual([2, "error"]);
      expect(log).toContain(`not published: comment (the comment ${said})`);
      expect(seconds).toBeLessThan(75);
    },
  );

  test.for(full ? kinds : kinds.slice(0, 1))(
    "%s holds up no job that is cancelled",
    { timeout: 60_000 },
    async (kind, { expect }) => {
      const { exitCode, outputs, seconds } = await against(kind, { event: push }, "SIGINT");
      expect([exitCode, outputs["outcome"]]).toEqual([130, "error"]);
      expect(seconds).toBeLessThan(5);
    },
  );
});
