import { describe, expect, it } from "vitest";
import { screenStarter } from "../support/program.ts";
import { hex, me, NOW_MS, ROUND_MS, round, TIP, validators, winner } from "../support/sample.ts";

const start = screenStarter();
const main = { columns: 84, rows: 22 };
const CSI = "\u001b[";

describe("a round, as a person plays it", () => {
  it("goes from a typed BPM over the draw to one's own win", async () => {
    const screen = await start({ ...main, state: { ownProposal: null } });
    const { terminal } = screen;
    terminal.type("72\r");
    await screen.whenAsked("propose 72");
    await screen.tell({ set: { ownProposal: { phase: "sent", round: 1425, bpm: 72, atMs: NOW_MS } } });
    await terminal.waitFor("sent 72…");
    await screen.tell({ set: { ownProposal: { phase: "accepted", round: 1425, bpm: 72, atMs: NOW_MS } } });
    await terminal.waitFor("✓ 72 accepted at 12:04:36");

    // The block, its winner and the balance stand there before the draw has been played (TUI rule 16).
    await screen.tell({
      passMs: 17_000,
      set: {
        tip: { index: TIP + 1, hash: hex("tip"), words: "" },
        lastWinner: winner(TIP + 1, "alice"),
        me: me({ liquid: 1260, wins: 32 }),
        round: round(1426, NOW_MS + 17_000 + ROUND_MS),
      },
      event: {
        event: "winner",
        round: 1425,
        index: TIP + 1,
        hash: hex("tip"),
        validator: hex("address alice"),
        name: "alice",
        bpm: 72,
        stake: 100,
        eligibleStake: 804,
        you: true,
      },
    });
    await terminal.waitFor("★ YOU WON #1205  +10");
    expect(terminal.text()).toContain("Balance 1,260");
    await terminal.waitFor("Draw #1205 ─ lowest wins");
    expect(terminal.text()).not.toContain("★ lowest");
    expect(terminal.bells).toBe(1);
    expect(terminal.sequences).toContain("9;You won block 1205");
    await screen.tell({ passMs: 1600 });
    await terminal.waitFor("★ lowest");
    expect(terminal.text()).toContain("★ YOU won #1205  +10");
    await screen.tell({ passMs: 5000 });
    await terminal.waitFor("Proposals r1426");
  });

  it("says what became of a BPM that was too late, and offers it in the next round", async () => {
    const screen = await start(main);
    await screen.tell({
      set: {
        ownProposal: {
          phase: "rejected",
          round: 1425,
          bpm: 72,
          atMs: NOW_MS,
          fault: { code: "ROUND_CLOSED", actual: 1425 },
        },
        queuedBpm: 72,
      },
    });
    await screen.terminal.waitFor("72 was too late for r1425; it goes into the next");
  });

  it.each([{ columns: 120, rows: 40 }, main])(
    "of 300 proposers shows the eight lowest and says so (TUI rule 21): %o",
    async (size) => {
      const names = Array.from({ length: 300 }, (_, i) => `v${i}`);
      const screen = await start(size);
      await screen.tell({
        names,
        set: { tip: { index: TIP + 1, hash: hex("tip"), words: "" }, lastWinner: winner(TIP + 1) },
      });
      await screen.terminal.waitFor("lowest wins, 8 of 300");
    },
  );
});

describe("what the network sends", () => {
  it("cannot steer the terminal, and wide names keep the columns (TUI rules 4 and 23)", async () => {
    const names = ["日本語の名前です", "bob\u001b[2J\u0007\u202e", "alice", "аlice"];
    const screen = await start({ ...main, state: { validators: validators(names) } });
    const { terminal } = screen;
    await terminal.waitFor("日本語の名前です");
    await screen.tell({ event: { event: "notice", message: "a\u001b]0;stolen\u0007b\r\nc" } });
    await screen.tell({ set: {} });
    await terminal.waitFor("a]0;stolenbc");
    expect(terminal.title).not.toContain("stolen");
    expect(terminal.bells).toBe(0);
    for (const line of terminal.lines().slice(0, -1)) expect(line).toMatch(/[│╮╯┤┃┐]$/);
    // The borders of all rows stand in the same columns.
    const wide = terminal.lines().find((line) => line.includes("日本")) ?? "";
    expect([...wide].at(-1)).toBe("│");
    // Beside a look-alike name stand four digits of its address.
    expect(terminal.text()).toContain(`alice·${hex("address alice").slice(0, 4)}`);
  });
});

describe("typing", () => {
  it("goes on through a change of size", async () => {
    const screen = await start(main);
    const { terminal } = screen;
    terminal.type("7");
    await terminal.waitFor("BPM ▸ 7▏");
    for (const [columns, rows, shows] of [
      [120, 40, "OPEN ▸ draw ▸ sealed"],
      [60, 16, "▸ Chain"],
      [40, 8, "Esc clear"],
      [30, 5, "40×8 needed"],
      [84, 22, "Proposals r1425"],
    ] as const) {
      terminal.resize(columns, rows);
      await terminal.waitFor(shows);
      expect(terminal.lines()).toHaveLength(rows);
    }
    terminal.type("2\r");
    await screen.whenAsked("propose 72");
  });

  it("takes a bracketed paste as data, without its control characters", async () => {
    const { terminal, asked } = await start(main);
    terminal.type("\u001b[200~7\u001b[31m\rq\u001b[201~");
    await terminal.waitFor("BPM ▸ 7[31mq▏");
    expect(terminal.text()).toContain("digits only");
    terminal.type("\u001b");
    await terminal.waitFor("type a BPM");
    expect(asked.filter((what) => !what.startsWith("pid "))).toEqual([]);
  });

  it("takes keys apart that arrive together (TUI rule 17)", async () => {
    const screen = await start(main);
    screen.terminal.type("jjjk");
    await screen.terminal.waitFor(/▸\s+1202 /);
    screen.terminal.type("99\r88\r");
    await screen.whenAsked("propose 99");
    await screen.whenAsked("propose 88");
  });
});

