import type { PersistRecord } from "pos-shared/chain/round/effects.ts";
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Account } from "pos-shared/model/account.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { StoredState, WaitingTransaction } from "../../src/store/store.ts";

type StoredProposal = Extract<PersistRecord, { kind: "proposal" }>;

/** The store as plain lists: what it must come to, written so that one sees it is right. */
export class StoreModel {
  readonly #chainId: Hex;
  blocks: { block: Block; nextSeed: Hex }[] = [];
  #accounts: Account[] = [];
  #proposals: StoredProposal[] = [];
  #waiting: WaitingTransaction[] = [];
  #opening: StoredState["opening"] = null;
  #minted = 0;
  #burned = 0;
  #lastRound = 0;

  constructor(chainId: Hex) {
    this.#chainId = chainId;
  }

  commit(records: readonly PersistRecord[]): void {
    for (const record of records) this.#take(record);
  }

  get state(): StoredState {
    const round = this.#opening?.round;
    return {
      block: this.blocks.at(-1)?.block ?? null,
      seed: this.blocks.at(-1)?.nextSeed ?? this.#chainId,
      accounts: this.#accounts,
      minted: this.#minted,
      burned: this.#burned,
      lastRound: this.#lastRound,
      opening: this.#opening,
      proposals: this.#proposals.flatMap(({ text, receipt, round: of }) => {
        return receipt !== null && of === round ? [{ proposal: JSON.parse(text) as Proposal, receipt }] : [];
      }),
      // The sort is stable: those of a round stay in order of arrival.
      transactions: this.#waiting.toSorted((a, b) => a.round - b.round),
    };
  }

  proposalsOf(round: number): string[] {
    return this.#proposals
      .filter((record) => record.round === round && record.receipt !== null)
      .map(({ text }) => JSON.parse(text) as Proposal)
      .toSorted((a, b) => Number(a.publicKey > b.publicKey) - Number(a.publicKey < b.publicKey))
      .map((proposal) => canonicalize(proposal));
  }

  get wins(): Map<Hex, number> {
    const wins = new Map<Hex, number>();
    for (const { block } of this.blocks) {
      if (block.validator !== null) wins.set(block.validator, (wins.get(block.validator) ?? 0) + 1);
    }
    return wins;
  }

  #take(record: PersistRecord): void {
    switch (record.kind) {
      case "opening":
        this.#opening = record.opening;
        return;
      case "proposal":
        this.#proposals.push(record);
        return;
      case "transaction": {
        const { kind: _, ...waiting } = record;
        this.#waiting = [...this.#waiting.filter(({ leaf }) => leaf !== waiting.leaf), waiting];
        return;
      }
      case "block":
        this.blocks.push(record);
        for (const { position, account } of record.accounts) this.#accounts[position] = account;
        this.#minted = record.minted;
        this.#burned = record.burned;
        this.#end(record.block.round);
        return;
      case "roundEnded":
        this.#end(record.round);
        return;
    }
  }

  #end(ended: number): void {
    this.#waiting = this.#waiting.filter(({ round }) => round > ended);
    this.#lastRound = ended;
    this.#opening = null;
  }
}
