import type { Network } from "pos-shared/chain/network.ts";
import { leafHash } from "pos-shared/crypto/merkle.ts";
import { verifySignature } from "pos-shared/crypto/signature.ts";
import { type Hex, toHex } from "pos-shared/encoding/hex.ts";
import { unsigned } from "pos-shared/model/proposal.ts";
import type { ReceiptedProposal, ReceiptedTransaction } from "pos-shared/model/receipt.ts";
import type { SignedTransaction, Transaction } from "pos-shared/model/transaction.ts";

/** Is this the hub's receipt for just this proposal and its round (SPEC §4)? */
export function isReceiptOfProposal({ genesis, chainId }: Network, { proposal, receipt }: ReceiptedProposal): boolean {
  if (receipt.round !== proposal.round || receipt.leaf !== toHex(leafHash(proposal))) return false;
  return verifySignature(genesis.hub, "receipt", chainId, unsigned(receipt), receipt.signature);
}

/** Did this key sign the transaction (SPEC §4)? */
export function isSignedBy(
  publicKey: Hex,
  { chainId }: Network,
  transaction: Transaction,
): transaction is SignedTransaction {
  if (transaction.type === "slash" || transaction.publicKey !== publicKey) return false;
  return verifySignature(publicKey, "tx", chainId, unsigned(transaction), transaction.signature);
}

/** Is this the hub's receipt for just this transaction (SPEC §4)? */
export function isReceiptOfTransaction(
  { genesis, chainId }: Network,
  { transaction, receipt }: ReceiptedTransaction,
): boolean {
  if (receipt.tx !== toHex(leafHash(transaction))) return false;
  return verifySignature(genesis.hub, "receipt", chainId, unsigned(receipt), receipt.signature);
}
