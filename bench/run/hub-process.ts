/** `pos-hub` itself, as a user starts it. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { sharedClockMs } from "./cpu.ts";

export const BIN = {
  hub: join(import.meta.dirname, "..", "..", "packages", "hub", "bin", "pos-hub.js"),
  client: join(import.meta.dirname, "..", "..", "packages", "client", "bin", "pos-client.js"),
};

export interface HubProcess {
  readonly pid: number;
  readonly port: number;
  /** From before it was started until it said that it listens. */
  readonly startMs: number;
  readonly stop: () => Promise<void>;
}

let isBuilt = false;

/** The bundles, built from the sources as they are. */
export function buildPrograms(): void {
  if (isBuilt) return;
  isBuilt = true;
  execFileSync(process.execPath, [join(import.meta.dirname, "..", "..", "scripts", "build.ts")], { stdio: "inherit" });
}

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A program of ours with its own home, and nothing of the developer's settings. */
export function spawnProgram(bin: string, args: readonly string[], home: string): ChildProcess {
  buildPrograms();
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_DATA_HOME: join(home, "data"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** Resolves with the first line that a program prints with this event. What comes later is read and dropped. */
export function eventOf<T>(child: ChildProcess, name: string): Promise<T> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error("started without an output to read");
    const lines = createInterface({ input: child.stdout });
    const onLine = (line: string): void => {
      const event: T & { event: string } = JSON.parse(line);
      if (event.event !== name) return;
      lines.off("line", onLine);
      lines.on("line", () => {});
      resolve(event);
    };
    lines.on("line", onLine);
    child.once("exit", (code) => reject(new Error(`it has ended (exit ${code}) before it said ${name}`)));
  });
}

export async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** @param place `--memory`, or `--data DIR` */
export async function startHub(
  place: readonly string[],
  home: string,
  more: readonly string[] = [],
): Promise<HubProcess> {
  const startedMs = sharedClockMs();
  const child = spawnProgram(BIN.hub, ["--json", "--port", "0", ...place, ...more], home);
  const { url } = await eventOf<{ url: string }>(child, "listening");
  const startMs = sharedClockMs() - startedMs;
  return { pid: child.pid ?? 0, port: Number(new URL(url).port), startMs, stop: () => stopProgram(child) };
}
