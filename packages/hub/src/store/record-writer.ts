import type { DatabaseSync } from "node:sqlite";
import type { PersistRecord } from "pos-shared/chain/round/effects.ts";
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import type { Block } from "pos-shared/model/block.ts";

type RecordOf<K extends PersistRecord["kind"]> = Extract<PersistRecord, { readonly kind: K }>;

/** Writes records of the round machine, each where `store-reader.ts` finds it. Transactions are the caller's. */
export class RecordWriter {
  readonly #statements: ReturnType<typeof prepareWrites>;

  constructor(database: DatabaseSync) {
    this.#statements = prepareWrites(database);
  }

  write(record: PersistRecord): void {
    switch (record.kind) {
      case "opening":
        this.#statements.opening.run(JSON.stringify(record.opening));
        return;
      case "proposal":
        this.#writeProposal(record);
        return;
      case "transaction":
        this.#writeTransaction(record);
        return;
      case "block":
        this.#writeBlock(record);
        return;
      case "roundEnded":
        this.#endRound(record.round);
        return;
    }
  }

  /**
   * Kept as the text that its leaf is the hash of, which somebody has made already. `get` finds no row and makes no
   * object; that of `run`, which nobody wants, takes a tenth of the time.
   */
  #writeProposal({ round, text, receipt }: RecordOf<"proposal">): void {
    this.#statements.proposal.get(round, receipt === null ? null : receipt.signature, text);
  }

  #writeTransaction({ round, leaf, transaction, receipt }: RecordOf<"transaction">): void {
    this.#statements.transaction.run(round, leaf, receipt.signature, JSON.stringify(transaction));
  }

  /** A block is kept as the text that its hash is taken over (SPEC §6), so that clients can check it as it comes. */
  #writeBlock({ block, nextSeed, accounts, minted, burned }: RecordOf<"block">): void {
    this.#statements.block.run(block.index, block.hash, nextSeed, canonicalize(block));
    for (const { position, account } of accounts) {
      this.#statements.account.run(position, account.publicKey, JSON.stringify(account));
    }
    this.#countWin(block);
    this.#statements.totals.run(minted, burned);
    this.#endRound(block.round);
  }

  /** Whatever was acknowledged for a round is in its block or was dropped (SPEC §6). */
  #endRound(round: number): void {
    this.#statements.forget.run(round);
    this.#statements.roundEnded.run(round);
  }

  #countWin({ validator }: Block): void {
    if (validator !== null) this.#statements.win.run(validator);
  }
}

function prepareWrites(database: DatabaseSync) {
  return {
    opening: database.prepare("UPDATE state SET opening = ?"),
    proposal: database.prepare("INSERT INTO proposals (round, receipt, json) VALUES (?, ?, ?)"),
    // One that is moved to another round arrives there anew, behind what is there already.
    transaction: database.prepare("INSERT OR REPLACE INTO waiting (round, leaf, receipt, json) VALUES (?, ?, ?, ?)"),
    block: database.prepare("INSERT INTO blocks (block_index, hash, next_seed, json) VALUES (?, ?, ?, ?)"),
    account: database.prepare(
      `INSERT INTO accounts (position, public_key, json) VALUES (?, ?, ?)
       ON CONFLICT (position) DO UPDATE SET public_key = excluded.public_key, json = excluded.json`,
    ),
    win: database.prepare(
      "INSERT INTO wins (address, wins) VALUES (?, 1) ON CONFLICT (address) DO UPDATE SET wins = wins + 1",
    ),
    forget: database.prepare("DELETE FROM waiting WHERE round <= ?"),
    totals: database.prepare("UPDATE state SET minted = ?, burned = ?"),
    roundEnded: database.prepare("UPDATE state SET last_round = ?, opening = NULL"),
  };
}
