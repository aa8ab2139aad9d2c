import type { Network } from "pos-shared/chain/network.ts";
import type { Account } from "pos-shared/model/account.ts";
import { MAX_INTEGER, MAX_UNLIMITED_GRANT } from "pos-shared/model/limits.ts";

/**
 * Can the limit of 2^53−1 tokens matter for what comes next? The ledger's root covers the accounts, but not how many
 * tokens were ever minted. Far from the limit that number changes nothing (SPEC §3), near it only the chain tells it.
 *
 * @param index of the block before
 * @param transactions of the next block
 */
export function isFarFromTokenLimit(
  { genesis }: Network,
  accounts: readonly Account[],
  index: number,
  transactions: number,
): boolean {
  const given = genesis.accounts.reduce((sum, { liquid, bonded }) => sum + BigInt(liquid) + BigInt(bonded), 0n);
  const grant = BigInt(genesis.faucet === "unlimited" ? MAX_UNLIMITED_GRANT : genesis.faucet);
  const joins = BigInt(Math.max(accounts.length - genesis.accounts.length, 0) + transactions);
  const rewards = BigInt(genesis.blockReward) * BigInt(index + 1);
  return given + grant * joins + rewards <= BigInt(MAX_INTEGER);
}
