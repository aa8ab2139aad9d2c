/** From typing the command until the program is of use, beside Node.js that does nothing. */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sharedClockMs } from "../run/cpu.ts";
import { BIN, eventOf, spawnProgram, startHub, stopProgram } from "../run/hub-process.ts";
import { interleave } from "../run/interleave.ts";
import type { Row } from "../run/row.ts";

export const start: Row = {
  name: "start",
  async *run({ directory, repetitions }) {
    const ofHub = await interleave(repetitions, () => startOfHub(directory), startOfNode);
    yield { what: "start of the hub until it listens", size: "a new network", unit: "ms", ...ofHub, goal: null };
    const hub = await startHub(["--memory"], directory);
    const clients = { started: 0 };
    try {
      const connect = () => startOfClient(join(directory, `home-${clients.started++}`), hub.port);
      const ofClient = await interleave(repetitions, connect, startOfNode);
      const what = "start of a client until it is connected and verified";
      yield { what, size: "a new identity", unit: "ms", ...ofClient, goal: null };
    } finally {
      await hub.stop();
    }
  },
};

async function startOfHub(home: string): Promise<number> {
  const hub = await startHub(["--memory"], home);
  await hub.stop();
  return hub.startMs;
}

async function startOfClient(home: string, port: number): Promise<number> {
  mkdirSync(home);
  const startedMs = sharedClockMs();
  const client = spawnProgram(BIN.client, ["--json", "--spectate", "--hub", `127.0.0.1:${port}`], home);
  await eventOf(client, "connected");
  const tookMs = sharedClockMs() - startedMs;
  await stopProgram(client);
  return tookMs;
}

function startOfNode(): Promise<number> {
  const startedMs = sharedClockMs();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--eval", "0"], { stdio: "ignore" });
    child.once("error", reject);
    child.once("exit", () => resolve(sharedClockMs() - startedMs));
  });
}
