/** A network with as many bonded validators as a row needs, the same at each run. */
import { createHash } from "node:crypto";
import { type Network, networkOf } from "pos-shared/chain/network.ts";
import { type SecretKey, secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";

export const HUB_SEED: Uint8Array = seedOf("hub");
export const STAKE = 100;
const CREATED_AT = "2026-01-01T00:00:00.000Z";

export interface BenchNetwork {
  readonly network: Network;
  readonly hubKey: SecretKey;
}

/** The key of one validator of the bench. */
export function keyOf(position: number): SecretKey {
  return secretKeyFromSeed(seedOf(`validator ${position}`));
}

export function keysOf(from: number, count: number): SecretKey[] {
  return Array.from({ length: count }, (_, i) => keyOf(from + i));
}

/** @param bonded so many accounts are in genesis, each with a stake */
export function benchGenesis(bonded: number, roundMs = 30_000): Genesis {
  return {
    version: 1,
    network: "bench",
    rule: "stake-lottery",
    createdAt: CREATED_AT,
    roundMs,
    faucet: 1_000,
    blockReward: 10,
    unbondingRounds: 10,
    activationDelay: 0,
    bpmMin: 30,
    bpmMax: 220,
    params: {},
    hub: secretKeyFromSeed(HUB_SEED).publicKey,
    accounts: keysOf(0, bonded).map(({ publicKey }, i) => ({ publicKey, name: `v-${i}`, liquid: 900, bonded: STAKE })),
  };
}

export function benchNetwork(bonded: number, roundMs?: number): BenchNetwork {
  return { network: networkOf(benchGenesis(bonded, roundMs)), hubKey: secretKeyFromSeed(HUB_SEED) };
}

function seedOf(text: string): Uint8Array {
  return createHash("sha256").update(`pos-bench ${text}`).digest();
}
