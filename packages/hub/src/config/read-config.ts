import { join, resolve } from "node:path";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { MAX_FRAME_BYTES } from "pos-shared/protocol/limits.ts";
import { type CommandLine, parseCommandLine } from "./command-line.ts";
import type { ConfigFault } from "./config-fault.ts";
import { defaultDataDirectory, type Platform } from "./data-home.ts";
import type { DataPlace, GenesisSettings, HubConfig, HubLimits, Setting } from "./hub-config.ts";
import type { Command } from "./options.ts";
import { Settings } from "./settings.ts";
import { evilModes, faucet, integer, logLevel, networkName, path, patience, roundLength, token } from "./values.ts";

/** What the program was asked to do. `data` is the directory to look at. */
export type Invocation =
  | { readonly command: "help"; readonly about: Command }
  | { readonly command: "version" }
  | { readonly command: "run"; readonly config: HubConfig }
  | { readonly command: "verify"; readonly data: string; readonly json: boolean }
  | { readonly command: "export"; readonly data: string; readonly csv: boolean; readonly proposals: boolean }
  | { readonly command: "info"; readonly data: string; readonly json: boolean }
  | { readonly command: "backup"; readonly data: string; readonly target: string };

export interface Surroundings extends Platform {
  readonly workingDirectory: string;
  /** The variables of `.env`; asked for only where they may matter. */
  readonly readDotenv: () => Result<Readonly<Record<string, string | undefined>>, ConfigFault>;
}

/** Defaults of DESIGN §10. */
const DEFAULT_PORT = 9000;
const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_KEEP_PROPOSALS = 10_000;
/** Room for every message of an honest client, but for what it gives back to a restored hub. */
const MIN_MESSAGE_BYTES = 4_096;
const DEFAULT_LIMITS: HubLimits = {
  maxConnections: 20_000,
  maxConnectionsPerAddress: 1_000,
  maxMessageRate: 50,
  maxMessagesPerAddress: 5_000,
  maxRequestsPerAddress: 100,
  maxMessageBytes: MAX_FRAME_BYTES,
  maxValidators: 100_000,
  maxPendingTransactions: 10_000,
};

/**
 * Understands a command line in its surroundings.
 *
 * @param words what stands after the program's name
 */
export function readInvocation(words: readonly string[], surroundings: Surroundings): Result<Invocation, ConfigFault> {
  const parsed = parseCommandLine(words);
  if (!parsed.ok) return parsed;
  const { command, flags } = parsed.value;
  if (flags.has("help")) return ok({ command: "help", about: command });
  if (flags.has("version")) return ok({ command: "version" });
  const operandFault = findOperandFault(parsed.value);
  if (operandFault !== undefined) return err(operandFault);
  const file = surroundings.readDotenv();
  if (!file.ok) return file;
  const settings = new Settings({ flags, environment: surroundings.environment, file: file.value });
  const invocation = invocationOf(parsed.value, settings, surroundings);
  return settings.fault === undefined ? ok(invocation) : err(settings.fault);
}

function findOperandFault({ command, operands }: CommandLine): ConfigFault | undefined {
  const wanted = command === "backup" ? 1 : 0;
  if (operands.length < wanted) return { code: "MISSING_OPERAND", command, expected: "DIR" };
  const extra = operands[wanted];
  return extra === undefined ? undefined : { code: "EXTRA_OPERAND", command, actual: extra };
}

function invocationOf({ command, operands, flags }: CommandLine, settings: Settings, at: Surroundings): Invocation {
  const json = () => settings.readSwitch("json")?.value ?? false;
  switch (command) {
    case "run":
      return { command, config: readHubConfig(settings, at) };
    case "verify":
    case "info":
      return { command, data: readDataDirectory(settings, at), json: json() };
    case "export":
      // A cell has no room for them.
      if (flags.has("csv") && flags.has("proposals")) {
        settings.refuse({ code: "EXCLUSIVE", source: "--csv", other: "--proposals" });
      }
      return {
        command,
        data: readDataDirectory(settings, at),
        csv: flags.has("csv"),
        proposals: flags.has("proposals"),
      };
    case "backup":
      return { command, data: readDataDirectory(settings, at), target: pathAt(at, operands[0] ?? "") };
  }
}