describe("the hub", () => {
  it("gone: the bar stands still, RETRY counts, scrolling goes on; back: live again (TUI rule 14)", async () => {
    const screen = await start(main);
    const { terminal } = screen;
    await terminal.waitFor("17s");
    await screen.tell({
      set: { connection: { phase: "offline", reason: "connection refused", attempt: 1, retryAtMs: NOW_MS + 9000 } },
    });
    await terminal.waitFor("○ RETRY 1");
    await screen.tell({ passMs: 6000 });
    await terminal.waitFor("in 3s");
    expect(terminal.text()).toContain("[HELD]");
    expect(terminal.text()).toContain("17s");
    terminal.type("jj");
    await terminal.waitFor(/▸\s+1202 /);
    await screen.tell({
      set: { connection: { phase: "online", roundTripMs: 9 }, round: round(1426, NOW_MS + 26_000) },
    });
    await terminal.waitFor("● LIVE");
    await terminal.waitFor("20s");
    expect(terminal.text()).toContain("Round 1426 [OPEN]");
  });

  it("new blocks never move the lines of a reader, and are counted (TUI rule 15)", async () => {
    const screen = await start(main);
    const { terminal } = screen;
    terminal.type("jj");
    await terminal.waitFor(/▸\s+1202 /);
    const chain = (): string =>
      terminal
        .lines()
        .slice(6, 13)
        .map((line) => line.slice(42))
        .join("\n");
    const before = chain();
    await screen.tell({ set: { tip: { index: TIP + 3, hash: hex("tip"), words: "" } } });
    await terminal.waitFor("● 3 new");
    expect(chain()).toBe(before);
    terminal.type("g");
    await terminal.waitFor("● following");
    expect(terminal.text()).toContain(" 1207 ");
  });

  it("cheating: an alarm in red across the screen until acknowledged, kept in the log", async () => {
    const screen = await start(main);
    const { terminal } = screen;
    const failure = { rule: "draw", index: TIP, expected: hex("key carol"), actual: hex("key bob") } as const;
    await screen.tell({
      event: {
        event: "alarm",
        code: "draw",
        index: TIP,
        expected: "carol",
        actual: "bob",
        proven: true,
        evidence: "/e/1.json",
      },
      set: { alarms: [{ failure, isProven: true, evidenceFile: "/e/1.json", atMs: NOW_MS, halts: true }] },
    });
    await terminal.waitFor("the hub has cheated at block 1204: proven (draw)");
    const row = terminal.lines().findIndex((line) => line.includes("ALARM:"));
    const cell = terminal.emulator.buffer.active.getLine(row)?.getCell(10);
    expect(cell?.isInverse()).toBeTruthy();
    expect(cell?.getFgColor()).toBe(0xff4d4f);
    terminal.type("y");
    await terminal.waitFor("Copied the path of the evidence file.");
    expect(terminal.sequences).toContain(`52;c;${Buffer.from("/e/1.json").toString("base64")}`);
    terminal.type("\r");
    await terminal.waitForNo("has cheated");
    expect(terminal.text()).toContain("ALARM draw at #1204");
    expect(terminal.text()).toContain("✗ NOT FOLLOWED");
  });
});

describe("small things", () => {
  it("the window's title tells seconds, round and name", async () => {
    const { terminal } = await start(main);
    await terminal.waitUntil(() => terminal.title === "17s r1425 alice", "the title");
  });

  it("y copies by OSC 52 and says what", async () => {
    const { terminal } = await start(main);
    terminal.type("Cy");
    await terminal.waitFor("Copied the hash of block 1204");
    const copied = terminal.sequences.find((each) => each.startsWith("52;c;")) ?? "";
    expect(Buffer.from(copied.slice(5), "base64").toString()).toBe(hex("block 1204"));
  });

  it("never clears the screen, not even when the size changes (bar of TUI.md)", async () => {
    const { terminal } = await start(main);
    terminal.type("jjjkV?");
    await terminal.waitFor("Everywhere");
    for (const erase of ["2J", "3J"]) expect(terminal.received).not.toContain(`${CSI}${erase}`);
  });

  it("without colour says everything by signs and words (NO_COLOR)", async () => {
    const { terminal } = await start({ ...main, options: { color: false } });
    await terminal.waitFor("● LIVE");
    terminal.type("C");
    await terminal.waitFor("▸ Chain");
    const styles = terminal.received.split(CSI).map((piece) => /^[0-9;]*m/.exec(piece)?.[0] ?? "");
    for (const style of styles) expect(style).not.toMatch(/(?:^|;)(?:3[0-8]|4[0-8]|9[0-7])(?:;|m)/);
  });

  it("--ascii shows nothing beyond ASCII", async () => {
    const { terminal } = await start({ ...main, options: { ascii: true } });
    await terminal.waitFor("@ LIVE");
    for (const [key, shows] of [
      ["C", "> Chain"],
      ["?", "Everywhere"],
      ["q", "> Chain"],
      ["s", "Amount"],
      ["\u001b", "> Chain"],
      ["v", "recomputed here"],
    ] as const) {
      terminal.type(key);
      expect(await terminal.waitFor(shows)).toMatch(/^[\n\u0020-\u007e]*$/);
    }
  });
});
