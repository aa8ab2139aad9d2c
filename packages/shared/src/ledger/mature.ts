import type { Account, Pending } from "../model/account.ts";
import { getAccountAt } from "./account-tree.ts";
import { type Due, type Ledger, updateAccount } from "./ledger.ts";
import { peek, pop, type Queue } from "./queue.ts";

/**
 * Step 1 of applying a block (SPEC §6): amounts in `activating` that are due by this round become bonded, those in
 * `unbonding` liquid. Due entries leave, the rest keep their order. Doing it twice changes nothing more.
 */
export function processDueEntries(ledger: Ledger, round: number): Ledger {
  const activated = takeDue(ledger.activations, round);
  const released = takeDue(ledger.releases, round);
  let after: Ledger = { ...ledger, activations: activated.rest, releases: released.rest };
  for (const position of new Set([...activated.positions, ...released.positions])) {
    const account = getAccountAt(after.accounts, position);
    if (account === undefined) throw new Error("an entry is due for an account that does not exist");
    // Slashed meanwhile: nothing of it is on the way any more, so that the account stays as it is.
    if (account.tombstoned) continue;
    after = updateAccount(after, account, matureAccount(account, round));
  }
  return after;
}

/** Would {@link processDueEntries} change anything? */
export function hasDueEntries({ activations, releases }: Ledger, round: number): boolean {
  return isDue(activations, round) || isDue(releases, round);
}

function isDue(queue: Queue<Due>, round: number): boolean {
  const first = peek(queue);
  return first !== undefined && first.round <= round;
}

function takeDue(queue: Queue<Due>, round: number): { positions: number[]; rest: Queue<Due> } {
  const positions: number[] = [];
  let rest = queue;
  for (let due = peek(rest); due !== undefined && due.round <= round; due = peek(rest)) {
    positions.push(due.position);
    rest = pop(rest);
  }
  return { positions, rest };
}

function matureAccount(account: Account, round: number): Account {
  return {
    ...account,
    bonded: account.bonded + dueSum(account.activating, round),
    liquid: account.liquid + dueSum(account.unbonding, round),
    activating: account.activating.filter((entry) => entry.round > round),
    unbonding: account.unbonding.filter((entry) => entry.round > round),
  };
}

function dueSum(entries: readonly Pending[], round: number): number {
  return entries.reduce((sum, entry) => (entry.round <= round ? sum + entry.amount : sum), 0);
}
