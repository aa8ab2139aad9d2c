import { leafHash } from "../../crypto/merkle.ts";
import { sign } from "../../crypto/signature.ts";
import { type Hex, toHex } from "../../encoding/hex.ts";
import { slashableOf } from "../../ledger/burn.ts";
import { getDigest, setDigest } from "../../ledger/digest-map.ts";
import { getAccount } from "../../ledger/ledger.ts";
import type { Fault } from "../../model/fault.ts";
import { findFault } from "../../model/form.ts";
import type { TransactionReceipt } from "../../model/receipt.ts";
import { type Slash, type Transaction, transactionForm } from "../../model/transaction.ts";
import { applyTransaction, authorOf } from "../apply-transaction.ts";
import { emptyBatch, transactionContext } from "./batches.ts";
import type { Broadcast, Effect, RefusalCode } from "./effects.ts";
import { laySlash } from "./lay-slash.ts";
import {
  type Batch,
  type RoundParams,
  type RoundState,
  type Step,
  type Waiting,
  waitingOf,
  workingLedger,
} from "./round-state.ts";
import { followStakes, keyTouchedBy } from "./stakes.ts";

/** However small the queue, so many of one account may wait. */
const LEAST_SHARE = 64;

/**
 * A transaction is handed in: checked on top of all that was accepted before it, receipted for the first round that has
 * room, and from then on counted. The same one again gets the same receipt (DESIGN §5, §7).
 */
export function acceptTransaction(params: RoundParams, state: RoundState, value: unknown): Step {
  const malformed = findFault(transactionForm, value);
  if (malformed !== undefined) return refuse(state, { code: "MALFORMED", ...malformed });
  const transaction = value as Transaction;
  const leaf = toHex(leafHash(transaction));
  const known = getDigest(state.waiting, leaf);
  if (known !== undefined)
    return { state, effects: [{ kind: "answer", answer: { kind: "receipted", receipt: known.receipt } }] };

  const full = findLimit(params, state, transaction);
  if (full !== undefined) return refuse(state, full);
  const batch = batchWithRoom(params, state);
  const applied = applyTransaction(transactionContext(params, state.chain, batch.round), batch.ledger, transaction);
  if (!applied.ok) return refuse(state, applied.error);
  const waiting = { round: batch.round, leaf, transaction, receipt: receiptFor(params, batch.round, leaf) };
  const filled: Batch = { ...batch, ledger: applied.value, waiting: [...batch.waiting, waiting] };
  const others = state.batches.filter(({ round }) => round !== batch.round);
  const [first = filled, ...rest] = [...others, filled];
  const after = reviseStakes(
    { ...state, batches: [first, ...rest], waiting: setDigest(state.waiting, leaf, waiting) },
    [keyTouchedBy(transaction)],
  );
  return {
    state: after,
    effects: [
      persist(waiting),
      { kind: "answer", answer: { kind: "receipted", receipt: waiting.receipt } },
      { kind: "broadcast", broadcast: newsOf(state, after, transaction, batch.round) },
    ],
  };
}

/**
 * An offence that the hub saw itself: recorded with the current round whatever waits, unless its author is slashed already.
 * Where somebody's evidence of it waits for a later round, that is taken out there: one leaf stands in one place.
 */
export function acceptOwnSlash(params: RoundParams, state: RoundState, slash: Slash): Step {
  const leaf = toHex(leafHash(slash));
  const [current, ...others] = state.batches;
  const { round } = current;
  const applied = applyTransaction(transactionContext(params, state.chain, round), current.ledger, slash);
  if (!applied.ok) return { state, effects: [] };
  const waiting: Waiting = { round, leaf, transaction: slash, receipt: receiptFor(params, round, leaf) };
  const first = { ...current, ledger: applied.value, waiting: [...current.waiting, waiting] };
  const later = getDigest(state.waiting, leaf) === undefined ? others : others.map((batch) => without(batch, leaf));
  const offender = authorOf(slash.evidence);
  const batches = laySlash(params, state.chain, first, later, offender);
  const after = reviseStakes({ ...state, batches, waiting: setDigest(state.waiting, leaf, waiting) }, [offender]);
  return {
    state: after,
    effects: [persist(waiting), { kind: "broadcast", broadcast: newsOf(state, after, slash, round) }],
  };
}

