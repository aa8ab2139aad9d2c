import type { Hex } from "pos-shared/encoding/hex.ts";
import { getAccount } from "pos-shared/ledger/ledger.ts";
import type { VerifiedBlock } from "../replica/replica-events.ts";

export interface TransferInBlock {
  /** Public key of who sent it. */
  readonly from: Hex;
  readonly fromName: string;
  readonly amount: number;
}

/** What a verified block records as sent to an address by others. */
export function transfersTo(address: Hex, { block, after }: VerifiedBlock): TransferInBlock[] {
  return block.transactions.flatMap((transaction) => {
    if (transaction.type !== "transfer" || transaction.to !== address) return [];
    const sender = getAccount(after.ledger, transaction.publicKey);
    return sender === undefined
      ? []
      : [{ from: transaction.publicKey, fromName: sender.name, amount: transaction.amount }];
  });
}
