import type { Hex } from "pos-shared/encoding/hex.ts";
import { conforms } from "pos-shared/model/form.ts";
import { transactionForm } from "pos-shared/model/transaction.ts";

/** The blocks on which the false claims were made that evidence in a block speaks of (SPEC §3). */
export function evidenceTips(block: unknown): Hex[] {
  if (typeof block !== "object" || block === null || !("transactions" in block)) return [];
  const { transactions } = block;
  if (!Array.isArray(transactions)) return [];
  return transactions.flatMap((transaction: unknown) =>
    conforms(transactionForm, transaction) && transaction.type === "slash" && transaction.evidence.kind === "vrf"
      ? [transaction.evidence.proposal.prevHash]
      : [],
  );
}