function readHubConfig(settings: Settings, at: Surroundings): HubConfig {
  const address = settings.readAddress();
  return {
    port: address.port?.value ?? DEFAULT_PORT,
    host: address.host?.value ?? DEFAULT_HOST,
    data: readDataPlace(settings, at),
    fresh: settings.readSwitch("fresh")?.value ?? false,
    roundMs: settings.read("round", roundLength),
    genesis: readGenesisSettings(settings, at),
    recoverMs: settings.read("recover", patience)?.value,
    ...readToken(settings, at),
    logLevel: settings.read("log-level", logLevel)?.value ?? "info",
    tls: readTls(settings, at),
    evil: settings.read("evil", evilModes)?.value ?? [],
    evilSeed: settings.read("evil-seed", integer(0))?.value,
    json: settings.readSwitch("json")?.value ?? false,
    keepProposals: settings.read("keep-proposals", integer(1))?.value ?? DEFAULT_KEEP_PROPOSALS,
    limits: readLimits(settings),
  };
}

function readGenesisSettings(settings: Settings, at: Surroundings): GenesisSettings {
  return {
    network: settings.read("network", networkName),
    faucet: settings.read("faucet", faucet),
    blockReward: settings.read("reward", integer(0)),
    activationDelay: settings.read("activation-delay", integer(0)),
    file: readPath(settings, at, "genesis"),
  };
}

function readLimits(settings: Settings): HubLimits {
  const read = (name: Parameters<Settings["read"]>[0], usual: number): number =>
    settings.read(name, integer(1))?.value ?? usual;
  return {
    maxConnections: read("max-connections", DEFAULT_LIMITS.maxConnections),
    maxConnectionsPerAddress: read("max-connections-per-address", DEFAULT_LIMITS.maxConnectionsPerAddress),
    maxMessageRate: read("max-message-rate", DEFAULT_LIMITS.maxMessageRate),
    maxMessagesPerAddress: read("max-messages-per-address", DEFAULT_LIMITS.maxMessagesPerAddress),
    maxRequestsPerAddress: read("max-requests-per-address", DEFAULT_LIMITS.maxRequestsPerAddress),
    maxMessageBytes:
      settings.read("max-message-bytes", integer(MIN_MESSAGE_BYTES))?.value ?? DEFAULT_LIMITS.maxMessageBytes,
    maxValidators: read("max-validators", DEFAULT_LIMITS.maxValidators),
    maxPendingTransactions: read("max-pending", DEFAULT_LIMITS.maxPendingTransactions),
  };
}

/** The stronger place decides between the token itself and a file that holds it. */
function readToken(settings: Settings, at: Surroundings): Pick<HubConfig, "token" | "tokenFile"> {
  const given = settings.strongerOf("token", "token-file");
  const tokenFile = given === "token-file" ? readPath(settings, at, "token-file")?.value : undefined;
  return { token: given === "token" ? settings.read("token", token)?.value : undefined, tokenFile };
}

function readTls(settings: Settings, at: Surroundings): HubConfig["tls"] {
  const certificate = readPath(settings, at, "tls-cert");
  const key = readPath(settings, at, "tls-key");
  if (certificate !== undefined && key !== undefined) return { certFile: certificate.value, keyFile: key.value };
  if (certificate !== undefined)
    settings.refuse({ code: "INCOMPLETE", source: certificate.source, expected: "--tls-key" });
  if (key !== undefined) settings.refuse({ code: "INCOMPLETE", source: key.source, expected: "--tls-cert" });
  return undefined;
}

function readDataPlace(settings: Settings, at: Surroundings): DataPlace {
  const directory = readDataDirectory(settings, at);
  const isMemory = settings.readSwitch("memory")?.value === true && settings.strongerOf("memory", "data") === "memory";
  return isMemory ? { kind: "memory" } : { kind: "directory", directory };
}

function readDataDirectory(settings: Settings, at: Surroundings): string {
  return readPath(settings, at, "data")?.value ?? defaultDataDirectory(at);
}

function readPath(
  settings: Settings,
  at: Surroundings,
  name: "data" | "genesis" | "tls-cert" | "tls-key" | "token-file",
): Setting<string> | undefined {
  const given = settings.read(name, path);
  return given === undefined ? undefined : { ...given, value: pathAt(at, given.value) };
}

/** From the working directory. A leading `~` is the home, which no shell replaces inside `--data=~/x` or `.env`. */
function pathAt({ workingDirectory, homeDirectory }: Surroundings, text: string): string {
  const fromHome = text === "~" || text.startsWith("~/") ? join(homeDirectory, text.slice(1)) : text;
  return resolve(workingDirectory, fromHome);
}
