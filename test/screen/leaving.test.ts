// Whichever way the real program ends, the shell is as it was (TUI rule 10).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import type { Terminal } from "../../packages/client/test/support/terminal.ts";
import { startHub } from "../support/hub.ts";
import { openPane, PANE_TEST } from "../support/pane.ts";
import { temporaryHome } from "../support/temporary-home.ts";

/** The program from a shell that says, after it, how it ended and in which mode the terminal is. */
const SHELL_LINE =
  'echo "shell $$"; "$@"; echo "ended with $?"; stty -a | tr " ;" "\\n\\n" | grep -E "^-?(icanon|echo|isig)$" | sort | tr "\\n" " "; echo done';

async function expectShellAsItWas(pane: Terminal, code: number): Promise<void> {
  const text = await pane.waitFor(/done$/m);
  expect(pane.isAlternate).toBe(false);
  expect(text).toContain(`ended with ${code}`);
  expect(text).toContain("echo icanon isig done");
  expect(text).not.toMatch(/ {4}at |Error:/);
  expect(pane.emulator.modes.bracketedPasteMode).toBe(false);
  expect(pane.received.lastIndexOf("\u001b[?25h")).toBeGreaterThan(pane.received.lastIndexOf("\u001b[?25l"));
  expect(pane.received.lastIndexOf("\u001b[23;2t")).toBeGreaterThan(pane.received.lastIndexOf("\u001b[22;2t"));
}

describe("the real program", PANE_TEST, () => {
  const start = async (...args: readonly string[]): Promise<Terminal> => {
    const hub = await startHub({ round: "60s" });
    const pane = openPane(hub.url, { args: ["--name", "anna", ...args], shellLine: SHELL_LINE });
    await pane.waitFor(args.length === 0 ? "Enter token balance" : "Stake 100");
    return pane;
  };

  test("q asks while stake is locked; q again leaves, exit 0", async () => {
    const pane = await start("--stake", "100");
    pane.type("q");
    await pane.waitFor("100 tokens stay staked");
    pane.type("q");
    await expectShellAsItWas(pane, 0);
  });

  test("q asks while a BPM is unsent; Enter leaves, exit 0", async () => {
    const pane = await start("--stake", "100");
    // While a BPM is typed, q belongs to it.
    pane.type("7q");
    await pane.waitFor("BPM ▸ 7q▏");
    pane.type("\u0003");
    await pane.waitFor("The BPM 7q is not sent.");
    pane.type("\r");
    await expectShellAsItWas(pane, 0);
  });

  test("q leaves at once where nothing is staked or unsent, exit 0", async () => {
    const pane = await start();
    pane.type("\u001b");
    await pane.waitForNo("Enter token balance");
    pane.type("q");
    await expectShellAsItWas(pane, 0);
  });

  test("Ctrl-C twice, exit 130", async () => {
    const pane = await start("--stake", "100");
    pane.type("\u0003\u0003");
    await expectShellAsItWas(pane, 130);
  });

  /** Starts it with a home in which it leaves its own process id: it takes the place of the shell that wrote that down. */
  const startKnown = async (env: Readonly<Record<string, string>> = {}) => {
    const hub = await startHub({ round: "60s" });
    const home = temporaryHome();
    const shellLine = SHELL_LINE.replace('"$@"', () => `sh -c 'echo $$ > "$HOME/pid"; exec "$@"' sh "$@"`);
    const pane = openPane(hub.url, { home, args: ["--name", "anna", "--stake", "100"], shellLine, env });
    await pane.waitFor("Stake 100");
    return { pane, pid: Number(readFileSync(join(home, "pid"), "utf8")) };
  };

  test.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGINT", 130],
  ] as const)("%s, exit %i", async (signal, code) => {
    const { pane, pid } = await startKnown();
    process.kill(pid, signal);
    await expectShellAsItWas(pane, code);
  });

  test("a throw that nobody catches: one line says what, exit 1", async () => {
    const preload = pathToFileURL(join(import.meta.dirname, "..", "support", "throws-on-signal.mjs")).href;
    const { pane, pid } = await startKnown({ NODE_OPTIONS: `--import=${preload}` });
    process.kill(pid, "SIGUSR2");
    await expectShellAsItWas(pane, 1);
    expect(pane.text()).toContain("pos-client: the screen broke: something of ours\n");
  });

  test.each([
    ["--plain", { args: ["--name", "anna", "--stake", "100", "--plain"] }],
    ["INK_SCREEN_READER", { args: ["--name", "anna", "--stake", "100"], env: { INK_SCREEN_READER: "true" } }],
  ])("for a screen reader there are lines, no frames (TUI rule 1): %s", async (_, start) => {
    const hub = await startHub({ round: "3s" });
    const pane = openPane(hub.url, { ...start, rows: 50 });
    await pane.waitFor("anna has 100 tokens staked");
    pane.type("72\r");
    await pane.waitFor("anna: BPM 72 accepted for round");
    await pane.waitFor("YOU won block 1 as anna with BPM 72");
    await pane.waitFor("bond of 100 tokens, recorded in block 1");
    expect(pane.isAlternate).toBe(false);
    expect(pane.text()).not.toMatch(/[│╭━]/);
    pane.type("quit\r");
    expect((await pane.end()).code).toBe(0);
  });

  test("output to a pipe is lines", async () => {
    const hub = await startHub({ round: "60s" });
    const pane = openPane(hub.url, {
      args: ["--name", "anna", "--stake", "100"],
      shellLine: '"$@" | cat',
      columns: 120,
    });
    await pane.waitFor("anna has 100 tokens staked and 900 tokens left");
    expect(pane.isAlternate).toBe(false);
    expect(pane.received).not.toContain("\u001b[");
  });
});
