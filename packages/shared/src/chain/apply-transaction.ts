import { verifySignature } from "../crypto/signature.ts";
import type { SeedAfter } from "../evidence/false-claim.ts";
import { processBond } from "../ledger/bond.ts";
import { burnStake } from "../ledger/burn.ts";
import { processJoin } from "../ledger/join.ts";
import { getAccount, type Ledger } from "../ledger/ledger.ts";
import { processTransfer } from "../ledger/transfer.ts";
import { processUnbond } from "../ledger/unbond.ts";
import type { Account } from "../model/account.ts";
import type { EvidenceOfValidator } from "../model/evidence.ts";
import type { Fault } from "../model/fault.ts";
import { findFault } from "../model/form.ts";
import { unsigned } from "../model/proposal.ts";
import { err, ok, type Result } from "../model/result.ts";
import { type SignedTransaction, type Slash, type Transaction, transactionForm } from "../model/transaction.ts";
import type { Network } from "./network.ts";

export interface TransactionContext {
  readonly network: Network;
  /** The round whose block carries the transaction. */
  readonly round: number;
  readonly seedAfter: SeedAfter;
  /**
   * True where the signatures and the evidence were checked before, or are left for a later pass: only the amounts are
   * then worked out.
   */
  readonly trusted?: boolean;
}

/** Checks a transaction whole and applies it; the ledger given stays as it was (SPEC §3). */
export function applyTransaction(context: TransactionContext, ledger: Ledger, value: unknown): Result<Ledger, Fault> {
  const fault = findFault(transactionForm, value);
  if (fault !== undefined) return err({ code: "MALFORMED", ...fault });
  const transaction = value as Transaction;
  return transaction.type === "slash"
    ? applySlash(context, ledger, transaction)
    : applySigned(context, ledger, transaction);
}

function applySigned(
  context: TransactionContext,
  ledger: Ledger,
  transaction: SignedTransaction,
): Result<Ledger, Fault> {
  const { genesis } = context.network;
  if (transaction.type === "join") {
    const joined = processJoin(genesis, ledger, transaction);
    return joined.ok && !hasRightSignature(context, transaction) ? badSignature() : joined;
  }
  const account = getAccount(ledger, transaction.publicKey);
  if (account === undefined) return err({ code: "UNKNOWN_ACCOUNT", actual: transaction.publicKey });
  if (transaction.nonce !== account.nonce)
    return err({ code: "WRONG_NONCE", expected: account.nonce, actual: transaction.nonce });
  const applied = applyAmount(context, ledger, account, transaction);
  return applied.ok && !hasRightSignature(context, transaction) ? badSignature() : applied;
}

function applyAmount(
  { network, round }: TransactionContext,
  ledger: Ledger,
  account: Account,
  transaction: Exclude<SignedTransaction, { type: "join" }>,
): Result<Ledger, Fault> {
  switch (transaction.type) {
    case "bond":
      return processBond(network.genesis, ledger, account, transaction, round);
    case "unbond":
      return processUnbond(network.genesis, ledger, account, transaction, round);
    case "transfer":
      return processTransfer(ledger, account, transaction);
  }
}

function hasRightSignature({ network, trusted }: TransactionContext, transaction: SignedTransaction): boolean {
  if (trusted === true) return true;
  return verifySignature(transaction.publicKey, "tx", network.chainId, unsigned(transaction), transaction.signature);
}

function badSignature(): Result<Ledger, Fault> {
  return err({
    code: "BAD_SIGNATURE",
    path: "signature",
    expected: "signed by the account's key",
    actual: "not signed by it",
  });
}

function applySlash(context: TransactionContext, ledger: Ledger, { evidence }: Slash): Result<Ledger, Fault> {
  const account = getAccount(ledger, authorOf(evidence));
  if (account === undefined) return err({ code: "UNKNOWN_ACCOUNT", actual: authorOf(evidence) });
  if (account.tombstoned) return err({ code: "ALREADY_SLASHED", actual: account.name });
  if (context.trusted !== true) {
    const { chainId, rule } = context.network;
    const fault = rule.findEvidenceFault(chainId, evidence, context.seedAfter);
    if (fault !== undefined) return err(fault);
  }
  return ok(burnStake(ledger, account));
}

/** The public key of whom evidence speaks against. */
export function authorOf(evidence: EvidenceOfValidator): string {
  return evidence.kind === "equivocation" ? evidence.first.publicKey : evidence.proposal.publicKey;
}
