// The hub gone and back, and clocks that are off, on the real screen (TUI rules 14 and 15, DESIGN §9).
import { describe, expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { chainIndexes, openPane, PANE_TEST } from "../support/pane.ts";
import { shiftedClock } from "../support/shifted-clock.ts";
import { temporaryHome } from "../support/temporary-home.ts";

describe("on the real screen", PANE_TEST, () => {
  test("killed and back: RETRY, scrolling goes on, then no gap and no duplicate", async () => {
    const home = temporaryHome();
    const hub = await startHub({ round: "500ms", home });
    startClient(hub.url, { args: ["--bots", "2", "--stake", "50", "--auto-bpm"] });
    const pane = openPane(hub.url, { args: ["--name", "anna", "--stake", "10"] });
    await pane.waitUntil(() => (chainIndexes(pane)[0] ?? 0) >= 6, "six blocks");
    await hub.kill();
    await pane.waitFor("○ RETRY");
    await pane.waitFor("[HELD]");
    const newest = chainIndexes(pane)[0] ?? 0;
    pane.type("Cj");
    await pane.waitFor(new RegExp(`▸ +${newest - 1} `));
    pane.type("72\r");
    await pane.waitFor(/72 waits for the next round|was too late|sent 72|hub/i);
    const again = await startHub({ round: "500ms", home, args: ["--port", new URL(hub.url).port] });
    await pane.waitFor("● LIVE");
    // The reader's lines stand still, and what came is counted.
    await pane.waitFor(/● \d+ new/);
    expect(pane.text()).toMatch(new RegExp(`▸ +${newest - 1} `));
    pane.type("g");
    await pane.waitFor("● following");
    await pane.waitUntil(() => (chainIndexes(pane)[0] ?? 0) >= newest + 3, "three more blocks");
    pane.type("p");
    await pane.waitFor("‖ PAUSED");
    const indexes = chainIndexes(pane);
    expect(indexes).toEqual(Array.from(indexes, (_, i) => (indexes[0] ?? 0) - i));
    expect((await again.blocks()).map(({ index }) => index)).toEqual(expect.arrayContaining([...indexes]));
    expect(pane.text()).not.toContain("ALARM");
  });

  test("a clock that is an hour off is told, and the countdown is right all the same", async () => {
    const hub = await startHub({ round: "60s" });
    const pane = openPane(hub.url, {
      args: ["--name", "anna", "--stake", "10"],
      env: shiftedClock(3_600_000).env,
      columns: 120,
      rows: 40,
    });
    await pane.waitFor(/ms · clock ahead by (59m|1h)/);
    await pane.waitFor(/Round 1 \[OPEN\].* [1-6]?\ds /);
    pane.type("72\r");
    await pane.waitFor("✓ 72 accepted");
    // Where there is the least room, too.
    pane.resize(40, 8);
    await pane.waitFor(/^clock ahead by (59m|1h) *$/m);
  });

  test("no hub at all: says what to start; it is there: goes on by itself", async () => {
    const hub = await startHub({ round: "60s" });
    const { port } = new URL(hub.url);
    await hub.kill();
    const pane = openPane(hub.url, { args: ["--stake", "10"] });
    await pane.waitFor("start one: pos-hub");
    pane.type("72\r");
    await pane.waitFor("Not connected yet; nothing was sent");
    await startHub({ round: "60s", args: ["--port", port] });
    await pane.waitFor("Stake 10 ");
    await pane.waitFor("● LIVE");
  });

  test("who comes to a chain that was verified before sees its last winner at once", async () => {
    const hub = await startHub({ round: "500ms" });
    const bots = startClient(hub.url, { args: ["--bots", "2", "--stake", "50", "--auto-bpm"] });
    const home = temporaryHome();
    const first = openPane(hub.url, { home, args: ["--spectate"] });
    await first.waitFor(/★ #[3-9]\d* bot/);
    // No more blocks from here on.
    await bots.program.kill();
    await hub.events.waitFor("left");
    const opened = hub.events.all("round").length;
    await hub.events.waitFor("round", ({ round }) => round > opened + 2);
    const [last] = hub.events.all("block").slice(-1);
    await first.waitFor(`★ #${last?.index} ${last?.name}`);
    first.type("q");
    await first.end();
    const second = openPane(hub.url, { home, args: ["--spectate"], columns: 60, rows: 16 });
    await second.waitFor(`★ #${last?.index} ${last?.name}`);
  });
});
