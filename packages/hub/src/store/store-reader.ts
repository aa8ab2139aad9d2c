import type { DatabaseSync } from "node:sqlite";
import type { Network } from "pos-shared/chain/network.ts";
import { leafHashHexOfText } from "pos-shared/crypto/merkle.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Account } from "pos-shared/model/account.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { proposalText } from "pos-shared/model/proposal-text.ts";
import type { ReceiptedProposal } from "pos-shared/model/receipt.ts";
import { parseGenesis } from "./genesis-text.ts";
import { bytesIn, integerIn, nullableTextIn, oneRow, type Row, textIn } from "./rows.ts";
import type { BlockPage, StoredState, WaitingTransaction } from "./store.ts";
import { asStoreErrors } from "./store-error.ts";
import { parseAccount, parseBlock, parseOpening, parseProposal, parseTransaction } from "./stored-json.ts";

/** A proposal's key is found in its text as it stands, so that a damaged one does not keep the others from being read. */
const BEFORE_KEY = '"publicKey":"';
const KEY_CHARACTERS = 64;

/** Everything that can be asked of a store, by the hub that writes it and by commands that only look at it. */
export class StoreReader {
  /** Checked once, when it is read: with thousands of accounts in its genesis that takes a tenth of a second. */
  readonly network: Network;
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepareReads>;

