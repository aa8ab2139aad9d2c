// Every key of docs/keys.md, pressed in the real program against a real hub, and what it does there.
import { expect, test } from "vitest";
import type { Scope } from "../../packages/client/src/ui/keys/binding.ts";
import { BINDINGS } from "../../packages/client/src/ui/keys/bindings.ts";
import type { Terminal } from "../../packages/client/test/support/terminal.ts";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { openPane, PANE_TEST } from "../support/pane.ts";

const BYTES: Readonly<Record<string, string>> = {
  Enter: "\r",
  Tab: "\t",
  "Shift-Tab": "\u001b[Z",
  Up: "\u001b[A",
  Down: "\u001b[B",
  Right: "\u001b[C",
  Left: "\u001b[D",
  PgUp: "\u001b[5~",
  PgDn: "\u001b[6~",
  Home: "\u001b[H",
  End: "\u001b[F",
  Delete: "\u001b[3~",
  Backspace: "\u007f",
  Esc: "\u001b",
  "Ctrl-B": "\u0002",
  "Ctrl-C": "\u0003",
  "Ctrl-F": "\u0006",
};

/** What is to be seen after a key: words, words that are gone, or something about the screen. */
type Sign = string | RegExp | { readonly no: string } | ((pane: Terminal) => boolean);

class Keyboard {
  readonly pane: Terminal;
  readonly pressed = new Set<string>();

  constructor(pane: Terminal) {
    this.pane = pane;
  }

  async press(scope: Scope, key: string, sign: Sign): Promise<void> {
    this.pressed.add(`${scope} ${key}`);
    this.pane.type(BYTES[key] ?? key);
    if (typeof sign === "function") await this.pane.waitUntil(() => sign(this.pane), `${key} in ${scope}`);
    else if (typeof sign === "string" || sign instanceof RegExp) await this.pane.waitFor(sign);
    else await this.pane.waitForNo(sign.no);
  }
}

/** The block that is selected in the chain's list. */
function selectedBlock(pane: Terminal): number {
  for (const line of pane.lines()) {
    const index = /[│┃]▸ +(\d+) [a-z]/.exec(line)?.[1];
    if (index !== undefined) return Number(index);
  }
  return Number.NaN;
}

const at =
  (index: number) =>
  (pane: Terminal): boolean =>
    selectedBlock(pane) === index;
const below = (index: number) => (pane: Terminal) => selectedBlock(pane) < index;

