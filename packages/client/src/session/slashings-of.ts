import { applyTransaction, authorOf } from "pos-shared/chain/apply-transaction.ts";
import type { Network } from "pos-shared/chain/network.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { slashableOf } from "pos-shared/ledger/burn.ts";
import { getAccount } from "pos-shared/ledger/ledger.ts";
import { processDueEntries } from "pos-shared/ledger/mature.ts";
import type { EvidenceKind } from "pos-shared/model/evidence.ts";
import type { VerifiedBlock } from "../replica/replica-events.ts";

export interface SlashingInBlock {
  readonly publicKey: Hex;
  readonly name: string;
  readonly kind: EvidenceKind;
  /** Burned tokens. */
  readonly amount: number;
}

/** Who was slashed by a verified block, and what it cost. */
export function slashingsOf(network: Network, { block, before }: VerifiedBlock): SlashingInBlock[] {
  if (!block.transactions.some(({ type }) => type === "slash")) return [];
  const context = { network, round: block.round, seedAfter: () => undefined, trusted: true };
  const slashings: SlashingInBlock[] = [];
  let ledger = processDueEntries(before.ledger, block.round);
  for (const transaction of block.transactions) {
    if (transaction.type === "slash") {
      const publicKey = authorOf(transaction.evidence);
      const account = getAccount(ledger, publicKey);
      if (account !== undefined) {
        const { kind } = transaction.evidence;
        slashings.push({ publicKey, name: account.name, kind, amount: slashableOf(account) });
      }
    }
    const applied = applyTransaction(context, ledger, transaction);
    if (applied.ok) ledger = applied.value;
  }
  return slashings;
}
