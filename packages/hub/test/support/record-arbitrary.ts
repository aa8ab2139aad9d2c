import fc from "fast-check";
import type { PersistRecord } from "pos-shared/chain/round/effects.ts";
import { addressOf } from "pos-shared/crypto/keys.ts";
import { leafHashHex } from "pos-shared/crypto/merkle.ts";
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import { MAX_INTEGER } from "pos-shared/model/limits.ts";
import { keyOf } from "./test-chain.ts";

const KEYS = [2, 3, 4, 5].map((byte) => keyOf(byte).publicKey);

/** What happens to a store, without what fits it into a chain. */
export type Happening =
  | { readonly kind: "opening" | "roundEnded" }
  | { readonly kind: "proposal"; readonly author: number; readonly isAccepted: boolean; readonly later: boolean }
  | { readonly kind: "transaction"; readonly roundsAhead: number; readonly amount: number }
  | { readonly kind: "block"; readonly winner: number | null; readonly amounts: readonly number[] };

const amount = fc.oneof(fc.nat(1000), fc.integer({ min: 0, max: MAX_INTEGER }), fc.constant(MAX_INTEGER));

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constant("opening" as const) }),
  fc.record({
    kind: fc.constant("proposal" as const),
    author: fc.nat(3),
    isAccepted: fc.boolean(),
    later: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("transaction" as const), roundsAhead: fc.nat(2), amount: amount.filter((n) => n > 0) }),
  fc.record({
    kind: fc.constant("block" as const),
    winner: fc.option(fc.nat(3)),
    amounts: fc.array(amount, { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant("roundEnded" as const) }),
);

/** Commits of one or several things that happen together. */
export const anyCommits: fc.Arbitrary<Happening[][]> = fc.array(fc.array(happening, { maxLength: 5 }), {
  maxLength: 12,
});

/** Turns happenings into records that have the forms of a real chain's, in which nothing comes twice. */
export class RecordMaker {
  #round = 1;
  #index = 0;
  #serial = 0;

  make(what: Happening): PersistRecord[] {
    switch (what.kind) {
      case "opening":
        return [{ kind: "opening", opening: { ...this.#signed(), prevHash: this.#hash(), closesAt: TIME } }];
      case "roundEnded":
        this.#round += 1;
        return [{ kind: "roundEnded", round: this.#round - 1 }];
      case "proposal":
        return [this.#proposal(what)];
      case "transaction":
        return [this.#transaction(what)];
      case "block":
        return [this.#block(what)];
    }
  }

  #proposal({ author, isAccepted, later }: Extract<Happening, { kind: "proposal" }>): PersistRecord {
    const { signature } = this.#signed();
    const round = this.#round + (later ? 1 : 0);
    const publicKey = KEYS[author] ?? "";
    const claim = { output: "ab".repeat(64), proof: "cd".repeat(80) };
    const proposal = { round, prevHash: this.#hash(), bpm: 72, publicKey, claim, signature };
    const receipt = isAccepted ? { round, leaf: leafHashHex(proposal), signature } : null;
    return { kind: "proposal", round, text: canonicalize(proposal), receipt };
  }

  #transaction({ roundsAhead, amount: tokens }: Extract<Happening, { kind: "transaction" }>): PersistRecord {
    const { signature } = this.#signed();
    const round = this.#round + roundsAhead;
    const leaf = this.#hash();
    const transaction = { type: "bond", publicKey: KEYS[0] ?? "", nonce: 1, amount: tokens, signature } as const;
    return { kind: "transaction", round, leaf, transaction, receipt: { round, tx: leaf, signature } };
  }

  #block({ winner, amounts }: Extract<Happening, { kind: "block" }>): PersistRecord {
    const { round, signature } = this.#signed();
    this.#round += 1;
    this.#index += 1;
    const hash = this.#hash();
    const block = {
      index: this.#index,
      round,
      timestamp: TIME,
      prevHash: hash,
      bpm: null,
      validator: winner === null ? null : addressOf(KEYS[winner] ?? ""),
      proposal: null,
      proposalCount: 0,
      proposalsRoot: hash,
      transactionCount: 0,
      transactionsRoot: hash,
      ledgerRoot: hash,
      draw: { seed: hash, stake: 0, eligibleStake: 0, beacon: { output: "ab".repeat(64), proof: "cd".repeat(80) } },
      hash,
      hubSignature: signature,
      transactions: [],
    };
    const accounts = amounts.map((tokens, position) => ({
      position,
      account: {
        publicKey: KEYS[position] ?? "",
        name: `name-${position}`,
        nonce: this.#index,
        liquid: tokens,
        bonded: 0,
        activating: [],
        unbonding: [{ amount: 1, round }],
        tombstoned: position === 3,
      },
    }));
    // Positions come without a gap, as in a ledger: the first block brings all.
    const all = this.#index === 1 ? KEYS.length : accounts.length;
    while (accounts.length < all) {
      const position = accounts.length;
      const account = { name: `name-${position}`, nonce: 1, liquid: 0, bonded: 0, activating: [], tombstoned: false };
      accounts.push({ position, account: { ...account, publicKey: KEYS[position] ?? "", unbonding: [] } });
    }
    const [minted = 0, burned = 0] = amounts;
    return { kind: "block", block, nextSeed: this.#hash(), accounts, minted, burned };
  }

  #signed(): { round: number; signature: string } {
    return { round: this.#round, signature: `${this.#hash()}${this.#hash()}` };
  }

  /** One that did not occur before. */
  #hash(): string {
    this.#serial += 1;
    return this.#serial.toString(16).padStart(64, "0");
  }
}

const TIME = "2026-01-01T00:00:30.000Z";
