/** Every option of `pos-client`, in one table: the parser, the help, the variables and the settings come from it. */
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Theme } from "./client-config.ts";
import { parseHubUrl } from "./hub-url.ts";
import {
  autoBpm,
  chainId,
  integer,
  name,
  type Parser,
  path,
  profile,
  type RandomBpm,
  theme,
  token,
  truth,
} from "./values.ts";

export const COMMANDS = ["run", "verify", "blocks", "compare", "evidence", "keys", "config"] as const;
export type Command = (typeof COMMANDS)[number];

export interface OptionValues {
  readonly hub: string;
  readonly chain: Hex;
  readonly stake: number;
  readonly name: string;
  readonly profile: string;
  readonly bpm: number;
  /** Null where it was switched off. */
  readonly "auto-bpm": RandomBpm | null;
  readonly bots: number;
  readonly spectate: boolean;
  readonly token: string;
  readonly once: boolean;
  readonly full: boolean;
  readonly "chain-file": string;
  readonly json: boolean;
  readonly plain: boolean;
  readonly ascii: boolean;
  readonly "no-color": boolean;
  readonly theme: Theme;
  readonly bell: boolean;
}

export type OptionName = keyof OptionValues;

export interface Option<T> {
  readonly parse: Parser<T>;
  /** What stands for the value in the help; undefined for a switch, which takes none. */
  readonly placeholder?: string;
  /** The value may be left out. */
  readonly isValueOptional?: boolean;
  readonly help: string;
  /** The commands that have it. */
  readonly commands: readonly Command[];
  /** `pos-client config` keeps it. */
  readonly isSetting?: boolean;
  /** Not to be given as a flag. */
  readonly isNoFlag?: boolean;
  readonly isSecret?: boolean;
}

const MAX_BOTS = 1_000;

const RUN: readonly Command[] = ["run"];
const ASKS_HUB: readonly Command[] = ["run", "verify", "blocks", "compare", "evidence"];

export const OPTIONS: { readonly [Name in OptionName]: Option<OptionValues[Name]> } = {
  hub: {
    parse: parseHubUrl,
    placeholder: "ADDRESS",
    help: "the hub: HOST[:PORT], ws://… or wss://… (127.0.0.1:9000)",
    commands: ASKS_HUB,
    isSetting: true,
  },
  chain: {
    parse: chainId,
    placeholder: "ID",
    help: "accept this network only, by its chain id",
    commands: ["run", "verify", "blocks", "compare", "evidence", "keys"],
    isSetting: true,
  },
  stake: {
    parse: integer(1),
    placeholder: "N",
    help: "be bonded with N tokens: tops up, never unbonds",
    commands: RUN,
    isSetting: true,
  },
  name: {
    parse: name,
    placeholder: "NAME",
    help: "run as this identity; made where there is none",
    commands: RUN,
    isSetting: true,
  },
  profile: {
    parse: profile,
    placeholder: "NAME",
    help: "identities and settings of their own",
    commands: COMMANDS,
  },
  bpm: {
    parse: integer(0),
    placeholder: "N",
    help: "propose this BPM every round",
    commands: RUN,
  },
  "auto-bpm": {
    parse: autoBpm,
    placeholder: "[MIN-MAX]",
    isValueOptional: true,
    help: "propose a random BPM every round",
    commands: RUN,
    isSetting: true,
  },
  bots: {
    parse: integer(1, MAX_BOTS),
    placeholder: "N",
    help: `run N validators by themselves in this process, up to ${MAX_BOTS}`,
    commands: RUN,
  },
  spectate: { parse: truth, help: "only watch, without an identity", commands: RUN },
  token: {
    parse: token,
    placeholder: "SECRET",
    help: "the hub's join token; better in POS_CLIENT_TOKEN",
    commands: RUN,
    isSetting: true,
    isSecret: true,
  },
  once: {
    parse: truth,
    help: "end with an error if the hub cannot be reached; blocks, verify, compare and evidence always do",
    commands: ASKS_HUB,
  },
  full: { parse: truth, help: "check every proposal and draw too", commands: ["verify"] },
  "chain-file": {
    parse: path,
    placeholder: "FILE",
    help: "an exported chain, for evidence that needs one",
    commands: ["verify"],
  },
  json: { parse: truth, help: "JSON lines instead of lines or a screen", commands: COMMANDS },
  plain: {
    parse: truth,
    help: "lines in place of the screen, for a screen reader",
    commands: RUN,
    isSetting: true,
  },
  ascii: { parse: truth, help: "no characters beyond ASCII in frames and marks", commands: COMMANDS, isSetting: true },
  "no-color": { parse: truth, help: "no colours; so does NO_COLOR", commands: COMMANDS, isSetting: true },
  theme: {
    parse: theme,
    placeholder: "NAME",
    help: "colours of the screen: dark, light or contrast (dark; contrast with --spectate)",
    commands: RUN,
    isSetting: true,
    isNoFlag: true,
  },
  bell: {
    parse: truth,
    help: "ring on a win and before a round closes without a BPM (on)",
    commands: RUN,
    isSetting: true,
    isNoFlag: true,
  },
};

export const OPTION_NAMES = Object.keys(OPTIONS).filter(isOptionName);
export const FLAG_NAMES = OPTION_NAMES.filter((name) => !OPTIONS[name].isNoFlag);
export const SETTING_NAMES = OPTION_NAMES.filter((name) => OPTIONS[name].isSetting);

/** Pairs of which only one can hold. */
export const EXCLUSIVE: readonly (readonly [OptionName, OptionName])[] = [
  ["spectate", "stake"],
  ["spectate", "bpm"],
  ["spectate", "auto-bpm"],
  ["spectate", "bots"],
  ["bpm", "auto-bpm"],
  ["bots", "name"],
];

export const VARIABLE_PREFIX = "POS_CLIENT_";

/** The variable that sets an option: `auto-bpm` → `POS_CLIENT_AUTO_BPM`. */
export function variableOf(name: OptionName): string {
  return VARIABLE_PREFIX + name.toUpperCase().replaceAll("-", "_");
}

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}
