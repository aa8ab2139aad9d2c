// Makes the README's pictures from the real programs: a hub, four validators, and a screen on which one round is played
// from the BPM to the winner. Run by `npm run screenshots` after `npm run build`; takes about four minutes.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Terminal } from "../packages/client/test/support/terminal.ts";
import { DARK, terminalSvg } from "./screenshots/terminal-svg.ts";

const root = join(import.meta.dirname, "..");
const pictures = join(root, "docs", "pictures");
const sizes = [
  { columns: 84, rows: 22 },
  { columns: 120, rows: 40 },
];
const others = [
  { name: "bob", stake: 300 },
  { name: "carol", stake: 180 },
  { name: "dave", stake: 100 },
  { name: "erin", stake: 60 },
];
/** Blocks before the first picture, so that the lists are not empty. */
const HISTORY = 12;
/** Rounds to wait for a win of one's own. */
const MOST_ROUNDS = 25;

const home = await mkdtemp(join(tmpdir(), "pos-pictures-"));
const env = {
  ...process.env,
  HOME: home,
  XDG_CONFIG_HOME: join(home, "config"),
  XDG_DATA_HOME: join(home, "data"),
  TZ: "UTC",
};
const children: ChildProcess[] = [];

function start(program: "hub" | "client", args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [join(root, `packages/${program}/bin/pos-${program}.js`), ...args], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  return child;
}

async function urlOf(hub: ChildProcess): Promise<string> {
  if (hub.stdout === null) throw new Error("the hub has no output");
  for await (const line of createInterface({ input: hub.stdout })) {
    const { event, url } = JSON.parse(line);
    if (event === "listening") {
      hub.stdout.resume();
      return url;
    }
  }
  throw new Error("the hub never listened");
}

async function photograph(terminal: Terminal, name: string): Promise<void> {
  await writeFile(join(pictures, `${name}.svg`), terminalSvg(terminal.emulator, DARK));
  process.stdout.write(`docs/pictures/${name}.svg\n`);
}

/** Is a round open for long enough to type a BPM, and is no draw shown? A win that stands there already would tell nothing. */
function isPlayable(text: string): boolean {
  return /\[OPEN\][^\n]* [2-5]s /.test(text) && !text.includes("Draw #") && !text.includes("YOU WON");
}

/** One round in three pictures, one that is won. */
async function playRound(terminal: Terminal, size: string): Promise<void> {
  await terminal.waitFor("Balance");
  if (terminal.text().includes("one block a round")) terminal.type("H");
  await terminal.waitFor(new RegExp(`#${HISTORY}\\b`));
  for (let played = 1; played <= MOST_ROUNDS; played++) {
    // The draw of the round before is over: what comes after the BPM is the draw that it takes part in.
    await terminal.waitUntil(() => isPlayable(terminal.text()), "an open round without the draw of the one before");
    terminal.type("72");
    await terminal.waitFor("72▏");
    await photograph(terminal, `${size}-1-bpm`);
    terminal.type("\r");
    await terminal.waitFor("accepted at");
    await terminal.waitFor("Draw #");
    await photograph(terminal, `${size}-2-draw`);
    await terminal.waitFor("★ lowest");
    await photograph(terminal, `${size}-3-winner`);
    if (terminal.text().includes("YOU WON")) return;
  }
  throw new Error(`no round of ${MOST_ROUNDS} was won at ${size}; run it again`);
}

try {
  await mkdir(pictures, { recursive: true });
  const hub = start("hub", ["--memory", "--port", "0", "--round", "8s", "--json"]);
  const url = await urlOf(hub);
  const hubEnded = new Promise<never>((_, reject) =>
    hub.once("exit", (code) => reject(new Error(`the hub ended with ${code}`))),
  );
  for (const { name, stake } of others) {
    start("client", [
      "--hub",
      url,
      "--name",
      name,
      "--stake",
      String(stake),
      "--auto-bpm",
      "60-100",
      "--json",
    ]).stdout?.resume();
  }
  const terminals = sizes.map(({ columns, rows }, i) => ({
    size: `${columns}x${rows}`,
    terminal: new Terminal({
      command: process.execPath,
      args: [
        join(root, "packages/client/bin/pos-client.js"),
        "--hub",
        url,
        "--name",
        i === 0 ? "alice" : "anna",
        "--stake",
        "200",
      ],
      columns,
      rows,
      env,
      patienceMs: 180_000,
    }),
  }));
  await Promise.race([hubEnded, Promise.all(terminals.map(({ terminal, size }) => playRound(terminal, size)))]);
  for (const { terminal } of terminals) terminal.close();
} finally {
  for (const child of children) child.kill("SIGTERM");
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);
