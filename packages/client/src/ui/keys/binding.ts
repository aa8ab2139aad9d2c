/** What a key can do. */
export type CommandId =
  | "propose"
  | "clearEntry"
  | "erase"
  | "stake"
  | "repeat"
  | "nextPane"
  | "previousPane"
  | "focusValidators"
  | "focusChain"
  | "focusProposals"
  | "focusLog"
  | "zoom"
  | "down"
  | "up"
  | "pageDown"
  | "pageUp"
  | "first"
  | "last"
  | "open"
  | "parent"
  | "child"
  | "verify"
  | "copy"
  | "filter"
  | "palette"
  | "sort"
  | "pause"
  | "theme"
  | "hints"
  | "help"
  | "quit"
  | "interrupt"
  | "suspend"
  | "back"
  | "accept"
  | "complete"
  | "left"
  | "right"
  | "acknowledge";

/** Where a key has its meaning. */
export const SCOPES = [
  "main",
  "entry",
  "filter",
  "palette",
  "block",
  "verify",
  "validator",
  "staking",
  "help",
  "quit",
] as const;
export type Scope = (typeof SCOPES)[number];

export interface Binding {
  readonly scopes: readonly Scope[];
  readonly command: CommandId;
  /** Names of keys, as `KeyPress.name`. */
  readonly keys: readonly string[];
  /** For the `?` overlay and the documentation. */
  readonly help: string;
  /** For the footer, in a word, with its rank: the lowest stay where room is short. */
  readonly footer?: string;
  readonly rank?: number;
  /** The keys as the footer shows them, where that is not the first of them. */
  readonly shownKeys?: string;
  /** Its name in the palette. */
  readonly name?: string;
  /** Only with an identity, not for a spectator. */
  readonly needsIdentity?: true;
}

type Extra = Omit<Binding, "scopes" | "command" | "keys" | "help">;

/** One row of the table of keys; keys are separated by blanks. */
export function bind(
  scopes: readonly Scope[],
  command: CommandId,
  keys: string,
  help: string,
  extra: Extra = {},
): Binding {
  return { scopes, command, keys: keys.split(" "), help, ...extra };
}
