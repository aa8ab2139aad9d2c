import { leafHash } from "pos-shared/crypto/merkle.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import { type Hex, toHex } from "pos-shared/encoding/hex.ts";
import { getAccountByAddress } from "pos-shared/ledger/ledger.ts";
import type { Account } from "pos-shared/model/account.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { ReceiptedTransaction } from "pos-shared/model/receipt.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { SignedTransaction, Transaction } from "pos-shared/model/transaction.ts";
import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";
import type { HubChannel } from "../connection/hub-channel.ts";
import { SerialQueue } from "../replica/serial-queue.ts";
import { isReceiptOfTransaction } from "./receipt-check.ts";
import type { ValidatorPorts } from "./validator-ports.ts";

/** A transaction without what signing adds. */
export type Draft =
  | { readonly type: "join"; readonly name: string; readonly grant: number }
  | { readonly type: "bond" | "unbond"; readonly amount: number }
  | { readonly type: "transfer"; readonly to: Hex; readonly amount: number };

interface InFlight {
  readonly transaction: SignedTransaction;
  readonly leaf: Hex;
  readonly settle: (outcome: Result<void, ErrorFacts>) => void;
}

/**
 * Signs and sends one key's transactions, one at a time. One whose answer was lost with the connection is sent again as
 * it is: the hub answers the same again with the same receipt.
 */
export class Transactor {
  readonly #ports: ValidatorPorts;
  readonly #nextNonce: () => number;
  readonly #queue = new SerialQueue();
  /** Leaves of what was accepted and stands in no block yet. */
  readonly #waiting = new Set<Hex>();
  #channel: HubChannel | undefined;
  #inFlight: InFlight | undefined;

  /** @param nextNonce the nonce after everything that was accepted */
  constructor(ports: ValidatorPorts, nextNonce: () => number) {
    this.#ports = ports;
    this.#nextNonce = nextNonce;
  }

  /** Resolves when the hub has accepted or refused it, or a block carries it; however often the connection ends. */
  submit(draft: Draft): Promise<Result<void, ErrorFacts>> {
    return this.#queue.run(async () => {
      const first = await this.#send(this.#signed(draft, this.#nextNonce()));
      if (first.ok || first.error.code !== "WRONG_NONCE" || draft.type === "join") return first;
      // Somebody else used this key, perhaps on another machine: the hub knows what is next.
      const nonce = await this.#askNonce();
      return nonce === undefined ? first : this.#send(this.#signed(draft, nonce));
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
    if (!this.#keep(own)) return;
    this.#waiting.add(own.receipt.tx);
    if (this.#inFlight?.leaf === own.receipt.tx) this.#settle(ok(undefined));
  }

  takeBlock({ transactions, round, index }: Block): void {
    const { publicKey } = this.#ports.identity;
    for (const transaction of transactions) {
      if (transaction.type === "slash" || transaction.publicKey !== publicKey) continue;
      const leaf = leafOf(transaction);
      const isInFlight = this.#inFlight?.leaf === leaf;
      if (this.#waiting.delete(leaf) || isInFlight) this.#tell(transaction, round, index);
      if (isInFlight) this.#settle(ok(undefined));
    }
  }

  #signed(draft: Draft, nonce: number): SignedTransaction {
    const { identity, network } = this.#ports;
    const { publicKey } = identity;
    const unsigned = draft.type === "join" ? { ...draft, publicKey } : { ...draft, publicKey, nonce };
    const signature = sign(identity.key, "tx", network.chainId, unsigned);
    // The compiler does not see that a draft with these fields is a transaction of its type.
    return { ...unsigned, signature } as SignedTransaction;
  }

  #send(transaction: SignedTransaction): Promise<Result<void, ErrorFacts>> {
    return new Promise((settle) => {
      this.#inFlight = { transaction, leaf: leafOf(transaction), settle };
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
      this.#tell(own.transaction, own.receipt.round, null);
    }
    this.#ports.changed();
    return true;
  }

  /** @param index the block that carries it; null while it is only accepted */
  #tell(transaction: SignedTransaction, round: number, index: number | null): void {
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
      address: identity.address,
      name: identity.name,
    });
  }

  #settle(outcome: Result<void, ErrorFacts>): void {
    const inFlight = this.#inFlight;
    this.#inFlight = undefined;
    inFlight?.settle(outcome);
  }

  async #askNonce(): Promise<Account["nonce"] | undefined> {
    const { publicKey } = this.#ports.identity;
    const answer = await this.#channel?.request("account", { publicKey });
    return answer?.ok ? answer.value.account?.nonce : undefined;
  }
}

function leafOf(transaction: Transaction): Hex {
  return toHex(leafHash(transaction));
}
