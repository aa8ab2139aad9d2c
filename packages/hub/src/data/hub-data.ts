import type { Network } from "pos-shared/chain/network.ts";
import type { SecretKey } from "pos-shared/crypto/keys.ts";
import type { HubConfig } from "../config/hub-config.ts";
import type { SqliteStore } from "../store/sqlite-store.ts";
import type { GivenGenesis } from "./genesis-file.ts";

/** Something that the hub's operator should know though it is no fault. */
export type Notice =
  | { readonly code: "MOVED_ASIDE"; readonly directory: string }
  /** Rounds of this run have another length than genesis names. */
  | { readonly code: "ROUND_LENGTH"; readonly source: string; readonly genesisMs: number; readonly roundMs: number }
  /** Nobody has tokens in this new network, and nobody gets any. */
  | { readonly code: "NO_TOKENS" }
  /** A file of an earlier version is brought up to date, from now on. */
  | { readonly code: "UPGRADING"; readonly file: string };

/** What a hub goes on from. */
export interface OpenedNetwork {
  readonly network: Network;
  readonly hubKey: SecretKey;
  readonly store: SqliteStore;
  /** Was the network made just now? */
  readonly isNew: boolean;
  /** Length of this run's rounds. */
  readonly roundMs: number;
  readonly notices: readonly Notice[];
}

export interface HubData extends OpenedNetwork {
  /** Null where nothing is kept on disk. */
  readonly directory: string | null;
  /** Is it a backup from which no hub has gone on yet? */
  readonly isCopy: boolean;
  /** From now on it is what there is. */
  readonly leaveCopy: () => void;
  /** Closes the store and gives the directory back. */
  readonly close: () => void;
}

export type HubDataConfig = Pick<HubConfig, "data" | "fresh" | "genesis" | "roundMs">;

export interface OpenInput {
  readonly config: HubDataConfig;
  /** What the file of `--genesis` gives, nothing where there is none. */
  readonly given: GivenGenesis;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** Told what the operator should know before it is done. */
  readonly tell: (notice: Notice) => void;
}
