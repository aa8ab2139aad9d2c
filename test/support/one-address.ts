// Run by a test in a network of its own, which has one address that is no loopback: starts a hub there, asks more of it
// than one address may, and prints what became of it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";

export interface OneAddressOrder {
  /** The hub's program. */
  readonly bin: string;
  readonly address: string;
  /** The hub's limits. */
  readonly args: readonly string[];
  readonly connections: number;
  readonly messages: number;
  readonly requests: number;
}

export interface OneAddressOutcome {
  /** Of each connection: let in, or the reason of its close. */
  readonly connections: readonly string[];
  /** What each message of one connection was answered with. */
  readonly messages: readonly string[];
  /** Of each HTTP request: its status, and the code where it was refused. */
  readonly requests: readonly string[];
  /** Seconds, of the last HTTP request that was refused. */
  readonly retryAfter: string | null;
  /** What three handshakes are answered with after all that. */
  readonly handshakes: readonly number[];
}

const order: OneAddressOrder = JSON.parse(process.argv[2] ?? "");
const args = ["--memory", "--port", "0", "--host", order.address, "--json", ...order.args];
const hub = spawn(process.execPath, [order.bin, ...args], { stdio: ["ignore", "pipe", "inherit"] });
// Whatever goes wrong here, the hub ends with it.
process.on("exit", () => hub.kill("SIGKILL"));
const { url, http } = await new Promise<{ url: string; http: string }>((resolve, reject) => {
  hub.on("close", () => reject(new Error("the hub has ended")));
  createInterface({ input: hub.stdout }).on("line", (line) => {
    const event = JSON.parse(line);
    if (event.event === "listening") resolve(event);
  });
});
const tried = Array.from({ length: order.connections }, () => new WebSocket(url, ["pos.v1"]));
const connections = await Promise.all(tried.map(becameOf));
const open = tried[connections.indexOf("let in")];
const messages = open === undefined ? [] : await answersOf(open, order.messages);
const requests: string[] = [];
let retryAfter: string | null = null;
for (let i = 0; i < order.requests; i++) {
  const response = await fetch(`${http}/api/status`);
  const body = (await response.json()) as { readonly error?: { readonly code: string } };
  requests.push([response.status, body.error?.code ?? []].flat().join(" "));
  retryAfter = response.headers.get("retry-after") ?? retryAfter;
}
const handshakes = await Promise.all([1, 2, 3].map(statusOfHandshake));
const outcome: OneAddressOutcome = { connections, messages, requests, retryAfter, handshakes };
process.stdout.write(`${JSON.stringify(outcome)}\n`);
process.exit();

function becameOf(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.on("error", () => {});
    socket.on("message", () => resolve("let in"));
    socket.on("close", (_status, reason) => resolve(reason.toString()));
  });
}

/** Pings at once, and what each of them was told. */
async function answersOf(socket: WebSocket, count: number): Promise<string[]> {
  const answers: string[] = [];
  const all = new Promise<void>((resolve) => {
    socket.on("message", (data) => {
      const message = JSON.parse(data.toString());
      answers.push(message.code ?? message.type);
      if (answers.length === count) resolve();
    });
  });
  for (let i = 0; i < count; i++) socket.send(JSON.stringify({ type: "ping", id: `p${i}` }));
  await all;
  return answers;
}

function statusOfHandshake(): Promise<number> {
  const socket = new WebSocket(url, ["pos.v1"]);
  return new Promise((resolve) => {
    socket.on("error", () => {});
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
  });
}
