/** A program's screen at 80×24, in a pseudo-terminal, as a person sees it. */
import { homeDirOf } from "../../../packages/client/src/config/home-dir.ts";
import { Terminal } from "../../../packages/client/test/support/terminal.ts";
import { cpuMicrosOf, residentBytesOf, sharedClockMs } from "../../run/cpu.ts";
import { BIN, buildPrograms } from "../../run/hub-process.ts";

const COLUMNS = 80;
const ROWS = 24;
const PATIENCE_MS = 60_000;

// Clearing the whole screen flickers, and clearing the scrollback takes what is not ours.
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
const CLEARS = /\x1b\[[23]J/;

const MICROS_PER_S = 1_000_000;

/** What a pane sent and spent in a stretch of time. */
export interface Spent {
  /** Sent to the terminal, a second. */
  readonly bytesPerS: number;
  /** CPU time in seconds. */
  readonly cpuS: number;
}

export class Pane {
  readonly terminal: Terminal;
  /** On the clock of all processes. */
  readonly startedMs: number;

  private constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    this.startedMs = sharedClockMs();
    this.terminal = new Terminal({
      command: process.execPath,
      args,
      columns: COLUMNS,
      rows: ROWS,
      env,
      patienceMs: PATIENCE_MS,
    });
  }

  /** Any program of Node's. */
  static of(...args: readonly string[]): Pane {
    return new Pane(args, {});
  }

  /** `pos-client` as it is released, with a home of its own. */
  static ofClient(home: string, args: readonly string[]): Pane {
    buildPrograms();
    return new Pane([BIN.client, ...args], homeVariables(home));
  }

  /** Milliseconds from its start until the screen shows something. */
  async shows(what: string | RegExp): Promise<number> {
    await this.terminal.waitFor(what);
    return sharedClockMs() - this.startedMs;
  }

  /** Milliseconds from a key press until the screen is as it has to be after it. */
  async press(keys: string, holds: () => boolean): Promise<number> {
    const startedMs = sharedClockMs();
    this.terminal.type(keys);
    await this.terminal.waitUntil(holds, `what ${JSON.stringify(keys)} does`);
    return sharedClockMs() - startedMs;
  }

  /** What it sends and spends while one waits. */
  async spend(wait: () => Promise<void>): Promise<Spent> {
    const { terminal } = this;
    const [from, micros, startedMs] = [terminal.received.length, cpuMicrosOf(terminal.pid), sharedClockMs()];
    await wait();
    const cpuS = (cpuMicrosOf(terminal.pid) - micros) / MICROS_PER_S;
    const bytes = Buffer.byteLength(terminal.received.slice(from));
    return { bytesPerS: (bytes * 1_000) / (sharedClockMs() - startedMs), cpuS };
  }

  residentBytes(): number {
    return residentBytesOf(this.terminal.pid);
  }

  /** Ends it. Throws where it ever cleared the screen, or raised an alarm: then nothing of it counts. */
  async close(): Promise<void> {
    const { terminal } = this;
    const text = terminal.text();
    terminal.signal("SIGTERM");
    await terminal.end();
    terminal.close();
    if (CLEARS.test(terminal.received)) throw new Error("the screen was cleared as a whole, which flickers");
    if (text.includes("ALARM")) throw new Error(`an alarm was raised:\n${text}`);
  }
}

/** Where a client keeps its things whose home is this. */
export function homeDirIn(home: string): string {
  return homeDirOf({ name: process.platform, userHome: home }, homeVariables(home), undefined);
}

function homeVariables(home: string): Record<string, string> {
  return { HOME: home, XDG_CONFIG_HOME: `${home}/config`, XDG_CACHE_HOME: `${home}/cache` };
}
