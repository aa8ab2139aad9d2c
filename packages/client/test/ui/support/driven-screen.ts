import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ClientEvent, Outcome, SessionState } from "../../../src/session/session.ts";
import type { ScreenOptions } from "../../../src/ui/screen-options.ts";
import { Terminal } from "../../support/terminal.ts";

/** What a test tells the program. */
export interface DrivenOrder {
  readonly set?: Partial<SessionState>;
  readonly event?: ClientEvent;
  readonly passMs?: number;
  readonly answer?: Outcome;
  /** Who took part in the draws that are fetched. */
  readonly names?: readonly string[];
  readonly breaks?: boolean;
}

export interface DrivenSetup {
  readonly socket: string;
  readonly state: Partial<SessionState>;
  readonly options: Partial<Omit<ScreenOptions, "stdin" | "stdout" | "now">>;
}

export interface DrivenOptions {
  readonly program: string;
  readonly columns: number;
  readonly rows: number;
  readonly state?: DrivenSetup["state"];
  readonly options?: DrivenSetup["options"];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A line of a shell that starts the program as "$@", to see what it leaves behind. */
  readonly shellLine?: string;
}

/** The real screen in a real pseudo-terminal, with the session in the test's hand. Its clock stands until the test lets time pass. */
export class DrivenScreen {
  readonly terminal: Terminal;
  /** What the screen asked the session for, in order. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #folder: string;
  readonly #connected: Promise<Socket>;
  readonly #watchers = new Set<() => void>();

  private constructor(terminal: Terminal, server: Server, folder: string, connected: Promise<Socket>) {
    this.terminal = terminal;
    this.#server = server;
    this.#folder = folder;
    this.#connected = connected;
  }

  /** Starts it and waits for its first frame. */
  static async start({
    program,
    columns,
    rows,
    state = {},
    options = {},
    env = {},
    shellLine,
  }: DrivenOptions): Promise<DrivenScreen> {
    const folder = await mkdtemp(join(tmpdir(), "pos-screen-"));
    const socket = join(folder, "socket");
    const { promise: connected, resolve } = Promise.withResolvers<Socket>();
    const server = createServer(resolve);
    await new Promise<void>((listening) => server.listen(socket, listening));
    const setup: DrivenSetup = { socket, state, options };
    const terminal = new Terminal({
      command: shellLine === undefined ? process.execPath : "sh",
      args: shellLine === undefined ? [program] : ["-c", shellLine, "sh", process.execPath, program],
      columns,
      rows,
      env: { DRIVEN_SETUP: JSON.stringify(setup), ...env },
    });
    const screen = new DrivenScreen(terminal, server, folder, connected);
    const input = await connected;
    const lines = createInterface({ input });
    // A program that was ended leaves what it had not read yet; the lines repeat that.
    for (const each of [input, lines]) each.on("error", () => {});
    lines.on("line", (line) => {
      screen.asked.push(line);
      for (const watcher of screen.#watchers) watcher();
    });
    const isUp = (): boolean => terminal.isAlternate || options.screenReader === true;
    await terminal.waitUntil(() => isUp() && terminal.text().trim() !== "", "a first frame");
    return screen;
  }

  async tell(order: DrivenOrder): Promise<void> {
    (await this.#connected).write(`${JSON.stringify(order)}\n`);
  }

  /** The process id of the program itself, also where a shell started it. */
  async pid(): Promise<number> {
    const pidOf = (): string | undefined => this.asked.find((each) => each.startsWith("pid "));
    await this.#whenHeard(() => pidOf() !== undefined);
    return Number(pidOf()?.slice(4));
  }

  /** Waits until the screen has asked for something. */
  whenAsked(what: string): Promise<void> {
    return this.#whenHeard(() => this.asked.includes(what));
  }

  #whenHeard(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!holds()) return;
        this.#watchers.delete(check);
        resolve();
      };
      this.#watchers.add(check);
      check();
    });
  }

  async close(): Promise<void> {
    this.terminal.close();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
