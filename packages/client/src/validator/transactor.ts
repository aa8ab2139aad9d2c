import { leafHash } from "pos-shared/crypto/merkle.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import { type Hex, toHex } from "pos-shared/encoding/hex.ts";
import { getAccountByAddress } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { ReceiptedTransaction } from "pos-shared/model/receipt.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { SignedTransaction, Transaction } from "pos-shared/model/transaction.ts";
import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";
import type { HubChannel } from "../connection/hub-channel.ts";
import { SerialQueue } from "../replica/serial-queue.ts";
import { isReceiptOfTransaction, isSignedBy } from "./receipt-check.ts";
import type { ValidatorPorts } from "./validator-ports.ts";

/** A transaction without what signing adds. */
export type Draft =
  | { readonly type: "join"; readonly name: string; readonly grant: number }
  | { readonly type: "bond" | "unbond"; readonly amount: number }
  | { readonly type: "transfer"; readonly to: Hex; readonly amount: number };

/** One thing that somebody asked for; for each time that it is tried, since the hub may carry out what it refuses. */
export interface Wish {
  readonly draft: Draft;
  /** A receipt or a block says that it was carried out. */
  isDone: boolean;
}

/** What was signed for a wish. */
interface Signed {
  readonly wish: Wish;
  readonly transaction: SignedTransaction;
  readonly leaf: Hex;
}

interface InFlight extends Signed {
  readonly settle: (outcome: Result<void, ErrorFacts>) => void;
}

/**
 * Signs and sends one key's transactions, one at a time. One whose answer was lost with the connection is sent again as
 * it is: the hub answers the same again with the same receipt. A refusal is not signed, so whoever refused may carry it
 * out all the same: a wish is signed under a later nonce only once what took the one before is known, by a receipt or a
 * block, to be something else.
 */
export class Transactor {
  readonly #ports: ValidatorPorts;
  readonly #nextNonce: () => number;
  readonly #queue = new SerialQueue();
  /** Leaves of what was accepted and stands in no block yet. */
  readonly #waiting = new Set<Hex>();
  /** What was refused and can still be carried out, for no block has used its nonce. */
  readonly #refused = new Map<Hex, Signed>();
  #channel: HubChannel | undefined;
  #inFlight: InFlight | undefined;

  /** @param nextNonce the nonce after everything that was accepted */
  constructor(ports: ValidatorPorts, nextNonce: () => number) {
    this.#ports = ports;
    this.#nextNonce = nextNonce;
  }

