// A round as it is played on the real screen against a real hub (TUI.md, Keys; DESIGN §7).
import { describe, expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { openPane, PANE_TEST } from "../support/pane.ts";
import { Person } from "../support/person.ts";
import { connectAs, startValidator } from "../support/validator.ts";

const PASTE = (text: string): string => `\u001b[200~${text}\u001b[201~`;

describe("on the real screen", PANE_TEST, () => {
  test("from a typed BPM over the draw to one's own win, and its recomputation", async () => {
    const hub = await startHub({ round: "3s" });
    const pane = openPane(hub.url, { args: ["--name", "anna", "--stake", "100"] });
    await pane.waitFor("[OPEN]");
    pane.type("72\r");
    await pane.waitFor("✓ 72 accepted at");
    await pane.waitFor("★ YOU WON #1  +10 · BPM 72 · p 100.0%");
    await pane.waitFor("★ lowest");
    expect(pane.bells).toBeGreaterThan(0);
    expect(pane.sequences).toContain("9;You won block 1");
    expect(pane.text()).toContain("no other");
    expect(pane.text()).toContain("bond 100 recorded in #1");
    pane.type("v");
    await pane.waitFor("Draw of block 1, recomputed here");
    await pane.waitFor(/comparison = the lowest score wins → no other took part ✓/);
    expect(pane.text()).not.toContain("✗");
  });

  test("r repeats the last BPM every round, and again stops", async () => {
    const hub = await startHub({ round: "2s" });
    const pane = openPane(hub.url, { args: ["--name", "anna", "--stake", "100"] });
    await pane.waitFor("[OPEN]");
    pane.type("r");
    await pane.waitFor("Enter a BPM first");
    pane.type("64\r");
    await pane.waitFor("proposed BPM 64");
    pane.type("r");
    await pane.waitFor("64 every round (r stops)");
    await pane.waitUntil(() => hub.events.all("proposal").length >= 3, "three rounds with the same BPM");
    const proposals = hub.events.all("proposal");
    expect(new Set(proposals.map(({ round }) => round)).size).toBe(proposals.length);
    expect(new Set(proposals.map(({ bpm }) => bpm))).toEqual(new Set([64]));
    pane.type("r");
    await pane.waitFor("No longer repeated.");
    await pane.waitForNo("every round");
  });

  test("a BPM that comes too late is told, and offered again in the next round", async () => {
    const hub = await startHub({ round: "4s" });
    const pane = openPane(hub.url, { args: ["--name", "anna", "--stake", "100"] });
    await pane.waitFor("[OPEN]");
    // The hub holds its breath over the close, as on a busy machine; what was sent meanwhile is late.
    hub.program.child.kill("SIGSTOP");
    pane.type("72\r");
    await pane.waitFor("sent 72…");
    await pane.waitFor("[DRAW]");
    hub.program.child.kill("SIGCONT");
    await pane.waitFor("BPM 72 was too late");
    await pane.waitFor(/proposed BPM 72 \(r[2-9]\)/);
    await pane.waitFor(/★ YOU won #\d/);
    expect(hub.events.all("slashed")).toEqual([]);
  });

  test("typing goes on through changes of size, and a paste is data without its control characters", async () => {
    const hub = await startHub({ round: "60s" });
    const pane = openPane(hub.url, { args: ["--name", "anna", "--stake", "100"] });
    await pane.waitFor("[OPEN]");
    pane.type("1");
    await pane.waitFor("BPM ▸ 1▏");
    for (const [columns, rows, shows] of [
      [120, 40, "OPEN ▸ draw ▸ sealed"],
      [80, 23, "Proposals r1"],
      [60, 16, "▸ Chain"],
      [40, 8, "Esc clear"],
      [30, 6, "40×8 needed"],
      [84, 22, "Proposals r1"],
    ] as const) {
      pane.resize(columns, rows);
      await pane.waitUntil(() => {
        const isWhole = columns < 60 || pane.lines()[0]?.startsWith("╭─ pos-client") === true;
        return isWhole && pane.text().includes(shows) && (columns < 40 || pane.text().includes("BPM ▸ 1▏"));
      }, `the screen at ${columns}×${rows} with what was typed`);
    }
    pane.type(PASTE("1\u001b[2J\r\u00078"));
    await pane.waitFor("BPM ▸ 11[2J8▏");
    expect(pane.text()).toContain("digits only");
    expect(pane.bells).toBe(0);
    pane.type("\u001b");
    await pane.waitFor("BPM ▸ ▏");
    pane.type(PASTE("118\n"));
    await pane.waitFor("BPM ▸ 118▏");
    expect(hub.events.all("proposal")).toEqual([]);
    pane.type("\r");
    await pane.waitFor("✓ 118 accepted");
    expect(hub.events.all("proposal")).toMatchObject([{ bpm: 118 }]);
  });

  test("wide names keep the columns; a name that looks like another has digits of its address beside it", async () => {
    const hub = await startHub({ round: "60s" });
    for (const name of ["日本語の名前", "한국어", "anna", "аnna"]) {
      const { events } = startClient(hub.url, { args: ["--name", name, "--stake", "10"] });
      await events.waitFor("staked");
    }
    const pane = openPane(hub.url, { args: ["--name", "ben", "--stake", "100"] });
    await pane.waitFor(/日本語の/);
    await pane.waitFor(/anna·[0-9a-f]{4}/);
    await pane.waitFor("[OPEN]");
    const frame = pane.lines().slice(0, -1);
    for (const line of frame) expect(line).toMatch(/[│╮┤╯]$/u);
    // Wide signs take two cells each: the border stands where it stands in every other row.
    const cells = (line: string): number =>
      [...line].reduce((sum, sign) => sum + (/[가-힣ぁ-んァ-ヶ一-龯]/u.test(sign) ? 2 : 1), 0);
    for (const line of frame) expect(cells(line)).toBe(84);
  });

  test("who takes back its stake after its proposal still counts among those who could propose", async () => {
    const hub = await startHub({ round: "60s" });
    const { client, person } = await startValidator(hub, 100);
    const other = await startValidator(hub, 50);
    const pane = openPane(hub.url, { args: ["--spectate"] });
    await client.propose(person, 81);
    await other.client.propose(other.person, 72);
    await pane.waitFor("2/2 proposed");
    await other.client.transactNext(other.person, { type: "unbond", amount: 50 });
    // Whoever joins after that is heard of after it.
    const third = new Person("zoe");
    const joining = await connectAs(hub, third);
    await joining.transact(third, { type: "join", name: third.name, grant: 1_000 });
    await pane.waitFor(third.name);
    expect(pane.text()).toContain("2/2 proposed");
  });

  test("spectators see rounds, winners and chain, and have no field to enter anything", async () => {
    const hub = await startHub({ round: "2s" });
    const { client, person } = await startValidator(hub, 100);
    const pane = openPane(hub.url, { args: ["--spectate"] });
    await pane.waitFor("█████");
    await client.openRound();
    await client.submit(person.proposal(client.chainId, client.slot, 81));
    await pane.waitFor(new RegExp(`★ #\\d+ ${person.name} · BPM 81 · p 100.0%`));
    await pane.waitFor(/chain \w+ \w+ \w+/);
    expect(pane.text()).not.toContain("BPM ▸");
    // Light and rich in contrast, for a projector (TUI rule 22).
    const cell = pane.emulator.buffer.active.getLine(1)?.getCell(40);
    expect(cell?.getBgColor()).toBe(0xffffff);
    pane.type("q");
    expect((await pane.end()).code).toBe(0);
  });
});
