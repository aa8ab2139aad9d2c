import { join } from "node:path";
import { onTestFinished } from "vitest";
import { Terminal } from "../../packages/client/test/support/terminal.ts";
import { temporaryHome } from "./temporary-home.ts";

const bin = join(import.meta.dirname, "..", "..", "packages", "client", "bin", "pos-client.js");

export interface ScreenOptions {
  readonly args?: readonly string[];
  readonly home?: string;
  readonly columns?: number;
  readonly rows?: number;
}

export interface Screen {
  readonly terminal: Terminal;
  readonly home: string;
}

/** The real `pos-client` on a real pseudo-terminal, of the size that a pane mostly has. */
export function startScreen(
  hubUrl: string,
  { args = [], home = temporaryHome(), columns = 84, rows = 22 }: ScreenOptions = {},
): Screen {
  const terminal = new Terminal({
    command: process.execPath,
    args: [bin, "--hub", hubUrl, ...args],
    columns,
    rows,
    cwd: home,
    env: { HOME: home, USER: "tester", XDG_CONFIG_HOME: join(home, "config"), XDG_DATA_HOME: join(home, "data") },
    patienceMs: 50_000,
  });
  onTestFinished(() => terminal.close());
  return { terminal, home };
}
