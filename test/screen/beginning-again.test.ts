// Beginning again is easy: one key goes on where an identity, a name, a network or a stake cannot be had (TUI.md, DESIGN §10).
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { openPane, PANE_TEST } from "../support/pane.ts";
import { Person } from "../support/person.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";

describe("on the real screen", PANE_TEST, () => {
  test("a taken name: rounds go on meanwhile; Enter takes the suggestion, and stakes as it was told to", async () => {
    const hub = await startHub({ round: "3s" });
    const first = startClient(hub.url, { args: ["--name", "anna", "--stake", "10", "--bpm", "70"] });
    await first.events.waitFor("staked");
    const pane = openPane(hub.url, { args: ["--name", "anna", "--stake", "100"] });
    await pane.waitFor("The hub does not let this identity in");
    expect(pane.text()).toContain("Enter goes on as anna-2");
    const [, round] = /Round (\d+) \[(?:OPEN|DRAW)\]/.exec(await pane.waitFor(/Round \d+ \[(OPEN|DRAW)\]/)) ?? [];
    await pane.waitFor(`Round ${Number(round) + 1} [OPEN]`);
    expect(pane.text()).toContain("The hub does not let this identity in");
    pane.type("\r");
    await pane.waitFor(/pos-client {2}anna-2 /);
    await pane.waitFor("Stake 100");
    expect(pane.text()).not.toContain("does not let");
  });

  test("a stake above the balance: the form opens with what is possible", async () => {
    const hub = await startHub({ round: "60s" });
    const pane = openPane(hub.url, { args: ["--stake", "5000"] });
    await pane.waitFor("1,000 is possible");
    expect(pane.text()).toMatch(/Amount +1000▏/);
    // Less than all: the field is edited, asked for once, and sent.
    pane.type("\u007f\u007f50\r");
    await pane.waitFor("Only 1,000 are liquid.");
    pane.type("\u007f\u007f\u007f\u007f250\r");
    await pane.waitFor("Bond 250?");
    pane.type("\r");
    await pane.waitFor("Stake 250");
    await pane.waitFor("bonded 250 (r1)");
  });

  test("a slashed identity: told why; Enter goes on with a new one", async () => {
    const hub = await startHub({ round: "2s" });
    const home = temporaryHome();
    const pane = openPane(hub.url, { home, args: ["--name", "mallory", "--stake", "100"] });
    await pane.waitFor("[OPEN]");
    // A second copy of its key signs two proposals of one round.
    const exported = await run("pos-client", ["keys", "export", "mallory", "--json"], { home });
    const person = new Person("mallory", Buffer.from(JSON.parse(exported.stdout).seed, "hex"));
    const slot = { round: 1, prevHash: hub.chainId, seed: hub.chainId };
    const file = join(temporaryHome(), "offence.json");
    const two = [72, 73].map((bpm) => person.proposal(hub.chainId, slot, bpm));
    writeFileSync(file, JSON.stringify(two));
    const submitted = await run("pos-client", ["evidence", "submit", file, "--hub", hub.url, "--json"]);
    expect(submitted).toMatchObject({ code: 0, stderr: "" });
    await pane.waitFor("mallory was slashed: 100 staked tokens burned");
    expect(pane.text()).toContain("it signed two different proposals for one round");
    expect(pane.text()).toMatch(/✗ SLASHED +Balance 900/);
    pane.type("72\r");
    await pane.waitFor(/BPM ▸ 72▏ +a slashed identity proposes nothing/);
    // Esc empties the field; then Enter answers the question.
    pane.type("\u001b");
    await pane.waitFor("BPM ▸ ▏");
    pane.type("\r");
    // It is named after the user, joins, and stakes as the first one was told to.
    await pane.waitFor(/pos-client {2}tester /);
    await pane.waitFor("Stake 100 (100.0%)   Balance 900");
    expect(pane.text()).not.toContain("was slashed");
  });

  test("a new network at a known address: Enter joins it", async () => {
    const first = await startHub({ round: "60s" });
    const pane = openPane(first.url, { args: ["--name", "anna", "--stake", "100"] });
    await pane.waitFor("Stake 100");
    await first.kill();
    await pane.waitFor("○ RETRY");
    const args = ["--port", new URL(first.url).port, "--network", "second"];
    await startHub({ round: "60s", args });
    await pane.waitFor("Another network answers");
    expect(pane.text()).toContain("○ OTHER NETWORK");
    pane.type("\r");
    await pane.waitFor(/anna [0-9a-f]{4}…[0-9a-f]{4} {2}second/);
    await pane.waitFor("Stake 100");
    expect(pane.text()).not.toContain("Another network");
  });
});
