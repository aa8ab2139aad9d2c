import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { BpmPlan, ClientConfig } from "./client-config.ts";
import { type CommandLine, parseCommandLine } from "./command-line.ts";
import type { ConfigFault } from "./config-fault.ts";
import { readDotenv } from "./dotenv.ts";
import { homeDirOf, type Platform, type Variables } from "./home-dir.ts";
import { DEFAULT_HUB_URL, hubUrlOfPort } from "./hub-url.ts";
import { findUnknownVariable, type Layer, layerOfSettings, layerOfVariables, OptionLayers } from "./option-layers.ts";
import type { Command } from "./options.ts";
import { readSettings } from "./settings-file.ts";
import { blockRange, tutorialPort } from "./values.ts";

/** What a bot stakes where nothing is said, in tokens. */
const BOT_STAKE = 100;
const ANY_PULSE: BpmPlan = { kind: "random", range: null };

/** The variable of the tutorial's `.env`. */
const TUTORIAL_VARIABLE = "ADDR";

export interface Surroundings {
  /** The words after the program's name. */
  readonly words: readonly string[];
  readonly environment: Variables;
  /** The working directory. */
  readonly directory: string;
  readonly platform: Platform;
}

export type Invocation =
  | Exclude<CommandLine, { kind: "command" }>
  | {
      readonly kind: "command";
      readonly command: Command;
      readonly operands: readonly string[];
      readonly config: ClientConfig;
    };

/** What is to be done, from the command line and everything that may complete it (DESIGN §10). */
export async function readInvocation(surroundings: Surroundings): Promise<Result<Invocation, ConfigFault>> {
  const { words, environment, directory, platform } = surroundings;
  const line = parseCommandLine(words);
  if (!line.ok) return line;
  if (line.value.kind !== "command") return ok(line.value);
  const { command, operands, flags } = line.value;
  const dotenv = readDotenv(directory);
  if (!dotenv.ok) return dotenv;
  const unknown = findUnknownVariable(dotenv.value);
  if (unknown !== undefined) return err(unknown);

  const said: Layer[] = [flags, layerOfVariables(environment, ""), layerOfVariables(dotenv.value, " in .env")];
  const profile = new OptionLayers(command, said).read("profile");
  const homeDir = homeDirOf(platform, environment, profile);
  // `config` must be able to mend settings that are wrong.
  const settings = command === "config" ? ok({}) : await readSettings(homeDir);
  if (!settings.ok) return settings;
  const layers = new OptionLayers(command, [...said, layerOfSettings(settings.value)]);
  const hub = layers.read("hub");
  const usualHub = hub === undefined ? readUsualHub(environment, dotenv.value) : ok(hub);
  if (!usualHub.ok) return usualHub;
  const named = readOperands(command, operands);
  if (!named.ok) return named;
  const bots = layers.read("bots") ?? 0;
  const spectate = layers.read("spectate") ?? false;
  const config: ClientConfig = {
    hubUrl: usualHub.value,
    chainId: layers.read("chain") ?? null,
    stake: layers.read("stake") ?? (bots > 0 ? BOT_STAKE : null),
    name: layers.read("name") ?? null,
    bpm: readBpmPlan(layers, bots),
    bots,
    spectate,
    token: layers.read("token") ?? null,
    once: layers.read("once") ?? false,
    json: layers.read("json") ?? false,
    plain: layers.read("plain") ?? false,
    ascii: layers.read("ascii") ?? false,
    // An empty NO_COLOR counts as none (no-color.org).
    color: !(layers.read("no-color") ?? Boolean(environment.NO_COLOR)),
    // Who only watches does it on a projector.
    theme: layers.read("theme") ?? (spectate ? "contrast" : "dark"),
    bell: layers.read("bell") ?? true,
    full: layers.read("full") ?? false,
    chainFile: layers.read("chain-file") ?? null,
    homeDir,
    ...named.value,
  };
  layers.read("profile");
  return layers.fault === undefined ? ok({ kind: "command", command, operands, config }) : err(layers.fault);
}

/** Nobody sits before a bot, so it makes its own pulse unless it is told otherwise. */
function readBpmPlan(layers: OptionLayers, bots: number): BpmPlan {
  const bpm = layers.read("bpm");
  const random = layers.read("auto-bpm");
  if (bpm !== undefined) return { kind: "fixed", bpm };
  return random ?? (bots > 0 ? ANY_PULSE : { kind: "ask" });
}

/** The tutorial's port where it is given: it says where the hub listens, and so which one is the usual one. */
function readUsualHub(...places: readonly Variables[]): Result<string, ConfigFault> {
  const text = places
    .map((variables) => variables[TUTORIAL_VARIABLE])
    .find((value) => value !== undefined && value !== "");
  if (text === undefined) return ok(DEFAULT_HUB_URL);
  const port = tutorialPort(text);
  return port.ok
    ? ok(hubUrlOfPort(port.value))
    : err({ code: "BAD_VALUE", source: TUTORIAL_VARIABLE, expected: port.error, actual: text });
}

/** `verify`, `compare` and `blocks` take one word more, `run` none; the others take theirs apart themselves. */
function readOperands(
  command: Command,
  operands: readonly string[],
): Result<Pick<ClientConfig, "source" | "blockRange">, ConfigFault> {
  const [first, second] = operands;
  const none = { source: null, blockRange: null };
  if (command === "keys" || command === "config" || command === "evidence" || first === undefined) return ok(none);
  if (second !== undefined) return err({ code: "EXTRA_OPERAND", command, actual: second });
  if (command === "verify" || command === "compare") return ok({ ...none, source: first });
  const range = blockRange(first);
  return range.ok
    ? ok({ ...none, blockRange: range.value })
    : err({ code: "BAD_VALUE", source: command, expected: range.error, actual: first });
}
