/**
 * Every key of the screen, as data: the footer, the `?` overlay, the palette and the documentation are made from this.
 */
import { type Binding, bind, SCOPES, type Scope } from "./binding.ts";

const MAIN: readonly Scope[] = ["main"];
const ENTRY: readonly Scope[] = ["entry"];
const FILTER: readonly Scope[] = ["filter"];
const PALETTE: readonly Scope[] = ["palette"];
const STAKING: readonly Scope[] = ["staking"];
const QUIT: readonly Scope[] = ["quit"];
const LISTS: readonly Scope[] = ["main", "block", "verify", "validator", "help"];
const OVERLAYS: readonly Scope[] = ["block", "verify", "validator", "help"];
const OPENED: readonly Scope[] = ["block", "verify", "validator"];
const DETAILS: readonly Scope[] = ["main", ...OPENED];
const TYPING: readonly Scope[] = ["filter", "palette", "staking"];
const FORWARD_AND_BACK: readonly Scope[] = ["main", "block", "verify"];

/** In the order in which the help lists them. */
export const BINDINGS: readonly Binding[] = [
  bind(ENTRY, "propose", "Enter", "propose the BPM in this round", { footer: "propose", rank: 0, needsIdentity: true }),
  bind(ENTRY, "erase", "Backspace Delete", "take back the last character", { footer: "erase", rank: 2 }),
  bind(ENTRY, "clearEntry", "Esc", "empty the BPM field", { footer: "clear", rank: 1 }),

  bind(MAIN, "stake", "s", "stake, unstake or send tokens", {
    footer: "stake",
    rank: 3,
    name: "stake",
    needsIdentity: true,
  }),
  bind(MAIN, "repeat", "r", "propose my last BPM every round; again: stop", {
    footer: "repeat",
    rank: 9,
    name: "repeat",
    needsIdentity: true,
  }),
  bind(MAIN, "nextPane", "Tab", "next pane", { footer: "pane", rank: 4 }),
  bind(MAIN, "previousPane", "Shift-Tab", "pane before"),
  bind(MAIN, "focusValidators", "V", "go to the validators", { name: "validators" }),
  bind(MAIN, "focusChain", "C", "go to the chain", { name: "chain" }),
  bind(MAIN, "focusProposals", "P", "go to the proposals", { name: "proposals" }),
  bind(MAIN, "focusLog", "L", "go to the log", { name: "log" }),
  bind(MAIN, "zoom", "z", "give the whole screen to a pane, and back", { footer: "zoom", rank: 12, name: "zoom" }),

  bind(LISTS, "down", "j Down", "down", { footer: "move", rank: 5, shownKeys: "j/k" }),
  bind(LISTS, "up", "k Up", "up"),
  bind(LISTS, "pageDown", "PgDn Ctrl-F", "a page down"),
  bind(LISTS, "pageUp", "PgUp Ctrl-B", "a page up"),
  bind(LISTS, "first", "g Home", "to the top; in the chain: follow the newest block"),
  bind(LISTS, "last", "G End", "to the bottom; in the chain: to genesis"),
  bind(MAIN, "open", "Enter", "detail of the selected row", { footer: "detail", rank: 6 }),
  bind(FORWARD_AND_BACK, "parent", "[", "the block before (its parent)", { footer: "parent", rank: 14 }),
  bind(FORWARD_AND_BACK, "child", "]", "the block after"),
  bind(["main", "block"], "verify", "v", "recompute a block's draw, step by step", {
    footer: "verify",
    rank: 7,
    name: "verify",
  }),
  bind(MAIN, "copy", "y", "copy what is selected; of an alarm, the path of its evidence", { footer: "copy", rank: 10 }),
  bind(OPENED, "copy", "y", "copy the hash, address or value that is selected", { footer: "copy", rank: 10 }),

  bind(MAIN, "filter", "/", "filter the list: Enter keeps it, Esc clears it", { footer: "filter", rank: 8 }),
  bind(DETAILS, "palette", ":", "every command by name; :1203 is a block, :peer bob a validator", {
    footer: "commands",
    rank: 11,
  }),
  bind(MAIN, "sort", "S", "sort the validators by stake, name, wins or luck", { name: "sort" }),
  bind(MAIN, "pause", "p", "hold the lists still; again: go on", { name: "pause" }),
  bind(MAIN, "theme", "T", "next theme: dark, light, contrast", { name: "theme" }),
  bind(MAIN, "acknowledge", "A", "put an alarm away; the log keeps it", { name: "acknowledge" }),
  bind(MAIN, "hints", "H", "say in each pane what it is", { name: "hints" }),
  bind(DETAILS, "help", "?", "all keys", { footer: "help", rank: 1, name: "help" }),
  bind(MAIN, "back", "Esc", "back: closes, clears or leaves what is open; never quits"),
  bind(OVERLAYS, "back", "Esc q", "back", { footer: "back", rank: 0 }),

  bind(FILTER, "accept", "Enter", "keep the filter", { footer: "keep", rank: 0 }),
  bind(FILTER, "back", "Esc", "clear the filter", { footer: "clear", rank: 1 }),
  bind(PALETTE, "accept", "Enter", "run the command", { footer: "run", rank: 0 }),
  bind(PALETTE, "complete", "Tab", "complete the name", { footer: "complete", rank: 2 }),
  bind(PALETTE, "down", "Down", "next command", { footer: "choose", rank: 3, shownKeys: "↑/↓" }),
  bind(PALETTE, "up", "Up", "command before"),
  bind(PALETTE, "back", "Esc", "close", { footer: "close", rank: 1 }),
  bind(STAKING, "accept", "Enter", "ask once, then send", { footer: "go on", rank: 0 }),
  bind(STAKING, "left", "Left", "another kind of transaction", { footer: "kind", rank: 2, shownKeys: "←/→" }),
  bind(STAKING, "right", "Right", "another kind of transaction"),
  bind(STAKING, "down", "Tab Down", "next field", { footer: "field", rank: 3 }),
  bind(STAKING, "up", "Shift-Tab Up", "field before"),
  bind(STAKING, "back", "Esc", "leave without sending", { footer: "leave", rank: 1 }),
  bind(TYPING, "erase", "Backspace Delete", "take back the last character"),

  bind(QUIT, "quit", "q y Enter", "quit", { footer: "quit", rank: 0 }),
  bind(QUIT, "back", "Esc n", "stay", { footer: "stay", rank: 1 }),
  bind(MAIN, "quit", "q", "quit; asks first while stake is locked or a BPM is unsent", {
    footer: "quit",
    rank: 2,
    name: "quit",
  }),
  bind(SCOPES, "interrupt", "Ctrl-C", "quit from anywhere; a second time at once"),
  bind(SCOPES, "suspend", "Ctrl-Z", "back to the shell for a while; fg returns"),
];

const INDEX = new Map(
  BINDINGS.flatMap((each) =>
    each.scopes.flatMap((scope) => each.keys.map((key) => [`${scope} ${key}`, each] as const)),
  ),
);

/** What a key does in a scope. */
export function findBinding(scope: Scope, key: string): Binding | undefined {
  return INDEX.get(`${scope} ${key}`);
}

/** The bindings of a scope, in the order of this file. */
export function bindingsOf(scope: Scope, isSpectator: boolean): readonly Binding[] {
  return BINDINGS.filter(
    ({ scopes, needsIdentity }) => scopes.includes(scope) && !(isSpectator && needsIdentity === true),
  );
}
