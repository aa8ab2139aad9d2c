/**
 * A real program in a real pseudo-terminal of a real size, read as a person would: by what stands on the screen.
 * The bytes go through a terminal emulator, so that nothing depends on how they were sent.
 */
import { type IPty, spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";

export interface TerminalOptions {
  readonly command: string;
  readonly args?: readonly string[];
  readonly columns: number;
  readonly rows: number;
  readonly cwd?: string;
  /** Added to a small environment of a terminal; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How long a wait may take before it is given up; 20 s where nothing is said. */
  readonly patienceMs?: number;
}

export interface Ended {
  readonly code: number;
  readonly signal: number;
}

const GIVE_UP_MS = 20_000;
const SYNCHRONIZED = 2026;

export class Terminal {
  readonly #pty: IPty;
  readonly #emulator: InstanceType<typeof headless.Terminal>;
  readonly #patienceMs: number;
  readonly #watchers = new Set<() => void>();
  readonly #sequences: string[] = [];
  #received = "";
  #title = "";
  #bells = 0;
  #isInFrame = false;
  #ended: Ended | undefined;

  constructor({
    command,
    args = [],
    columns,
    rows,
    cwd = process.cwd(),
    env = {},
    patienceMs = GIVE_UP_MS,
  }: TerminalOptions) {
    this.#patienceMs = patienceMs;
    this.#emulator = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
    this.#emulator.onTitleChange((title) => {
      this.#title = title;
    });
    this.#emulator.onBell(() => {
      this.#bells++;
    });
    // Between these two (synchronized output, mode 2026) a frame is on its way: nobody would see it yet.
    for (const final of ["h", "l"]) {
      this.#emulator.parser.registerCsiHandler({ prefix: "?", final }, (params) => {
        if (params[0] === SYNCHRONIZED) this.#isInFrame = final === "h";
        return false;
      });
    }
    for (const code of [9, 52]) {
      this.#emulator.parser.registerOscHandler(code, (data) => {
        this.#sequences.push(`${code};${data}`);
        return true;
      });
    }
    const environment: Record<string, string> = {};
    const wanted = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LANG: "C.UTF-8",
      TZ: "UTC",
      TERM: "xterm-256color",
      COLORTERM: "truecolor",
      ...env,
    };
    for (const [name, value] of Object.entries(wanted)) if (value !== undefined) environment[name] = value;
    this.#pty = spawn(command, [...args], { name: "xterm-256color", cols: columns, rows, cwd, env: environment });
    this.#pty.onData((data) => {
      this.#received += data;
      this.#emulator.write(data, () => this.#changed());
    });
    this.#pty.onExit(({ exitCode, signal }) => {
      // What came last is still on its way through the emulator.
      this.#emulator.write("", () => {
        this.#ended = { code: exitCode, signal: signal ?? 0 };
        this.#changed();
      });
    });
  }

  /** What stands on the screen, a line each, blanks at the right cut. */
  lines(): readonly string[] {
    const { active } = this.#emulator.buffer;
    return Array.from(
      { length: this.#emulator.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? "",
    );
  }

  /** The screen as one text. */
  text(): string {
    return this.lines().join("\n");
  }

  /** The emulator itself, for colours and cells. */
  get emulator(): InstanceType<typeof headless.Terminal> {
    return this.#emulator;
  }

  /** All bytes that came, as text. */
  get received(): string {
    return this.#received;
  }

  get title(): string {
    return this.#title;
  }

  get bells(): number {
    return this.#bells;
  }

  /** Notices (OSC 9) and copies to the clipboard (OSC 52) as `9;text` and `52;c;base64`. */
  get sequences(): readonly string[] {
    return this.#sequences;
  }

  /** Is the alternate screen shown, as full-screen programs do? */
  get isAlternate(): boolean {
    return this.#emulator.buffer.active.type === "alternate";
  }

  get ended(): Ended | undefined {
    return this.#ended;
  }

  /** The process id of the program. */
  get pid(): number {
    return this.#pty.pid;
  }

  type(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#emulator.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** Waits until the screen shows a text, and gives the screen. */
  waitFor(text: string | RegExp): Promise<string> {
    return this.waitUntil(
      () => (typeof text === "string" ? this.text().includes(text) : text.test(this.text())),
      String(text),
    );
  }

  /** Waits until the screen no longer shows a text. */
  waitForNo(text: string | RegExp): Promise<string> {
    return this.waitUntil(
      () => !(typeof text === "string" ? this.text().includes(text) : text.test(this.text())),
      `no ${text}`,
    );
  }

  waitUntil(holds: () => boolean, what: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.#watchers.delete(check);
        settle();
      };
      const fail = (why: string): void => finish(() => reject(new Error(`${why}: ${what}\n${this.text()}`)));
      const check = (): void => {
        if (holds()) finish(() => resolve(this.text()));
        else if (this.#ended !== undefined) fail(`the program ended with ${this.#ended.code} before`);
      };
      const timer = setTimeout(() => fail("this never came"), this.#patienceMs);
      this.#watchers.add(check);
      if (!this.#isInFrame) check();
    });
  }

  /** Waits until the program has ended. */
  async end(): Promise<Ended> {
    await this.waitUntil(() => this.#ended !== undefined, "the end of the program");
    return this.#ended ?? { code: -1, signal: 0 };
  }

  signal(name: "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGKILL"): void {
    this.#pty.kill(name);
  }

  /** Ends the program, whatever it does. */
  close(): void {
    if (this.#ended === undefined) this.#pty.kill("SIGKILL");
    this.#emulator.dispose();
  }

  #changed(): void {
    if (this.#isInFrame && this.#ended === undefined) return;
    for (const watcher of [...this.#watchers]) watcher();
  }
}
