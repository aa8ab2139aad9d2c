import type { EvilMode } from "../evil/modes.ts";
import type { LogLevel } from "../telemetry/log-levels.ts";

/** A value that somebody gave, and where: a flag as `--port`, a variable as `POS_HUB_PORT` or `ADDR in .env`. */
export interface Setting<T> {
  readonly value: T;
  readonly source: string;
}

export type DataPlace = { readonly kind: "directory"; readonly directory: string } | { readonly kind: "memory" };

/** What a new network is made with, and what an existing one must agree with. Amounts in tokens, delay in rounds. */
export interface GenesisSettings {
  readonly network: Setting<string> | undefined;
  readonly faucet: Setting<number | "unlimited"> | undefined;
  readonly blockReward: Setting<number> | undefined;
  readonly activationDelay: Setting<number> | undefined;
  /** Path of a file with parts of a genesis; the settings above beat it. */
  readonly file: Setting<string> | undefined;
}

/** What the gateway allows. Every limit is at least 1. */
export interface HubLimits {
  readonly maxConnections: number;
  /** Of one network address. Connections from this machine itself count towards `maxConnections` only. */
  readonly maxConnectionsPerAddress: number;
  /** Messages a second of one connection, on average. */
  readonly maxMessageRate: number;
  /** Messages a second of all connections of one network address together; none for this machine itself. */
  readonly maxMessagesPerAddress: number;
  /** HTTP requests and handshakes a second of one network address; none for this machine itself. */
  readonly maxRequestsPerAddress: number;
  /** Bytes of one message, at least 4,096. */
  readonly maxMessageBytes: number;
  /** Accounts of the network: above it nobody can join. */
  readonly maxValidators: number;
  /** Transactions that wait for a block, over all rounds. */
  readonly maxPendingTransactions: number;
}

/** How a hub is to run: flags beat the environment, which beats `.env`, which beats defaults (DESIGN §10). */
export interface HubConfig {
  /** 0 takes a free port. */
  readonly port: number;
  /** Address or name to listen on, without brackets. */
  readonly host: string;
  readonly data: DataPlace;
  /** Start a new network and move the old data aside. */
  readonly fresh: boolean;
  /** Length of the rounds of this run in milliseconds; of a new network, its usual one. Undefined: as genesis says. */
  readonly roundMs: Setting<number> | undefined;
  readonly genesis: GenesisSettings;
  /** The data is an older copy; clients may give back what it lacks for so many milliseconds. Undefined: not said. */
  readonly recoverMs: number | undefined;
  /** Needed to join, not to read. */
  readonly token: string | undefined;
  /** Path of a file that holds the token, where `token` does not. */
  readonly tokenFile: string | undefined;
  /** Events below it are not told. */
  readonly logLevel: LogLevel;
  /** Paths of PEM files. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** How the hub cheats, for teaching and testing; empty for an honest one. */
  readonly evil: readonly EvilMode[];
  /** What a cheating hub leaves to chance is the same with the same seed. */
  readonly evilSeed: number | undefined;
  /** One JSON object a line instead of lines for people. */
  readonly json: boolean;
  /** Proposals of this many rounds are kept. */
  readonly keepProposals: number;
  readonly limits: HubLimits;
}
