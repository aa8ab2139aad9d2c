/** Taking the port, TLS, and a graceful stop (DESIGN §9, §10). */
import { get } from "node:https";
import { expect, test } from "vitest";
import { startGateway } from "../../src/gateway/gateway.ts";
import { createTelemetry } from "../../src/telemetry/telemetry.ts";
import { certificate } from "./support/certificate.ts";
import { connect, TestClient } from "./support/client.ts";
import { slashing, startLoudHub } from "./support/loud-hub.ts";
import { RawClient } from "./support/raw-client.ts";
import { startTestHub } from "./support/test-hub.ts";

const OPTIONS = { host: "127.0.0.1", port: 0, version: "0.0.0", token: null, tls: null };
const noLog = { event: () => {} };

test("a listening hub says where", async () => {
  const hub = await startTestHub();
  const { url, http, port } = hub.gateway;
  expect([url, http]).toEqual([`ws://127.0.0.1:${port}`, `http://127.0.0.1:${port}`]);
  expect(hub.events).toEqual([
    { name: "listening", fields: { url, http, chainId: hub.port.chainId, network: "test" } },
  ]);
});

test("a port in use is an error that names it", async () => {
  const hub = await startTestHub();
  const { port } = hub.gateway;
  const second = await startGateway({ ...OPTIONS, port }, hub.port, createTelemetry(), noLog);
  expect(second).toEqual({ ok: false, error: { code: "PORT_IN_USE", port } });
});

test("a host that is not this machine's is an error that names it", async () => {
  const hub = await startTestHub();
  const started = await startGateway({ ...OPTIONS, host: "192.0.2.1" }, hub.port, createTelemetry(), noLog);
  expect(started).toEqual({ ok: false, error: { code: "HOST_UNKNOWN", host: "192.0.2.1" } });
});

test("a certificate that is none is an error", async () => {
  const hub = await startTestHub();
  const tls = { cert: "no certificate", key: "no key" };
  const started = await startGateway({ ...OPTIONS, tls }, hub.port, createTelemetry(), noLog);
  expect(started).toMatchObject({ ok: false, error: { code: "BAD_CERTIFICATE" } });
});

test("with a certificate both sides are encrypted", async () => {
  const hub = await startTestHub({ gateway: { tls: certificate } });
  const { url, http, port } = hub.gateway;
  expect([url, http]).toEqual([`wss://127.0.0.1:${port}`, `https://127.0.0.1:${port}`]);
  const client = await connect(hub, { ca: certificate.cert });
  expect(await client.request({ type: "blocks", from: 1, limit: 10 })).toMatchObject({ type: "blocks" });
  const status = await new Promise((resolve) => {
    get(`${http}/healthz`, { ca: certificate.cert }, (response) => resolve(response.resume().statusCode));
  });
  expect(status).toBe(200);
});

test("a hub that stops sends what it has to tell, then says goodbye to everybody", async () => {
  const { hub, tell } = await startLoudHub();
  const clients = [await connect(hub), await connect(hub)];
  await Promise.all(clients.map((client) => client.request({ type: "subscribe" })));
  tell(slashing(10));
  await hub.gateway.close();
  for (const client of clients) {
    expect(await client.closed).toEqual({ code: 1001, reason: "HUB_STOPPING" });
    expect(client.inbox).toMatchObject([{ type: "slashed" }]);
  }
});

test("who does not answer the goodbye is cut off", async () => {
  const hub = await startTestHub({ gateway: { limits: { closeTimeoutMs: 20 } } });
  const deaf = new RawClient(hub);
  deaf.shakeHands();
  const half = new RawClient(hub);
  half.socket.write("GET / HTTP/1.1\r\n");
  await connect(hub);
  await hub.gateway.close();
  expect(await deaf.closing()).toEqual({ code: 1001, reason: "HUB_STOPPING" });
});

test("so is who connects to an encrypted hub and says nothing", async () => {
  const hub = await startTestHub({ gateway: { tls: certificate, limits: { closeTimeoutMs: 20 } } });
  const silent = new RawClient(hub);
  await new Promise((resolve) => silent.socket.once("connect", resolve));
  await connect(hub, { ca: certificate.cert });
  const ended = new Promise((resolve) => silent.socket.once("close", resolve));
  await hub.gateway.close();
  await ended;
});

test("after the stop the port is free again", async () => {
  const hub = await startTestHub();
  const { port, url } = hub.gateway;
  await connect(hub);
  await hub.gateway.close();
  const again = await startGateway({ ...OPTIONS, port }, hub.port, createTelemetry(), noLog);
  expect(again).toMatchObject({ ok: true, value: { url } });
  if (!again.ok) return;
  await new TestClient(url).greeted();
  await again.value.close();
});
