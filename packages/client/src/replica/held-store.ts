import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import { unsigned } from "pos-shared/model/proposal.ts";
import type { ReceiptedProposal, ReceiptedTransaction } from "pos-shared/model/receipt.ts";
import type { Held, Tip } from "pos-shared/rules/check.ts";

/** Openings of this many rounds are remembered, to notice a second one. */
const KEPT_OPENINGS = 512;

/**
 * What the hub signed for the identities of this client, and the openings it announced: what a block is held against
 * (SPEC §7). Receipts are kept until the chain has settled them.
 */
export class HeldStore {
  readonly #proposals = new Map<string, ReceiptedProposal>();
  readonly #transactions = new Map<string, ReceiptedTransaction>();
  readonly #openings = new Map<number, Opening>();

  addProposal(own: ReceiptedProposal): void {
    this.#proposals.set(own.receipt.leaf, own);
  }

  addTransaction(own: ReceiptedTransaction): void {
    this.#transactions.set(own.receipt.tx, own);
  }

  /**
   * Takes an opening that the hub signed.
   * @returns another one of the same round that says something else, if there was one
   */
  addOpening(opening: Opening): Opening | undefined {
    const known = this.#openings.get(opening.round);
    if (known === undefined) {
      this.#openings.set(opening.round, opening);
      const oldest = this.#openings.keys().next();
      if (this.#openings.size > KEPT_OPENINGS && !oldest.done) this.#openings.delete(oldest.value);
      return undefined;
    }
    return canonicalize(unsigned(known)) === canonicalize(unsigned(opening)) ? undefined : known;
  }

  /** What a previous run of an identity kept. */
  addAll(held: Held): void {
    for (const own of held.proposals) this.addProposal(own);
    for (const own of held.transactions) this.addTransaction(own);
    for (const opening of held.openings) this.addOpening(opening);
  }

  openingOf(round: number): Opening | undefined {
    return this.#openings.get(round);
  }

  /** One's own accepted proposals of a round. */
  proposalsOf(round: number): readonly ReceiptedProposal[] {
    return [...this.#proposals.values()].filter(({ receipt }) => receipt.round === round);
  }

  /** What says anything about the chain that follows a tip, by a block of `round` or, with 0, by none yet. */
  heldFor(tip: Tip, round: number): Held {
    return {
      proposals: [...this.#proposals.values()].filter(({ receipt }) => receipt.round > tip.round),
      transactions: [...this.#transactions.values()].filter(({ receipt }) => receipt.round > tip.round),
      openings: [...this.#openings.values()].filter(
        (opening) => opening.round === round || opening.prevHash === tip.hash,
      ),
    };
  }

  /**
   * Is anything held that a block among some could be held against?
   * @param lastRound of the last of them, that was not settled yet
   * @param rounds of all of them
   * @param tips hashes of the blocks that they build on
   */
  speaksOf(lastRound: number, rounds: ReadonlySet<number>, tips: ReadonlySet<Hex>): boolean {
    const isDue = ({ receipt }: ReceiptedProposal | ReceiptedTransaction): boolean => receipt.round <= lastRound;
    return (
      this.#proposals.values().some(isDue) ||
      this.#transactions.values().some(isDue) ||
      this.#openings.values().some(({ round, prevHash }) => rounds.has(round) || tips.has(prevHash))
    );
  }

  hasTransaction(leaf: string): boolean {
    return this.#transactions.has(leaf);
  }

  /** Own transactions that no block up to a round has settled. */
  waitingTransactions(publicKey: string, afterRound: number): readonly ReceiptedTransaction[] {
    return [...this.#transactions.values()].filter(
      ({ transaction, receipt }) =>
        transaction.type !== "slash" && transaction.publicKey === publicKey && receipt.round > afterRound,
    );
  }

  /** The chain up to and including a round is verified: its receipts are settled. */
  settle(round: number): void {
    for (const [leaf, { receipt }] of this.#proposals) if (receipt.round <= round) this.#proposals.delete(leaf);
    for (const [leaf, { receipt }] of this.#transactions) if (receipt.round <= round) this.#transactions.delete(leaf);
  }
}
