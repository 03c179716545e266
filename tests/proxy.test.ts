import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startGitHub } from "./github/server.ts";
import { testPath } from "./runner/bytes.ts";
import { runAction } from "./runner/run-action.ts";

/** A proxy on loopback that counts what goes through it, by tunnel or by whole address. */
async function startProxy() {
  let passed = 0;
  const server = createServer((incoming, outgoing) => {
    passed += 1;
    const { method, headers } = incoming;
    const onward = request(incoming.url ?? "", { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  server.on("connect", (incoming, socket) => {
    passed += 1;
    const [host = "", port = ""] = (incoming.url ?? "").split(":");
    const onward = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, passed: () => passed };
}

test.each([
  ["through the proxy that HTTP_PROXY names", {}, true],
  ["past the proxy to a host in NO_PROXY", { NO_PROXY: "localhost,127.0.0.1" }, false],
])("requests go %s", async (_, env, through) => {
  const github = await startGitHub();
  onTestFinished(() => github.close());
  const proxy = await startProxy();
  const { exitCode, log } = await runAction({
    checkout: testPath("..", "examples", "quickstart"),
    apiUrl: github.url,
    inputs: { config: "phase-gate.yml" },
    env: { HTTP_PROXY: proxy.url, ...env },
  });
  expect([exitCode, github.comments.length, github.checkRuns.length], log).toEqual([0, 1, 1]);
  expect(proxy.passed() > 0).toBe(through);
});

test("requests reach a server with a certificate of its own through a tunnel", async () => {
  const github = await startGitHub();
  onTestFinished(() => github.close());
  const folder = mkdtempSync(join(tmpdir(), "phase-gate-tls-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...made, "-keyout", key, "-out", cert, ...names], {
    stdio: "ignore",
  });
  const secure = createSecureServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (incoming, outgoing) => {
      const { method, headers } = incoming;
      const onward = request(new URL(incoming.url ?? "/", github.url), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(onward);
    },
  );
  secure.listen(0, "127.0.0.1");
  await new Promise((resolve) => secure.once("listening", resolve));
  onTestFinished(() => {
    secure.close();
    secure.closeAllConnections();
  });
  const proxy = await startProxy();
  const run = (env: Readonly<Record<string, string>>) =>
    runAction({
      checkout: testPath("..", "examples", "quickstart"),
      apiUrl: `https://localhost:${(secure.address() as AddressInfo).port}`,
      inputs: { config: "phase-gate.yml", publish: "check" },
      env: { HTTPS_PROXY: proxy.url, ...env },
    });
  const trusted = await run({ NODE_EXTRA_CA_CERTS: cert });
  expect([trusted.exitCode, github.checkRuns.length], trusted.log).toEqual([0, 1]);
  expect(proxy.passed()).toBeGreaterThan(0);
});
