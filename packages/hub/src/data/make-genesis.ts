import { type Network, openNetwork } from "pos-shared/chain/network.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { HubConfig } from "../config/hub-config.ts";
import { MAX_ROUND_MS } from "../config/values.ts";
import type { DataFault } from "./data-fault.ts";
import type { GivenGenesis } from "./genesis-file.ts";

export interface GenesisInput {
  readonly config: Pick<HubConfig, "genesis" | "roundMs">;
  /** Of the file of `--genesis`, whose path is in `config`. */
  readonly given: GivenGenesis;
  /** Public key. */
  readonly hub: Hex;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** A new network: flags and variables beat the genesis file, which beats what is usual. */
export function makeGenesis({ config, given, hub, nowMs }: GenesisInput): Result<Network, DataFault> {
  const opened = openNetwork({ ...usualGenesis(hub, nowMs), ...given, ...settingsOf(config) });
  const file = config.genesis.file?.value ?? "";
  // Flags were checked when they were read, so what is wrong came from the file.
  if (!opened.ok) return err({ code: "GENESIS_FILE_WRONG", file, ...opened.error });
  const { roundMs } = opened.value.genesis;
  if (roundMs <= MAX_ROUND_MS) return ok(opened.value);
  return err({
    code: "GENESIS_FILE_WRONG",
    file,
    path: "roundMs",
    expected: `at most ${MAX_ROUND_MS}`,
    actual: String(roundMs),
  });
}

/** What a network is made with where nobody says otherwise (DESIGN §8, §10), in the order of SPEC §2. */
function usualGenesis(hub: Hex, nowMs: number): Genesis {
  return {
    version: 1,
    network: "classroom",
    rule: "stake-lottery",
    createdAt: new Date(nowMs).toISOString(),
    roundMs: 30_000,
    faucet: 1_000,
    blockReward: 10,
    unbondingRounds: 10,
    activationDelay: 0,
    bpmMin: 30,
    bpmMax: 220,
    params: {},
    hub,
    accounts: [],
  };
}

function settingsOf({ genesis, roundMs }: GenesisInput["config"]): GivenGenesis {
  return {
    ...(genesis.network && { network: genesis.network.value }),
    ...(genesis.faucet && { faucet: genesis.faucet.value }),
    ...(genesis.blockReward && { blockReward: genesis.blockReward.value }),
    ...(genesis.activationDelay && { activationDelay: genesis.activationDelay.value }),
    ...(roundMs && { roundMs: roundMs.value }),
  };
}
