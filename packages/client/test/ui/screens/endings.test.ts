/** Every way out leaves the shell as it was (TUI rule 10). */
import { describe, expect, it } from "vitest";
import type { DrivenScreen } from "../support/driven-screen.ts";
import { screenStarter } from "../support/program.ts";
import { ALARM, me } from "../support/sample.ts";

const start = screenStarter();
const main = { columns: 84, rows: 22 };

/** Runs the program from a shell that says, after it, how it ended and in which mode the terminal is. */
const SHELL_LINE =
  'echo before; "$@"; echo "ended with $?"; stty -a | tr " ;" "\\n\\n" | grep -E "^-?(icanon|echo|isig)$" | tr "\\n" " "; echo done';

async function expectShellAsItWas({ terminal }: DrivenScreen, code: number): Promise<void> {
  const text = await terminal.waitFor(/done/);
  expect(terminal.isAlternate).toBe(false);
  expect(text).toContain("before");
  expect(text).toContain(`ended with ${code}`);
  expect(text).toMatch(/isig icanon echo |icanon isig echo |isig icanon.*echo /);
  expect(text).not.toMatch(/ {4}at |Error:/);
  expect(terminal.emulator.modes.bracketedPasteMode).toBe(false);
  // The cursor is shown after it was hidden for the last time, and the title is put back.
  expect(terminal.received.lastIndexOf("\u001b[?25h")).toBeGreaterThan(terminal.received.lastIndexOf("\u001b[?25l"));
  expect(terminal.received.lastIndexOf("\u001b[23;2t")).toBeGreaterThan(terminal.received.lastIndexOf("\u001b[22;2t"));
}

describe("leaving", () => {
  it("q after its question, exit 0", async () => {
    const screen = await start({ ...main, shellLine: SHELL_LINE });
    screen.terminal.type("q");
    await screen.terminal.waitFor("Quit?");
    screen.terminal.type("q");
    await expectShellAsItWas(screen, 0);
  });

  it("q at once where nothing is locked or unsent, exit 0", async () => {
    const screen = await start({ ...main, shellLine: SHELL_LINE, state: { me: me({ bonded: 0 }) } });
    screen.terminal.type("q");
    await expectShellAsItWas(screen, 0);
  });

  it("Ctrl-C twice, exit 130", async () => {
    const screen = await start({ ...main, shellLine: SHELL_LINE });
    screen.terminal.type("\u0003");
    await screen.terminal.waitFor("Quit?");
    screen.terminal.type("\u0003");
    await expectShellAsItWas(screen, 130);
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGINT", 130],
  ] as const)("%s, exit %i", async (signal, code) => {
    const screen = await start({ ...main, shellLine: SHELL_LINE });
    process.kill(await screen.pid(), signal);
    await expectShellAsItWas(screen, code);
  });

  it("something of ours breaks: one line says so, exit 1", async () => {
    const screen = await start({ ...main, shellLine: SHELL_LINE });
    await screen.tell({ breaks: true });
    await expectShellAsItWas(screen, 1);
    expect(screen.terminal.text()).toContain("pos-client: the screen broke: something of ours\n");
  });

  it("the pane is closed: ends by itself", async () => {
    const screen = await start(main);
    screen.terminal.signal("SIGHUP");
    expect((await screen.terminal.end()).code).toBe(129);
  });

  it("Ctrl-Z gives the terminal back; fg goes on where it was", async () => {
    const screen = await start({
      ...main,
      shellLine: 'set -m; "$@"; echo "stopped with $?"; read -r _; fg; echo "ended with $?"',
    });
    const { terminal } = screen;
    await terminal.waitFor("● LIVE");
    terminal.type("7\u001a");
    await terminal.waitFor("stopped with");
    expect(terminal.isAlternate).toBe(false);
    terminal.type("\r");
    await terminal.waitFor("BPM ▸ 7▏");
    expect(terminal.isAlternate).toBe(true);
  });
});

describe("for a screen reader (TUI rule 1)", () => {
  it("there are lines, no frames and no alternate screen", async () => {
    const screen = await start({ ...main, options: { screenReader: true } });
    const { terminal } = screen;
    await terminal.waitFor("in lines");
    terminal.type("status\r");
    await terminal.waitFor("Round 1425 is open for 17 more seconds; 3 of 8 have proposed.");
    terminal.type("72\r");
    await screen.whenAsked("propose 72");
    await screen.tell({ event: { event: "accepted", round: 1425, bpm: 72, address: "", name: "alice" } });
    await terminal.waitFor("alice: BPM 72 accepted for round 1425");
    terminal.type("nonsense\r");
    await terminal.waitFor("Not understood: nonsense");
    expect(terminal.isAlternate).toBe(false);
    terminal.type("quit\r");
    expect((await terminal.end()).code).toBe(0);
  });

  it("an alarm is said in sentences", async () => {
    const { terminal } = await start({
      columns: 400,
      rows: 22,
      options: { screenReader: true },
      state: { alarms: [ALARM] },
    });
    await terminal.waitFor(
      "proven (draw). The hub said: bob won block 1204. The truth: carol has the lower score and should have won. How it is known",
    );
  });
});
