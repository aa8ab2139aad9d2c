import { addressOf } from "../../crypto/keys.ts";
import type { Hex } from "../../encoding/hex.ts";
import { slashableOf } from "../../ledger/burn.ts";
import { getAccountByAddress, type Ledger, updateAccount } from "../../ledger/ledger.ts";
import { processDueEntries } from "../../ledger/mature.ts";
import type { Account } from "../../model/account.ts";
import type { Transaction } from "../../model/transaction.ts";
import { applyTransaction } from "../apply-transaction.ts";
import type { ChainState } from "../chain-state.ts";
import { allWaiting, rebase, waitingContext } from "./batches.ts";
import type { Aside, Batch, RoundParams } from "./round-state.ts";
import { keyTouchedBy } from "./stakes.ts";

/** Where a slash reaches more accounts than this, all is laid anew. */
const MOST_FOLLOWED = 16;

/** Accounts that are not as they were in the later batches, by public key: their addresses. */
type Followed = ReadonlyMap<Hex, Hex>;

/**
 * The batches after a slash was added to the first one: the same as `rebase` of all that waits, but only what can come
 * out otherwise is laid anew. That is what the offender handed in, and where a payment of it fails now, what its
 * recipient handed in, and so on. Anybody can be slashed at the cost of one message, and ten thousand may wait.
 *
 * @param first with the slash in it
 * @param later as they were before it
 */
export function laySlash(
  params: RoundParams,
  chain: ChainState,
  first: Batch,
  later: readonly Batch[],
  offender: Hex,
): [Batch, ...Batch[]] {
  let followed: Followed = new Map([[offender, addressOf(offender)]]);
  while (followed.size <= MOST_FOLLOWED && !mayLiftDelay(params, later)) {
    const laid = layFollowed(params, chain, first, later, followed);
    if (laid === "all") break;
    if (Array.isArray(laid)) return withoutEmptyEnd(first, laid);
    followed = new Map([...followed, [laid.publicKey, addressOf(laid.publicKey)]]);
  }
  return rebase(params, chain, first.round, allWaiting([first, ...later]));
}

/** With an activation delay, everybody's bond depends on whether anybody has anything bonded (SPEC §3). */
function mayLiftDelay({ network }: RoundParams, later: readonly Batch[]): boolean {
  if (network.genesis.activationDelay === 0) return false;
  return later.some(({ waiting }) => waiting.some(({ transaction }) => transaction.type === "bond"));
}

/**
 * Lays what concerns the followed accounts on a ledger in which the others stand still, and takes over what they come to.
 * Where it reaches one more account, that one; `all` where something set aside holds now, which nobody can follow so.
 */
function layFollowed(
  params: RoundParams,
  chain: ChainState,
  first: Batch,
  later: readonly Batch[],
  followed: Followed,
): Batch[] | Account | "all" {
  const addresses = new Set(followed.values());
  let { ledger } = first;
  const laid: Batch[] = [];
  for (const batch of later) {
    const context = waitingContext(params, chain, batch.round);
    ledger = processDueEntries(ledger, batch.round);
    const before = new Map(batch.aside.map((item) => [item.waiting, item]));
    const aside: Aside[] = [];
    for (const waiting of batch.waiting) {
      const { transaction } = waiting;
      const was = before.get(waiting);
      const isFollowed = transaction.type !== "join" && followed.has(keyTouchedBy(transaction));
      if (!isFollowed) {
        // Comes out as before; no slash undoes a join.
        if (was === undefined) ledger = payFollowed(context, ledger, transaction, addresses);
        else aside.push(was);
        continue;
      }
      const applied = applyTransaction(context, ledger, transaction);
      if (applied.ok) {
        if (was !== undefined) return "all";
        ledger = applied.value;
        continue;
      }
      aside.push({ waiting, fault: applied.error });
      const recipient = was === undefined ? recipientOf(batch.ledger, transaction) : undefined;
      if (recipient !== undefined && !followed.has(recipient.publicKey)) return recipient;
    }
    laid.push({ ...batch, ledger: takeOver(batch.ledger, ledger, addresses), aside });
  }
  return laid;
}

/** What a transaction of somebody who is not followed does to who is, or to who there is. */
function payFollowed(
  context: Parameters<typeof applyTransaction>[0],
  ledger: Ledger,
  transaction: Transaction,
  addresses: ReadonlySet<Hex>,
): Ledger {
  if (transaction.type === "join") {
    const joined = applyTransaction(context, ledger, transaction);
    if (!joined.ok) throw new Error("a slash undid a join");
    return joined.value;
  }
  if (transaction.type !== "transfer" || !addresses.has(transaction.to)) return ledger;
  const recipient = recipientOf(ledger, transaction);
  if (recipient === undefined) throw new Error("an account vanished");
  return updateAccount(ledger, recipient, { ...recipient, liquid: recipient.liquid + transaction.amount });
}

function recipientOf(ledger: Ledger, transaction: Transaction): Account | undefined {
  return transaction.type === "transfer" ? getAccountByAddress(ledger, transaction.to) : undefined;
}

/** A ledger with the accounts of these addresses as they are in another; what they have less is burned. */
function takeOver(ledger: Ledger, from: Ledger, addresses: ReadonlySet<Hex>): Ledger {
  let after = ledger;
  for (const address of addresses) {
    const [was, is] = [getAccountByAddress(after, address), getAccountByAddress(from, address)];
    if (was === undefined || is === undefined) continue;
    const burned = after.burned + tokensOf(was) - tokensOf(is);
    after = { ...updateAccount(after, was, is), burned };
  }
  return after;
}

function tokensOf(account: Account): number {
  return account.liquid + slashableOf(account);
}

/** As `rebase` leaves them: no batch without transactions comes last. */
function withoutEmptyEnd(first: Batch, later: readonly Batch[]): [Batch, ...Batch[]] {
  const last = later.findLastIndex(({ waiting }) => waiting.length > 0);
  return [first, ...later.slice(0, last + 1)];
}
