import type { Hex } from "../encoding/hex.ts";
import { MAX_INTEGER } from "../model/limits.ts";
import { getAccount, type Ledger, updateAccount } from "./ledger.ts";

/** Pays newly minted tokens to the winner of so many blocks in a row; capped at what is left to mint (SPEC §3). */
export function payReward(ledger: Ledger, publicKey: Hex, blockReward: number, blocks = 1): Ledger {
  const account = getAccount(ledger, publicKey);
  if (account === undefined) throw new Error("a reward for a key without an account");
  const reward = Math.min(blockReward * blocks, MAX_INTEGER - ledger.minted);
  if (reward === 0) return ledger;
  const after = updateAccount(ledger, account, { ...account, liquid: account.liquid + reward });
  return { ...after, minted: after.minted + reward };
}
