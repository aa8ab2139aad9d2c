// A hub that cannot be reached, is another one than last time, or is none at all (DESIGN §9, §10).
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { Program } from "../support/program.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { startValidator } from "../support/validator.ts";

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  server.close();
  await once(server, "close");
  return address.port;
}

it("ends with one line and exit code 1 where --once says so", async () => {
  const port = await freePort();
  const { code, stderr } = await run("pos-client", ["--hub", `127.0.0.1:${port}`, "--once", "--stake", "100"]);
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^pos-client: .*127\\.0\\.0\\.1:${port}.*\n$`));
});

it.each([["blocks", "--hub"], ["verify"], ["compare"]])(
  "ends with exit code 1 in %s, which tries once",
  async (...words) => {
    const port = await freePort();
    const ended = await run("pos-client", [...words, `ws://127.0.0.1:${port}`]);
    expect(ended).toEqual({
      code: 1,
      stdout: "",
      stderr: `pos-client: ws://127.0.0.1:${port} cannot be reached: nobody listens there\n`,
    });
  },
);

it("says in lines that it tries again, and with --once only why there is no connection", async () => {
  const port = await freePort();
  const once = await run("pos-client", ["--hub", `127.0.0.1:${port}`, "--once", "--spectate"]);
  expect(once.stdout).toMatch(/no connection: nobody listens there\n/);
  const waiting = new Program("pos-client", ["--hub", `127.0.0.1:${port}`, "--spectate"], { home: temporaryHome() });
  await waiting.lines.take((line) => line.includes("no connection: nobody listens there. Trying again (1)"));
  await waiting.stop();
});

it("waits for a hub that is not up yet, says so, and joins when it is", async () => {
  const port = await freePort();
  const { events } = startClient(`ws://127.0.0.1:${port}`, { args: ["--stake", "100", "--bpm", "72"] });
  const { reason, attempt } = await events.waitFor("disconnected");
  expect(attempt).toBe(1);
  expect(reason).not.toBe("");
  await startHub({ args: ["--port", String(port)] });
  await events.waitFor("winner", ({ you }) => you);
});

it("keeps its stake and its proposals through a restart of the hub", async () => {
  const home = temporaryHome();
  const hub = await startHub({ home });
  const { port } = new URL(hub.url);
  const { events } = startClient(hub.url, { args: ["--stake", "100", "--bpm", "72"] });
  const before = await events.waitFor("winner", ({ you }) => you);
  await hub.kill();
  await events.waitFor("disconnected");
  await startHub({ home, args: ["--port", port] });
  await events.waitFor("reconnected");
  const after = await events.waitFor("winner", ({ you, index }) => you && index > before.index + 1);
  expect(events.all("alarm")).toEqual([]);
  const indexes = events.all("winner").map(({ index }) => index);
  expect(indexes).toEqual(indexes.map((_, i) => (indexes[0] ?? 0) + i));
  expect(after.stake).toBe(100);
});

it("tells that another network is at a known address, and joins it", async () => {
  const home = temporaryHome();
  const first = await startHub();
  const { port } = new URL(first.url);
  const before = startClient(first.url, { args: ["--stake", "100"], home });
  await before.events.waitFor("staked");
  await before.program.stop();
  await first.stop();
  const second = await startHub({ args: ["--port", port] });

  const after = startClient(second.url, { args: ["--stake", "100"], home });
  expect(await after.events.waitFor("newNetwork")).toMatchObject({ expected: first.chainId, actual: second.chainId });
  expect(await after.events.waitFor("connected")).toMatchObject({ chainId: second.chainId });
  expect(await after.events.waitFor("staked")).toMatchObject({ bonded: 100 });
});

it("does not join another network than --chain names, and says both", async () => {
  const hub = await startHub();
  const other = "ab".repeat(32);
  const { code, stdout, stderr } = await run("pos-client", ["--hub", hub.url, "--chain", other, "--stake", "100"]);
  expect(code).toBe(1);
  expect(stdout).not.toContain("joined");
  expect(stderr).toMatch(/^pos-client: .+\n$/);
  expect(stderr).toContain(other);
  expect(stderr).toContain(hub.chainId);
  expect(await hub.get("/api/validators")).toMatchObject({ total: 0 });
});

it("is told apart from something that is no hub", async () => {
  const server = createServer((socket) => socket.end("SSH-2.0-nothing\r\n")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  const { code, stderr } = await run("pos-client", ["--hub", `127.0.0.1:${address.port}`, "--once"]);
  server.close();
  expect(code).toBe(1);
  expect(stderr).toMatch(/^pos-client: .+\n$/);
});

it("stays with the hub it has, whatever one validator there does", async () => {
  const hub = await startHub();
  const { events } = startClient(hub.url, { args: ["--stake", "100", "--bpm", "72"] });
  await events.waitFor("winner");
  const { person, client } = await startValidator(hub, 100);
  await client.propose(person, "abc");
  expect(await events.waitFor("slashed")).toMatchObject({ name: person.name, kind: "bpm", amount: 100 });
  await events.waitFor("winner", ({ you }) => you);
  expect(events.all("alarm")).toEqual([]);
  expect(events.all("disconnected")).toEqual([]);
});
