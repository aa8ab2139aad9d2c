// The whole network at one command: a hub, three bots and, on a terminal, a validator's screen. Leaving the screen ends
// everything. Without a terminal it prints plain lines and ends after three blocks.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const BLOCKS_WITHOUT_A_SCREEN = 3;
const root = join(import.meta.dirname, "..");
const hubBin = join(root, "packages/hub/bin/pos-hub.js");
const clientBin = join(root, "packages/client/bin/pos-client.js");

const home = await mkdtemp(join(tmpdir(), "pos-demo-"));
const env = { ...process.env, XDG_CONFIG_HOME: join(home, "config"), XDG_DATA_HOME: join(home, "data") };
const children = new Set<ChildProcess>();
let isEnding = false;

/** One of the demo's programs. One that ends by itself before its time ends the demo, and says why. */
function start(name: string, bin: string, args: string[], stdio: "inherit" | "pipe"): ChildProcess {
  const output = stdio === "inherit" ? "inherit" : "pipe";
  const child = spawn(process.execPath, [bin, ...args], {
    env,
    stdio: [stdio === "inherit" ? "inherit" : "ignore", output, "inherit"],
  });
  children.add(child);
  child.once("exit", (code, signal) => {
    children.delete(child);
    if (isEnding) return;
    if (stdio === "pipe") process.stderr.write(`demo: the ${name} ended by itself (${signal ?? `exit ${code}`})\n`);
    void end(stdio === "inherit" ? (code ?? 1) : 1);
  });
  return child;
}

async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  const running = [...children];
  const ended = running.map((child) => new Promise((resolve) => child.once("exit", resolve)));
  for (const child of running) child.kill("SIGTERM");
  const forced = setTimeout(() => {
    for (const child of running) child.kill("SIGKILL");
  }, 5_000);
  await Promise.all(ended);
  clearTimeout(forced);
  await rm(home, { recursive: true, force: true });
  process.exitCode = code;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));

function linesOf(child: ChildProcess, take: (line: string) => void): void {
  if (child.stdout === null) throw new Error("the output is not a pipe");
  createInterface({ input: child.stdout }).on("line", take);
}

/** The hub's or a client's JSON line. */
function eventOf(line: string): { event?: string; url?: string } {
  return JSON.parse(line) as { event?: string; url?: string };
}

const onTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
const hub = start("hub", hubBin, ["--port", "0", "--round", "10s", "--memory", "--network", "demo", "--json"], "pipe");
linesOf(hub, (line) => {
  const { event, url } = eventOf(line);
  if (event === "listening" && url !== undefined) startClients(url);
});

function startClients(url: string): void {
  const bots = start("bots", clientBin, ["--hub", url, "--bots", "3", "--stake", "100", "--json"], "pipe");
  // Read, so that the pipe never fills.
  linesOf(bots, () => {});
  if (onTerminal) {
    start("screen", clientBin, ["--hub", url, "--stake", "100"], "inherit");
    return;
  }
  process.stdout.write(`A hub at ${url}, three bots and this client, with rounds of 10 seconds.\n`);
  let blocks = 0;
  const client = start("client", clientBin, ["--hub", url, "--stake", "100", "--auto-bpm"], "pipe");
  linesOf(client, (line) => {
    if (isEnding) return;
    process.stdout.write(`${line}\n`);
    if (/ won block \d+/.test(line)) blocks += 1;
    if (blocks >= BLOCKS_WITHOUT_A_SCREEN) void end(0);
  });
}
