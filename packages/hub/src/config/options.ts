/** Every option of `pos-hub`, in one table: the parser, the help and the names of variables come from it. */

export const COMMANDS = ["run", "verify", "export", "info", "backup"] as const;
export type Command = (typeof COMMANDS)[number];

export interface Option {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for the value in the help; undefined for a switch, which takes none. */
  readonly placeholder?: string;
  readonly help: string;
  readonly commands: readonly Command[];
  /** Not to be set by a variable. */
  readonly flagOnly?: boolean;
}

const RUN: readonly Command[] = ["run"];

const OPTION_LIST = [
  { name: "port", placeholder: "N", help: "port to listen on; 0 takes a free one (9000)", commands: RUN },
  { name: "host", placeholder: "ADDRESS", help: "address to listen on; 0.0.0.0 for all (127.0.0.1)", commands: RUN },
  { name: "round", placeholder: "TIME", help: "length of a round: 500ms, 10s, 2m (30s)", commands: RUN },
  { name: "data", placeholder: "DIR", help: "where the chain and the hub's key are kept", commands: COMMANDS },
  { name: "memory", help: "keep nothing on disk", commands: RUN },
  { name: "fresh", help: "start a new network; the old data is moved aside", commands: RUN, flagOnly: true },
  { name: "network", placeholder: "NAME", help: "name of a new network (classroom)", commands: RUN },
  { name: "faucet", placeholder: "N", help: "tokens that a new key gets, or unlimited (1000)", commands: RUN },
  { name: "reward", placeholder: "N", help: "tokens that a block earns its winner (10)", commands: RUN },
  { name: "genesis", placeholder: "FILE", help: "JSON file with parts of a new network's genesis", commands: RUN },
  { name: "activation-delay", placeholder: "N", help: "rounds until a bond counts (0)", commands: RUN },
  {
    name: "recover",
    placeholder: "TIME",
    help: "the data is an older copy: take back what clients have first, for so long",
    commands: RUN,
    flagOnly: true,
  },
  { name: "token", placeholder: "SECRET", help: "what a client must know to join", commands: RUN },
  { name: "token-file", placeholder: "FILE", help: "a file with the token", commands: RUN },
  { name: "tls-cert", placeholder: "FILE", help: "certificate chain in PEM, for wss://", commands: RUN },
  { name: "tls-key", placeholder: "FILE", help: "its key in PEM", commands: RUN },
  { name: "keep-proposals", placeholder: "N", help: "rounds whose proposals are kept (10000)", commands: RUN },
  { name: "max-connections", placeholder: "N", help: "connections in all (20000)", commands: RUN },
  {
    name: "max-connections-per-address",
    placeholder: "N",
    help: "connections of one other machine (1000)",
    commands: RUN,
  },
  {
    name: "max-requests-per-address",
    placeholder: "N",
    help: "HTTP requests and handshakes a second of one other machine (100)",
    commands: RUN,
  },
  {
    name: "max-messages-per-address",
    placeholder: "N",
    help: "messages a second of one other machine (5000)",
    commands: RUN,
  },
  { name: "max-message-rate", placeholder: "N", help: "messages a second of a connection (50)", commands: RUN },
  { name: "max-message-bytes", placeholder: "N", help: "size of a message (65536)", commands: RUN },
  { name: "max-validators", placeholder: "N", help: "accounts of the network (100000)", commands: RUN },
  { name: "max-pending", placeholder: "N", help: "transactions that wait for a block (10000)", commands: RUN },
  {
    name: "evil",
    placeholder: "MODE[,MODE]",
    help: "cheat, to see it caught: drop, skip, second, fork, ledger, lose, early, censor",
    commands: RUN,
    flagOnly: true,
  },
  { name: "evil-seed", placeholder: "N", help: "cheat in the same rounds again", commands: RUN, flagOnly: true },
  { name: "json", help: "JSON instead of lines for people", commands: ["run", "verify", "info"] },
  {
    name: "log-level",
    placeholder: "LEVEL",
    help: "what is told at least: debug, info, warn or error (info)",
    commands: RUN,
  },
  { name: "csv", help: "a table for a spreadsheet", commands: ["export"], flagOnly: true },
  { name: "proposals", help: "with the proposals of each block that are kept", commands: ["export"], flagOnly: true },
  { name: "help", help: "this text", commands: COMMANDS, flagOnly: true },
  { name: "version", help: "the version", commands: COMMANDS, flagOnly: true },
] as const satisfies readonly Option[];

export type OptionName = (typeof OPTION_LIST)[number]["name"];
export const OPTIONS: readonly (Option & { readonly name: OptionName })[] = OPTION_LIST;

const VARIABLE_PREFIX = "POS_HUB_";

/** The variable that sets an option: `keep-proposals` → `POS_HUB_KEEP_PROPOSALS`. */
export function variableOf(name: OptionName): string {
  return VARIABLE_PREFIX + name.toUpperCase().replaceAll("-", "_");
}

export function isOwnVariable(variable: string): boolean {
  return variable.startsWith(VARIABLE_PREFIX);
}

export function findOption(name: string): (Option & { readonly name: OptionName }) | undefined {
  return OPTIONS.find((option) => option.name === name);
}
