/** A network with as many bonded validators as a row needs, the same at each run. */
import { createHash } from "node:crypto";
import { type Network, networkOf } from "pos-shared/chain/network.ts";
import { type SecretKey, secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import type { Genesis, GenesisAccount } from "pos-shared/model/genesis.ts";

export const STAKE = 100;
export const GRANT = 1_000;
export const CREATED_MS = Date.parse("2026-01-01T00:00:00.000Z");
export const HUB_SEED: Uint8Array = seedOf("hub");
export const HUB_KEY: SecretKey = secretKeyFromSeed(HUB_SEED);

/** Keys of the bench's validators, from a position on. */
export function keysOf(from: number, count: number): SecretKey[] {
  return Array.from({ length: count }, (_, i) => secretKeyFromSeed(seedOf(`validator ${from + i}`)));
}

/** So many of them with a stake, for a genesis. */
export function bondedAccounts(count: number): GenesisAccount[] {
  return keysOf(0, count).map(({ publicKey }, i) => ({
    publicKey,
    name: `v-${i}`,
    liquid: GRANT - STAKE,
    bonded: STAKE,
  }));
}

/** A network of which nothing is on a disk. */
export function benchNetwork(bonded: number): Network {
  const genesis: Genesis = {
    version: 1,
    network: "bench",
    rule: "stake-lottery",
    createdAt: new Date(CREATED_MS).toISOString(),
    roundMs: 30_000,
    faucet: GRANT,
    blockReward: 10,
    unbondingRounds: 10,
    activationDelay: 0,
    bpmMin: 30,
    bpmMax: 220,
    params: {},
    hub: HUB_KEY.publicKey,
    accounts: bondedAccounts(bonded),
  };
  return networkOf(genesis);
}

function seedOf(text: string): Uint8Array {
  return createHash("sha256").update(`pos-bench ${text}`).digest();
}
