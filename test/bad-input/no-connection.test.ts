// Where a connection fails, a person is told in one sentence why, and what to do (DESIGN §10): real servers on both ends.
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer as createWebServer } from "node:http";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { WebSocketServer } from "ws";
import { certificate } from "../../packages/hub/test/gateway/support/certificate.ts";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";

async function portOf(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

/** The one line that a user gets, without what stands in all of them. */
async function reasonFor(url: string): Promise<string> {
  const { code, stdout, stderr } = await run("pos-client", ["blocks", "--hub", url]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  const start = `pos-client: ${url} cannot be reached: `;
  expect(stderr.slice(0, start.length)).toBe(start);
  expect(stderr.trimEnd()).not.toContain("\n");
  return stderr.slice(start.length).trimEnd();
}

it("wss:// to a hub without TLS: write ws://", async () => {
  const hub = await startHub();
  expect(await reasonFor(hub.url.replace("ws:", "wss:"))).toBe("it speaks no TLS: write ws:// in place of wss://");
});

it("ws:// to a hub with TLS: try wss://; and how to trust a certificate that nobody vouches for", async () => {
  const home = temporaryHome();
  const [certFile, keyFile] = [join(home, "cert.pem"), join(home, "key.pem")];
  writeFileSync(certFile, certificate.cert);
  writeFileSync(keyFile, certificate.key);
  const hub = await startHub({ args: ["--tls-cert", certFile, "--tls-key", keyFile] });
  expect(await reasonFor(hub.url.replace("wss:", "ws:"))).toBe(
    "the connection was cut; perhaps it speaks TLS: try wss://",
  );
  const untrusted = await reasonFor(hub.url);
  expect(untrusted).toMatch(/^no authority that this machine trusts has signed its certificate; if you trust it, /);
  expect(untrusted).toContain("NODE_EXTRA_CA_CERTS");
});

it.each([
  ["a web server that knows no such page", 404],
  ["a web server that answers all", 200],
])("%s: it is no hub", async (_, status) => {
  const server = createWebServer((_request, response) => response.writeHead(status).end("<html>"));
  const port = await portOf(server);
  expect(await reasonFor(`ws://127.0.0.1:${port}`)).toBe(
    `what answers there is no hub, but a web server (HTTP ${status})`,
  );
});

it.each([
  ["speaks something else", "SSH-2.0-nothing\r\n", "what answers there is no hub"],
  ["says nothing and hangs up", "", "the connection was cut; perhaps it speaks TLS: try wss://"],
])("who %s is no hub", async (_, banner, reason) => {
  const port = await portOf(createServer((socket) => socket.on("error", () => {}).end(banner)));
  expect(await reasonFor(`ws://127.0.0.1:${port}`)).toBe(reason);
});

it("another WebSocket server is no hub", async () => {
  const server = createWebServer();
  const port = await portOf(server);
  new WebSocketServer({ server, handleProtocols: () => false });
  expect(await reasonFor(`ws://127.0.0.1:${port}`)).toBe("what answers there is no hub");
});