test("each does what the page of keys says", PANE_TEST, async () => {
  const hub = await startHub({ round: "300ms" });
  const bots = startClient(hub.url, { args: ["--bots", "2", "--stake", "50", "--auto-bpm"] });
  await hub.events.waitFor("block", ({ index }) => index >= 14);
  // From here on there are no new blocks: what moves on the screen is moved by keys.
  await bots.program.kill();
  await hub.events.waitFor("left");
  const pane = openPane(hub.url, { args: ["--name", "anna", "--stake", "100"] });
  const keys = new Keyboard(pane);
  const press = keys.press.bind(keys);
  await pane.waitFor("bond 100 recorded");
  const tip = hub.events.all("block").length;
  await pane.waitFor("Proposals r");

  await press("main", "r", "Enter a BPM first");
  await press("main", "V", "▸ Validators");
  await press("main", "S", "↓ name");
  await press("main", "Enter", "▸ Validator ");
  await press("validator", "y", "Copied the address of anna");
  await press("validator", "Esc", "▸ Validators");
  await press("main", "P", "▸ Proposals");
  await press("main", "L", "▸ Log");
  await press("main", "z", { no: "Validators" });
  await press("main", "z", "Validators");
  // The first time on a machine the hints are there.
  await press("main", "H", { no: "what happened, newest first" });
  await press("main", "H", "what happened, newest first");
  await press("main", "T", "Theme: light");
  await press("main", "Esc", { no: "Theme: light" });
  await press("main", "Esc", "BPM ▸ ▏");
  await press("main", "Tab", "▸ Validators");
  await press("main", "Shift-Tab", "BPM ▸ ▏");

  await press("main", "C", at(tip));
  await press("main", "p", "‖ PAUSED");
  await press("main", "p", { no: "PAUSED" });
  await press("main", "j", at(tip - 1));
  await press("main", "Down", at(tip - 2));
  await press("main", "k", at(tip - 1));
  await press("main", "Up", at(tip));
  await press("main", "PgDn", below(tip - 1));
  await press("main", "PgUp", at(tip));
  await press("main", "Ctrl-F", below(tip - 1));
  await press("main", "Ctrl-B", at(tip));
  await press("main", "G", at(0));
  await press("main", "g", "● following");
  await press("main", "End", at(0));
  await press("main", "Home", "● following");
  await press("main", "y", `Copied the hash of block ${tip}`);
  expect(pane.sequences.some((each) => each.startsWith("52;c;"))).toBe(true);
  await press("main", "[", `▸ Block ${tip - 1} `);
  await press("block", "[", `▸ Block ${tip - 2} `);
  await press("block", "]", `▸ Block ${tip - 1} `);
  await press("block", "j", "▸prev");
  await press("block", "y", "Copied prev");
  await press("block", "G", "▸checked");
  await press("block", "g", "▸hash");
  await press("block", "v", `Draw of block ${tip - 1}, recomputed here`);
  await pane.waitFor("beacon");
  await press("verify", "G", { no: "▸seed" });
  await press("verify", "g", "▸seed");
  await press("verify", "]", `Draw of block ${tip}, recomputed here`);
  await press("verify", "[", `Draw of block ${tip - 1}, recomputed here`);
  await press("verify", "q", "▸ Chain");
  await press("main", "v", `Draw of block ${tip}, recomputed here`);
  await press("verify", "Esc", "▸ Chain");
  await press("main", "]", `There is no block ${tip + 1} yet.`);

  await press("main", "/", "/▏");
  pane.type("bot-1zz");
  await pane.waitFor(`/bot-1zz▏ 0 of ${tip}`);
  await press("filter", "Backspace", "/bot-1z▏");
  await press("filter", "Delete", /\/bot-1▏ \d+ of/);
  await press("filter", "Enter", /\/bot-1 \d+ of/);
  await press("main", "/", "/bot-1▏");
  await press("filter", "Esc", { no: "/bot-1" });

  await press("main", ":", "▸ Commands");
  pane.type("f");
  await pane.waitFor(": f▏");
  await press("palette", "Down", (shown) => shown.lines().findIndex((line) => /▸ \w/.test(line.slice(0, 5))) >= 0);
  await press("palette", "Up", ": f▏");
  await press("palette", "Tab", ": filter ▏");
  await press("palette", "Backspace", ": filter▏");
  await press("palette", "Delete", ": filte▏");
  await press("palette", "Esc", "▸ Chain");
  await press("main", ":", "▸ Commands");
  pane.type("3");
  await press("palette", "Enter", at(3));
  await press("main", "?", "Everywhere");
  await press("help", "j", "↑ 1");
  await press("help", "q", "▸ Chain");
  // There is no alarm to put away.
  await press("main", "A", at(3));

  await press("main", "s", /Amount +▏/);
  await press("staking", "Right", "take stake back");
  await press("staking", "Left", "lock tokens");
  pane.type("t");
  await pane.waitFor("send liquid tokens");
  await press("staking", "Tab", /▸ To +▏/);
  await press("staking", "Shift-Tab", /▸ Amount +▏/);
  await press("staking", "Down", /▸ To +▏/);
  await press("staking", "Up", /▸ Amount +▏/);
  pane.type("12");
  await press("staking", "Backspace", /Amount +1▏/);
  await press("staking", "Delete", /Amount +▏/);
  pane.type("7");
  await press("staking", "Enter", "Type who gets it");
  await press("staking", "Tab", /▸ To +▏/);
  pane.type("bot-1");
  await press("staking", "Enter", "Send 7 to bot-1? Enter sends");
  await press("staking", "Enter", "sent 7 to bot-1");
  await pane.waitFor("7 to bot-1 recorded in #");
  await press("main", "s", /Amount +▏/);
  await press("staking", "Esc", { no: "Amount" });

  pane.type("7x");
  await pane.waitFor("digits only");
  await press("entry", "Backspace", "BPM ▸ 7▏");
  pane.type("1");
  await pane.waitFor("BPM ▸ 71▏");
  await press("entry", "Delete", "BPM ▸ 7▏");
  await press("entry", "Esc", { no: "▸ 7" });
  pane.type("72");
  await press("entry", "Enter", "proposed BPM 72");

  await press("main", "q", "Quit?");
  expect(pane.text()).toContain("100 tokens stay staked");
  await press("quit", "n", { no: "Quit?" });
  await press("main", "Ctrl-C", "Quit?");
  await press("quit", "Esc", { no: "Quit?" });
  await press("main", "q", "Quit?");
  await press("quit", "y", (shown) => shown.ended !== undefined);
  expect(pane.ended?.code).toBe(0);

  // q and Enter answer as y does, and Ctrl-Z needs a shell: `leaving.test.ts` presses them.
  const elsewhere = new Set(["quit q", "quit Enter", "main Ctrl-Z"]);
  const isPressed = (scope: Scope, key: string): boolean =>
    keys.pressed.has(`${scope} ${key}`) || elsewhere.has(`${scope} ${key}`);
  const missing = BINDINGS.flatMap(({ scopes, keys: names, command }) =>
    names.filter((key) => !scopes.some((scope) => isPressed(scope, key))).map((key) => `${command} ${key}`),
  );
  expect(missing).toEqual([]);
});
