import { genesisState } from "pos-shared/chain/chain-state.ts";
import type { PersistRecord } from "pos-shared/chain/round/effects.ts";
import { addressOf } from "pos-shared/crypto/keys.ts";
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import { accountsOf } from "pos-shared/ledger/ledger.ts";
import { describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { openMemoryStore } from "../../src/store/sqlite-store.ts";
import { keyOf, TestChain, testGenesis } from "../support/test-chain.ts";
import { testStore } from "../support/test-store.ts";

const [anna, ben, carl] = [keyOf(2), keyOf(3), keyOf(4)];

/** A store in memory that a chain of two validators and some rounds was written to, with all records. */
function filledStore(rounds: number) {
  const store = openMemoryStore(testGenesis());
  const records: PersistRecord[] = [];
  const chain = new TestChain(testGenesis(), (commit) => {
    store.commit(commit);
    records.push(...commit);
  });
  chain.join(anna, "anna", 100);
  chain.join(ben, "ben", 200);
  chain.run(rounds, [anna, ben]);
  const blocks = records.flatMap((record) => (record.kind === "block" ? [record.block] : []));
  return { store, chain, records, blocks };
}

describe("a new store", () => {
  it("has the accounts of genesis and nothing else", () => {
    const accounts = [{ publicKey: anna.publicKey, name: "anna", liquid: 5, bonded: 7 }];
    const store = openMemoryStore(testGenesis({ accounts }));
    const { chainId } = new TestChain(testGenesis({ accounts }), () => {}).network;
    expect(store.load()).toEqual({
      block: null,
      seed: chainId,
      accounts: [
        {
          publicKey: anna.publicKey,
          name: "anna",
          nonce: 1,
          liquid: 5,
          bonded: 7,
          activating: [],
          unbonding: [],
          tombstoned: false,
        },
      ],
      minted: 12,
      burned: 0,
      lastRound: 0,
      opening: null,
      proposals: [],
      transactions: [],
    });
    expect(store.genesis).toEqual(testGenesis({ accounts }));
    expect(store.seedAfter(chainId)).toBe(chainId);
    expect(store.readBlocks(1, 10, 1_000)).toEqual([]);
    expect(store.findBlock(1)).toBeUndefined();
    expect(store.winsOf().size).toBe(0);
  });
});

describe("what the round machine goes on from (DESIGN §7)", () => {
  it("is the tip, the ledger, the open round and all that was accepted for it", () => {
    const { store, chain, blocks } = filledStore(3);
    chain.propose(ben, 71);
    chain.propose(anna, 72);
    chain.transact(carl, { type: "join", name: "carl", grant: 1000 });
    const { tip, ledger } = chain.state.chain;
    const loaded = store.load();
    expect(loaded.block).toEqual(blocks.at(-1));
    expect(loaded.seed).toBe(tip.seed);
    expect(loaded.accounts).toEqual(accountsOf(ledger));
    expect(loaded).toMatchObject({ minted: ledger.minted, burned: ledger.burned, lastRound: 3 });
    expect(loaded.opening).toEqual(chain.state.open?.opening);
    // In order of arrival, not of keys.
    expect(loaded.proposals.map(({ proposal }) => proposal.publicKey)).toEqual([ben.publicKey, anna.publicKey]);
    expect(loaded.proposals[0]?.receipt).toMatchObject({
      round: 4,
      signature: expect.stringMatching(/^[0-9a-f]{128}$/),
    });
    expect(loaded.transactions).toEqual(chain.state.batches.flatMap(({ waiting }) => waiting));
  });

  it("is unchanged after the store was closed and opened", () => {
    const file = testStore();
    const chain = new TestChain(testGenesis(), (records) => file.store().commit(records));
    chain.join(anna, "anna", 100);
    chain.run(2, [anna]);
    chain.propose(anna, 72);
    const before = file.store().load();
    expect(file.reopen().load()).toEqual(before);
  });

  it("has no open round after one that ended without a block", () => {
    const { store, chain } = filledStore(1);
    chain.close();
    const { lastRound, opening, block } = store.load();
    expect({ lastRound, index: block?.index }).toEqual({ lastRound: 2, index: 1 });
    expect(opening?.round).toBe(3);
    store.commit([{ kind: "roundEnded", round: 3 }]);
    expect(store.load()).toMatchObject({ lastRound: 3, opening: null, proposals: [] });
  });

  it("keeps a second proposal of a key as evidence, but not among the accepted ones", () => {
    const { store, chain } = filledStore(1);
    chain.propose(anna, 72);
    chain.equivocate(anna, 73);
    expect(store.load().proposals.map(({ proposal }) => proposal.bpm)).toEqual([72]);
    expect(store.readProposals(2)).toHaveLength(1);
    expect(store.load().transactions).toMatchObject([{ round: 2, transaction: { type: "slash" } }]);
  });

  it("forgets a transaction once its round is over, with a block or without", () => {
    const { store, chain } = filledStore(1);
    chain.transact(anna, { type: "unbond", nonce: 2, amount: 1 });
    const [waiting] = store.load().transactions;
    expect(waiting).toMatchObject({ round: 2, transaction: { type: "unbond" } });
    chain.close();
    expect(store.load().transactions).toEqual([]);
    if (waiting === undefined) throw new Error("nothing waits");
    store.commit([3, 4].map((round) => ({ kind: "transaction", ...waiting, round, leaf: `0${round}`.repeat(32) })));
    store.commit([{ kind: "roundEnded", round: 3 }]);
    expect(store.load().transactions).toMatchObject([{ round: 4 }]);
  });

  it("keeps transactions of later rounds, behind those of earlier ones whenever they came", () => {
    const { store, records } = filledStore(1);
    const transactions = records.flatMap((record) => (record.kind === "transaction" ? [record] : []));
    const [first, second, third] = transactions;
    if (first === undefined || second === undefined || third === undefined) throw new Error("too few transactions");
    store.commit([
      { ...first, round: 7 },
      { ...second, round: 3 },
      { ...third, round: 3 },
    ]);
    expect(store.load().transactions.map(({ round, leaf }) => [round, leaf])).toEqual([
      [3, second.leaf],
      [3, third.leaf],
      [7, first.leaf],
    ]);
  });
});

describe("a commit", () => {
  it("is on the disk when it returns: write-ahead log, each commit synced (DESIGN §11)", () => {
    const file = testStore();
    file.store().close();
    const database = openDatabase(file.path);
    expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    // 2 is FULL (https://sqlite.org/pragma.html#pragma_synchronous).
    expect(database.prepare("PRAGMA synchronous").get()).toEqual({ synchronous: 2 });
    database.close();
  });

  it("keeps all of its records or none, and the store works on", () => {
    const { store, chain, records } = filledStore(2);
    const before = store.load();
    const opening = records.find((record) => record.kind === "opening");
    const block = records.find((record) => record.kind === "block");
    if (opening === undefined || block === undefined) throw new Error("records are missing");
    // The same block a second time cannot be stored, so the opening before it is not kept either.
    expect(() => store.commit([opening, block])).toThrow(/UNIQUE|constraint/);
    expect(store.load()).toEqual(before);
    chain.run(1, [anna]);
    expect(store.load().block?.index).toBe(3);
  });
});

describe("the chain", () => {
  it("is read as its canonical text, from an index on", () => {
    const { store, blocks } = filledStore(4);
    const texts = blocks.map(canonicalize);
    expect(store.readBlocks(1, 100, 1_000_000)).toEqual(texts);
    expect(store.readBlocks(2, 2, 1_000_000)).toEqual(texts.slice(1, 3));
    expect(store.readBlocks(5, 2, 1_000_000)).toEqual([]);
  });

  it("is read in pages of so many bytes, of one block at least", () => {
    const { store, blocks } = filledStore(4);
    const sizes = blocks.map((block) => Buffer.byteLength(canonicalize(block)));
    const [first = 0, second = 0, third = 0] = sizes;
    expect(store.readBlocks(1, 100, first + second)).toHaveLength(2);
    expect(store.readBlocks(1, 100, first + second + third - 1)).toHaveLength(2);
    expect(store.readBlocks(1, 100, 1)).toHaveLength(1);
  });

  it("is read as one text, the same as block by block", () => {
    const { store } = filledStore(4);
    for (const [from, limit, maxBytes] of [
      [1, 100, 1_000_000],
      [2, 2, 1_000_000],
      [1, 100, 1],
      [1, 100, 4_000],
      [5, 2, 1_000_000],
    ] as const) {
      const texts = store.readBlocks(from, limit, maxBytes);
      const page = store.readBlockPage(from, limit, maxBytes);
      expect({ ...page, text: page.text.toString() }).toEqual({ count: texts.length, text: texts.join(",") });
    }
  });

  it("gives a block by index, the seed after a block by hash, and wins by address", () => {
    const { store, chain, blocks, records } = filledStore(4);
    expect(store.findBlock(2)).toEqual(blocks[1]);
    const second = records.find((record) => record.kind === "block" && record.block.index === 2);
    expect(store.seedAfter(blocks[1]?.hash ?? "")).toBe(second?.kind === "block" ? second.nextSeed : "");
    expect(store.seedAfter("00".repeat(32))).toBeUndefined();
    expect(store.seedAfter(chain.network.chainId)).toBe(genesisState(chain.network).tip.seed);
    for (const key of [anna, ben]) {
      const address = addressOf(key.publicKey);
      expect(store.winsOf().get(address) ?? 0).toBe(blocks.filter(({ validator }) => validator === address).length);
    }
  });
});

describe("proposals of past rounds (DESIGN §5)", () => {
  it("are read by ascending public key, as the block's root counts them", () => {
    const { store } = filledStore(2);
    const keys = store.readProposals(1)?.map((text) => JSON.parse(text).publicKey);
    expect(keys).toEqual([anna.publicKey, ben.publicKey].sort());
    expect(store.readProposals(9)).toEqual([]);
  });

  it("are forgotten before a round, which is told apart from a round without proposals", () => {
    const { store } = filledStore(4);
    store.pruneProposals(3);
    expect([1, 2, 3, 4].map((round) => store.readProposals(round)?.length)).toEqual([undefined, undefined, 2, 2]);
    store.pruneProposals(2);
    expect(store.readProposals(2)).toBeUndefined();
    expect(store.load().block?.index).toBe(4);
  });

  it("are not yet forgotten where there are none to forget", () => {
    const { store } = filledStore(1);
    store.pruneProposals(1);
    expect(store.readProposals(0)).toEqual([]);
  });
});