  /** @throws StoreError if the database cannot be read */
  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = asStoreErrors(() => prepareReads(database));
    this.network = parseGenesis(textIn(this.#state(), "genesis"));
  }

  get genesis(): Genesis {
    return this.network.genesis;
  }

  get chainId(): Hex {
    return this.network.chainId;
  }

  /** What is stored of the chain's end, unchecked but for its form. Costs the same for any number of blocks. */
  readState(): StoredState {
    return this.atOneMoment(() => {
      const state = this.#state();
      const openingText = nullableTextIn(state, "opening");
      const opening = openingText === null ? null : parseOpening(openingText, "the opening");
      const tip = this.#get("tip");
      return {
        block: tip === undefined ? null : parseBlock(textIn(tip, "json"), `block ${integerIn(tip, "block_index")}`),
        seed: tip === undefined ? this.chainId : textIn(tip, "next_seed"),
        accounts: this.readAccounts(),
        minted: integerIn(state, "minted"),
        burned: integerIn(state, "burned"),
        lastRound: integerIn(state, "last_round"),
        opening,
        proposals: opening === null ? [] : this.#arrivedProposals(opening.round),
        transactions: this.#waiting(),
      };
    });
  }

  /** In order of first appearance. */
  readAccounts(): readonly Account[] {
    // One row after the other: all their texts at once would be as much again as the accounts.
    return asStoreErrors(() =>
      Array.from(this.#statements.accounts.iterate(), (row) =>
        parseAccount(textIn(row, "json"), `account ${integerIn(row, "position")}`),
      ),
    );
  }

  /** Index and hash of the last block as its columns say, undefined before the first. */
  readTip(): { readonly index: number; readonly hash: Hex } | undefined {
    const row = this.#get("tip");
    return row === undefined ? undefined : { index: integerIn(row, "block_index"), hash: textIn(row, "hash") };
  }

  /** How often the store was written; 0 where an earlier version did not count. */
  readCommits(): number {
    return asStoreErrors(() => {
      const { count } = this.#database
        .prepare("SELECT count(*) AS count FROM sqlite_schema WHERE name = 'commits'")
        .get() ?? { count: 0 };
      if (count === 0) return 0;
      return integerIn(oneRow(this.#database.prepare("SELECT number FROM commits"), "commits"), "number");
    });
  }

  readBlocks(from: number, limit: number, maxBytes: number): readonly string[] {
    return asStoreErrors(() => {
      const texts: string[] = [];
      let bytes = 0;
      for (const row of this.#statements.blocks.iterate(from, limit)) {
        const text = textIn(row, "json");
        bytes += Buffer.byteLength(text);
        if (bytes > maxBytes && texts.length > 0) break;
        texts.push(text);
      }
      return texts;
    });
  }

  /** Put together by SQLite: to make a text of each block, and bytes of it again, takes three times as long. */
  readBlockPage(from: number, limit: number, maxBytes: number): BlockPage {
    return asStoreErrors(() => {
      const count = this.#countBlocks(from, limit, maxBytes);
      if (count === 0) return { count, text: Buffer.alloc(0) };
      return { count, text: bytesIn(oneRow(this.#statements.blockPage, "blocks", from, count), "page") };
    });
  }

  sizeOfBlock(index: number): number {
    return asStoreErrors(() => integerIn(oneRow(this.#statements.blockBytes, "blocks", index, 1), "bytes"));
  }

  /** How many of these blocks a page can hold. Mostly all of them: only where it cannot is each one's size asked for. */
  #countBlocks(from: number, limit: number, maxBytes: number): number {
    const { blockBytes, blockSizes } = this.#statements;
    const all = oneRow(blockBytes, "blocks", from, limit);
    if (integerIn(all, "bytes") <= maxBytes) return integerIn(all, "count");
    return countWithin(JSON.parse(textIn(oneRow(blockSizes, "blocks", from, limit), "sizes")), maxBytes);
  }

  findBlock(index: number): Block | undefined {
    const row = asStoreErrors(() => this.#statements.block.get(index));
    return row === undefined ? undefined : parseBlock(textIn(row, "json"), `block ${index}`);
  }

  seedAfter(blockHash: Hex): Hex | undefined {
    return blockHash === this.chainId ? this.chainId : this.findSeed(blockHash)?.seed;
  }

  /** The index of a block by its hash, and the seed in force after it. */
  findSeed(blockHash: Hex): { readonly index: number; readonly seed: Hex } | undefined {
    const row = asStoreErrors(() => this.#statements.seed.get(blockHash));
    return row === undefined ? undefined : { index: integerIn(row, "block_index"), seed: textIn(row, "next_seed") };
  }

  readProposals(round: number): readonly string[] | undefined {
    return asStoreErrors(() => {
      if (round < integerIn(this.#state(), "pruned_before")) return undefined;
      return this.#statements.proposalsByKey.all(round).map((row) => textIn(row, "json"));
    });
  }

  winsOf(): ReadonlyMap<Hex, number> {
    const rows = asStoreErrors(() => this.#statements.wins.all());
    return new Map(rows.map((row) => [textIn(row, "address"), integerIn(row, "wins")]));
  }

  /** Runs several reads on the same state of the store, whatever is committed meanwhile. */
  atOneMoment<T>(read: () => T): T {
    return asStoreErrors(() => {
      this.#database.exec("SAVEPOINT reading");
      try {
        return read();
      } finally {
        this.#database.exec("RELEASE reading");
      }
    });
  }

  #state(): Row {
    return asStoreErrors(() => oneRow(this.#statements.state, "state"));
  }

  #get(statement: "tip"): Row | undefined {
    return asStoreErrors(() => this.#statements[statement].get());
  }

  #arrivedProposals(round: number): ReceiptedProposal[] {
    return this.#statements.proposalsByArrival.all(round).map((row) => {
      const proposal = parseProposal(textIn(row, "json"), `proposal ${integerIn(row, "arrival")} of round ${round}`);
      const leaf = leafHashHexOfText(proposalText(proposal));
      return { proposal, receipt: { round, leaf, signature: textIn(row, "receipt") } };
    });
  }

  #waiting(): WaitingTransaction[] {
    return this.#statements.waiting.all().map((row) => {
      const round = integerIn(row, "round");
      const leaf = textIn(row, "leaf");
      const transaction = parseTransaction(textIn(row, "json"), `transaction ${leaf}`);
      return { round, leaf, transaction, receipt: { round, tx: leaf, signature: textIn(row, "receipt") } };
    });
  }
}

/** How many of the first are together no larger than that; the very first is always one of them. */
function countWithin(sizes: readonly number[], maxBytes: number): number {
  let bytes = 0;
  for (const [i, size] of sizes.entries()) {
    bytes += size;
    if (bytes > maxBytes) return Math.max(i, 1);
  }
  return sizes.length;
}

function prepareReads(database: DatabaseSync) {
  return {
    state: database.prepare("SELECT * FROM state"),
    tip: database.prepare("SELECT block_index, hash, next_seed, json FROM blocks ORDER BY block_index DESC LIMIT 1"),
    blocks: database.prepare("SELECT json FROM blocks WHERE block_index >= ? ORDER BY block_index LIMIT ?"),
    blockBytes: database.prepare(
      `SELECT count(*) AS count, coalesce(sum(octet_length(json)), 0) AS bytes
       FROM blocks WHERE block_index >= ?1 AND block_index < ?1 + ?2`,
    ),
    blockSizes: database.prepare(
      `SELECT json_group_array(octet_length(json)) AS sizes
       FROM (SELECT json FROM blocks WHERE block_index >= ? ORDER BY block_index LIMIT ?)`,
    ),
    blockPage: database.prepare(
      `SELECT CAST(group_concat(json, ',') AS BLOB) AS page
       FROM (SELECT json FROM blocks WHERE block_index >= ? ORDER BY block_index LIMIT ?)`,
    ),
    block: database.prepare("SELECT json FROM blocks WHERE block_index = ?"),
    seed: database.prepare("SELECT block_index, next_seed FROM blocks WHERE hash = ?"),
    accounts: database.prepare("SELECT position, json FROM accounts ORDER BY position"),
    wins: database.prepare("SELECT address, wins FROM wins"),
    proposalsByArrival: database.prepare(
      "SELECT arrival, receipt, json FROM proposals WHERE round = ? AND receipt IS NOT NULL ORDER BY arrival",
    ),
    proposalsByKey: database.prepare(
      `SELECT json FROM proposals WHERE round = ? AND receipt IS NOT NULL
       ORDER BY substr(json, instr(json, '${BEFORE_KEY}') + ${BEFORE_KEY.length}, ${KEY_CHARACTERS}), arrival`,
    ),
    waiting: database.prepare("SELECT round, leaf, receipt, json FROM waiting ORDER BY round, arrival"),
  };
}