  /**
   * Resolves when the hub has accepted or refused it, or a block carries it; however often the connection ends. A wish may
   * be submitted again.
   */
  submit(wish: Wish): Promise<Result<void, ErrorFacts>> {
    return this.#queue.run(async () => {
      const nonce = this.#freshNonce(wish.draft);
      const first = await this.#send(wish, nonce);
      if (first.ok || first.error.code !== "WRONG_NONCE") return first;
      // A block came meanwhile, or the hub counts what it gave a receipt for and this client could not apply.
      const later = this.#firstUnusedNonce();
      return later > nonce ? this.#send(wish, later) : first;
    });
  }

  /** Logged in; what was on its way is sent again. */
  connect(channel: HubChannel): void {
    this.#channel = channel;
    void this.#trySend();
  }

  disconnect(): void {
    this.#channel = undefined;
  }

  /** What the hub says that it accepted from this key before. */
  takeReceipted(own: ReceiptedTransaction): void {
    const { identity, network, distrust } = this.#ports;
    if (!isSignedBy(identity.publicKey, network, own.transaction)) {
      distrust("the hub says that this key signed what it did not");
      return;
    }
    if (!this.#keep(own)) return;
    this.#waiting.add(own.receipt.tx);
    const refused = this.#refused.get(own.receipt.tx);
    if (refused !== undefined) refused.wish.isDone = true;
    if (this.#inFlight?.leaf === own.receipt.tx) this.#settle(ok(undefined));
  }

  /** @param isNew false for one of a past that was only looked up, of which nothing is told */
  takeBlock({ transactions, round, index }: Block, isNew: boolean): void {
    const { publicKey } = this.#ports.identity;
    for (const transaction of transactions) {
      if (transaction.type === "slash" || transaction.publicKey !== publicKey) continue;
      const leaf = leafOf(transaction);
      const isInFlight = this.#inFlight?.leaf === leaf;
      const isAwaited = this.#waiting.delete(leaf) || isInFlight;
      if (isAwaited || isNew) this.#tell(transaction, round, { index, isAwaited });
      const refused = this.#refused.get(leaf);
      if (refused !== undefined) refused.wish.isDone = true;
      this.#forgetRefused(transaction);
      if (isInFlight) this.#settle(ok(undefined));
    }
  }

  /** A nonce is used once: what was refused with this one, or one before it, can never be carried out any more. */
  #forgetRefused(recorded: SignedTransaction): void {
    for (const [leaf, { transaction }] of this.#refused) {
      if (nonceOf(transaction) <= nonceOf(recorded)) this.#refused.delete(leaf);
    }
  }

  /** The account's next nonce. Just the same asked for twice is two things, so not the one under which it has a receipt. */
  #freshNonce(draft: Draft): number {
    const next = this.#nextNonce();
    const later = this.#firstUnusedNonce();
    const isReceipted = later > next && this.#ports.chain.held.hasTransaction(leafOf(this.#signed(draft, next)));
    return isReceipted ? later : next;
  }

  /** The nonce after all that stands in the chain or has the hub's receipt, whether or not it can be applied here. */
  #firstUnusedNonce(): number {
    const { chain, identity } = this.#ports;
    const waiting = chain.held.waitingTransactions(identity.publicKey, chain.head.tip.round);
    const used = new Set(waiting.map(({ transaction }) => nonceOf(transaction)));
    let nonce = this.#nextNonce();
    while (used.has(nonce)) nonce++;
    return nonce;
  }

  #signed(draft: Draft, nonce: number): SignedTransaction {
    const { identity, network } = this.#ports;
    const { publicKey } = identity;
    const unsigned = draft.type === "join" ? { ...draft, publicKey } : { ...draft, publicKey, nonce };
    const signature = sign(identity.key, "tx", network.chainId, unsigned);
    // The compiler does not see that a draft with these fields is a transaction of its type.
    return { ...unsigned, signature } as SignedTransaction;
  }

  #send(wish: Wish, nonce: number): Promise<Result<void, ErrorFacts>> {
    if (wish.isDone) return Promise.resolve(ok(undefined));
    const transaction = this.#signed(wish.draft, nonce);
    return new Promise((settle) => {
      this.#inFlight = { wish, transaction, leaf: leafOf(transaction), settle };
      void this.#trySend();
    });
  }

  async #trySend(): Promise<void> {
    const channel = this.#channel;
    const inFlight = this.#inFlight;
    if (channel === undefined || inFlight === undefined) return;
    const { transaction } = inFlight;
    const answer = await channel.request("transact", { transaction });
    if (this.#inFlight !== inFlight) return;
    if (answer.ok) {
      if (this.#keep({ transaction, receipt: answer.value.receipt })) this.#settle(ok(undefined));
    } else if (answer.error.kind === "refused") {
      this.#refused.set(inFlight.leaf, inFlight);
      this.#settle(err(answer.error.fault));
    } else if (this.#channel === channel) {
      // The hub kept silent: the next connection shows what became of it.
      this.#ports.distrust(answer.error.reason);
    }
  }

  #keep(own: ReceiptedTransaction): boolean {
    if (!isReceiptOfTransaction(this.#ports.network, own)) {
      this.#ports.distrust("the hub gave a receipt that is not for this transaction");
      return false;
    }
    const { held } = this.#ports.chain;
    const isNews = !held.hasTransaction(own.receipt.tx);
    held.addTransaction(own);
    this.#ports.identity.receipts.add(own);
    if (isNews && own.transaction.type !== "slash") {
      this.#waiting.add(own.receipt.tx);
      this.#tell(own.transaction, own.receipt.round, { index: null, isAwaited: true });
    }
    this.#ports.changed();
    return true;
  }

  /** @param index the block that carries it; null while it is only accepted */
  #tell(
    transaction: SignedTransaction,
    round: number,
    { index, isAwaited }: { readonly index: number | null; readonly isAwaited: boolean },
  ): void {
    // A join has an event of its own.
    if (transaction.type === "join") return;
    const { identity, network, chain, emit } = this.#ports;
    const { type, amount } = transaction;
    const to = type === "transfer" ? transaction.to : null;
    emit({
      event: "transaction",
      phase: index === null ? "accepted" : "recorded",
      type,
      amount,
      to,
      toName: to === null ? null : (getAccountByAddress(chain.head.ledger, to)?.name ?? null),
      round,
      frees: type === "unbond" ? round + network.genesis.unbondingRounds : null,
      index,
      awaited: isAwaited,
      address: identity.address,
      name: identity.name,
    });
  }

  #settle(outcome: Result<void, ErrorFacts>): void {
    const inFlight = this.#inFlight;
    this.#inFlight = undefined;
    inFlight?.settle(outcome);
  }
}

/** 0 for a join, which comes before all others. */
function nonceOf(transaction: Transaction): number {
  return "nonce" in transaction ? transaction.nonce : 0;
}

function leafOf(transaction: Transaction): Hex {
  return toHex(leafHash(transaction));
}