/** A batch from which a transaction was taken; laying it anew is the caller's. */
function without(batch: Batch, leaf: Hex): Batch {
  return {
    ...batch,
    waiting: batch.waiting.filter((item) => item.leaf !== leaf),
    aside: batch.aside.filter(({ waiting }) => waiting.leaf !== leaf),
  };
}

/** The hub's own limits. Evidence is never turned away by them. */
function findLimit(params: RoundParams, state: RoundState, transaction: Transaction): Fault<RefusalCode> | undefined {
  if (transaction.type === "slash") return undefined;
  const full = findQueueLimit(params, state, transaction.publicKey);
  if (full !== undefined) return full;
  const accounts = workingLedger(state).accounts.size;
  if (transaction.type === "join" && accounts >= params.maxAccounts) {
    return { code: "NETWORK_FULL", expected: `at most ${params.maxAccounts} accounts`, actual: accounts };
  }
  return undefined;
}

/** One account takes a tenth of the queue at most, so that it cannot keep all others out. */
function findQueueLimit(
  { maxWaiting }: RoundParams,
  state: RoundState,
  publicKey: Hex,
): Fault<RefusalCode> | undefined {
  if (state.waiting.size >= maxWaiting) {
    return { code: "QUEUE_FULL", expected: `at most ${maxWaiting} waiting`, actual: state.waiting.size };
  }
  const share = Math.max(LEAST_SHARE, Math.floor(maxWaiting / 10));
  const own = waitingOf(state, publicKey);
  if (own < share) return undefined;
  return { code: "QUEUE_FULL", expected: `at most ${share} of one account waiting`, actual: own };
}

function batchWithRoom(params: RoundParams, state: RoundState): Batch {
  const last = state.batches.at(-1) ?? state.batches[0];
  return last.waiting.length < params.maxTransactions ? last : emptyBatch(last.ledger, last.round + 1);
}

function receiptFor({ network, hubKey }: RoundParams, round: number, leaf: Hex): TransactionReceipt {
  const receipt = { round, tx: leaf };
  return { ...receipt, signature: sign(hubKey, "receipt", network.chainId, receipt) };
}

function persist({ round, leaf, transaction, receipt }: Waiting): Effect {
  return { kind: "persist", record: { kind: "transaction", round, leaf, transaction, receipt } };
}

/** The draw of the open round follows the stakes of those that take part. */
function reviseStakes(state: RoundState, keys: readonly Hex[]): RoundState {
  if (state.open === undefined) return state;
  const draw = followStakes(state.open.draw, state.batches[0].ledger, keys);
  return { ...state, open: { ...state.open, draw } };
}

function newsOf(before: RoundState, after: RoundState, transaction: Transaction, round: number): Broadcast {
  const publicKey = keyTouchedBy(transaction);
  const account = getAccount(workingLedger(after), publicKey);
  if (account === undefined) throw new Error("an accepted transaction of an account that does not exist");
  if (transaction.type === "join") return { kind: "joined", account };
  if (transaction.type !== "slash") return { kind: "account", account, cause: transaction.type };
  const was = getAccount(before.batches[0].ledger, publicKey) ?? getAccount(workingLedger(before), publicKey);
  const amount = was === undefined ? 0 : slashableOf(was);
  return { kind: "slashed", publicKey, name: account.name, evidence: transaction.evidence.kind, amount, round };
}

export function refuse(state: RoundState, fault: Fault<RefusalCode>): Step {
  return { state, effects: [{ kind: "answer", answer: { kind: "refused", fault } }] };
}
