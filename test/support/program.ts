/** The real programs as a user starts them, each in a home of its own, gone after the test however it ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFailed, onTestFinished } from "vitest";
import { Inbox } from "./inbox.ts";

export type ProgramName = "pos-hub" | "pos-client";

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  /** Its home, and the directory that it works in. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
}

const LINES_SHOWN = 12;
/** None of them outlives the tests. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

const packages = join(import.meta.dirname, "..", "..", "packages");
const binOf: Readonly<Record<ProgramName, string>> = {
  "pos-hub": join(packages, "hub", "bin", "pos-hub.js"),
  "pos-client": join(packages, "client", "bin", "pos-client.js"),
};

export class Program {
  readonly child: ChildProcess;
  /** Of standard output, without their ends. */
  readonly lines = new Inbox<string>();
  /** Resolves when it has ended and everything that it said was read. */
  readonly ended: Promise<Ended>;
  #stderr = "";

  /** @param name one of ours, or the path of a script */
  constructor(name: string, args: readonly string[], { home, env = {} }: ProgramOptions) {
    const bin = isOurs(name) ? binOf[name] : name;
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: home,
      // Nothing of the developer's own settings.
      env: {
        PATH: process.env.PATH,
        HOME: home,
        USER: "tester",
        XDG_CONFIG_HOME: join(home, "config"),
        XDG_DATA_HOME: join(home, "data"),
        ...env,
      },
      stdio: "pipe",
    });
    this.child = child;
    createInterface({ input: child.stdout }).on("line", (line) => this.lines.add(line));
    child.stderr.on("data", (chunk) => {
      this.#stderr += chunk;
    });
    // Who has ended reads no more; that it has, `ended` tells.
    child.stdin.on("error", () => {});
    this.ended = new Promise((resolve) => {
      child.once("close", (code, signal) => {
        const ended: Ended = { code, stdout: this.lines.all.map((line) => `${line}\n`).join(""), stderr: this.#stderr };
        this.lines.end(new Error(`${name} has ended (${signal ?? `exit ${code}`}): ${this.#stderr}`));
        resolve(ended);
      });
    });
    running.add(child);
    void this.ended.then(() => running.delete(child));
    onTestFinished(async () => {
      await this.kill();
    });
    onTestFailed(() => {
      const last = this.lines.all.slice(-LINES_SHOWN);
      const said = last.map((line) => line.slice(0, 300)).join("\n");
      process.stderr.write(`--- ${name} ${args.join(" ").slice(0, 200)}\n${said}\n${this.#stderr.slice(-2_000)}\n`);
    });
  }

  /** What it has said on standard error so far. */
  get stderr(): string {
    return this.#stderr;
  }

  /** Writes to its standard input, as it is. */
  write(text: string | Buffer): void {
    this.child.stdin?.write(text);
  }

  /** Ends its standard input. */
  endInput(): void {
    this.child.stdin?.end();
  }

  /** Asks it to end, as Ctrl-C does. */
  stop(signal: NodeJS.Signals = "SIGINT"): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }

  /** Ends it at once, by its own process id. */
  kill(): Promise<Ended> {
    return this.stop("SIGKILL");
  }
}

function isOurs(name: string): name is ProgramName {
  return Object.hasOwn(binOf, name);
}
