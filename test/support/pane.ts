/** The real client in a pane of a real terminal, as a person starts it. */
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { Terminal } from "../../packages/client/test/support/terminal.ts";
import { temporaryHome } from "./temporary-home.ts";

export interface PaneOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Its home; shared by the panes of one machine. */
  readonly home?: string;
  readonly columns?: number;
  readonly rows?: number;
  /** A line of a shell that starts the program as "$@". */
  readonly shellLine?: string;
}

/** Long enough for a machine that is busy with other things. */
const PATIENCE_MS = 50_000;
/** For a test with several waits. */
export const PANE_TEST = { timeout: 180_000 };

const BIN = join(import.meta.dirname, "..", "..", "packages", "client", "bin", "pos-client.js");

/** A pane of 84×22, where nothing else is said. It is gone after the test. */
export function openPane(
  hubUrl: string,
  { args = [], env = {}, home = temporaryHome(), columns = 84, rows = 22, shellLine }: PaneOptions = {},
): Terminal {
  const words = [process.execPath, BIN, "--hub", hubUrl, ...args];
  const [command = "", ...rest] = shellLine === undefined ? words : ["sh", "-c", shellLine, "sh", ...words];
  const pane = new Terminal({
    command,
    args: rest,
    columns,
    rows,
    cwd: home,
    env: {
      HOME: home,
      USER: "tester",
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_DATA_HOME: join(home, "data"),
      ...env,
    },
    patienceMs: PATIENCE_MS,
  });
  onTestFinished(() => pane.close());
  return pane;
}

/** The rows of the chain's list as they stand on a screen of 84 columns: the indexes, from the top. */
export function chainIndexes(pane: Terminal): readonly number[] {
  return pane.lines().flatMap((line) => {
    const index = /^.{42}[│┃].{2} *(\d+) \S/u.exec(line)?.[1];
    return index === undefined ? [] : [Number(index)];
  });
}
