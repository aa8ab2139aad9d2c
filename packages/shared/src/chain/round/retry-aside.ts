import { addressOf } from "../../crypto/keys.ts";
import type { Hex } from "../../encoding/hex.ts";
import { getAccountByAddress, type Ledger } from "../../ledger/ledger.ts";
import type { Transaction } from "../../model/transaction.ts";
import { applyTransaction, type TransactionContext } from "../apply-transaction.ts";
import type { Aside, Waiting } from "./round-state.ts";

export interface Retried {
  readonly ledger: Ledger;
  /** Those that hold now, in the order in which they were applied. */
  readonly recorded: readonly Waiting[];
  /** Those of which none holds after `ledger`, each with its last fault. */
  readonly aside: readonly Aside[];
}

/**
 * Tries what was set aside until nothing of it holds any more. So nothing that the hub promised for a round holds after
 * the round's block unless it stands in it, and the hub cannot be accused of having left it out (SPEC §7,
 * `ownTransaction`).
 */
export function retryAside(context: TransactionContext, before: Ledger, aside: readonly Aside[]): Retried {
  let ledger = before;
  const left = new Map(aside.map((item) => [item.waiting.leaf, item]));
  const recorded: Waiting[] = [];
  const attempt = ({ waiting }: Aside): boolean => {
    const applied = applyTransaction(context, ledger, waiting.transaction);
    if (!applied.ok) {
      left.set(waiting.leaf, { waiting, fault: applied.error });
      return false;
    }
    ledger = applied.value;
    left.delete(waiting.leaf);
    recorded.push(waiting);
    return true;
  };
  const turns = byTurn(aside);
  // The last pass finds nothing. Without the queue of those whose turn came, a chain of payments that lie in the wrong
  // order would take a pass each.
  for (let known = -1; known < recorded.length; ) {
    known = recorded.length;
    for (const item of [...left.values()]) {
      const queue = [item];
      for (const next of queue) {
        if (!left.has(next.waiting.leaf) || !attempt(next)) continue;
        for (const address of touchedBy(next.waiting.transaction)) queue.push(...turnOf(turns, ledger, address));
      }
    }
  }
  return { ledger, recorded, aside: [...left.values()] };
}

/** Signed transactions by whose and which turn it is: address and nonce. */
function byTurn(aside: readonly Aside[]): Map<string, Aside[]> {
  const turns = new Map<string, Aside[]>();
  for (const item of aside) {
    const { transaction } = item.waiting;
    if (!("nonce" in transaction)) continue;
    const turn = `${addressOf(transaction.publicKey)}/${transaction.nonce}`;
    const others = turns.get(turn);
    if (others === undefined) turns.set(turn, [item]);
    else others.push(item);
  }
  return turns;
}

function turnOf(turns: ReadonlyMap<string, readonly Aside[]>, ledger: Ledger, address: Hex): readonly Aside[] {
  const nonce = getAccountByAddress(ledger, address)?.nonce;
  return turns.get(`${address}/${nonce}`) ?? [];
}

/** Addresses whose accounts may have more than before, or another nonce. */
function touchedBy(transaction: Transaction): readonly Hex[] {
  if (transaction.type === "slash") return [];
  const own = addressOf(transaction.publicKey);
  return transaction.type === "transfer" ? [own, transaction.to] : [own];
}
