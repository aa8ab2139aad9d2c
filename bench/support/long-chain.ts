/**
 * Chains of a million blocks, in a minute: real blocks in form, hashes, links, seeds and rewards, whose VRF proofs and
 * signatures are made up (rolling them would take four hours). The tip is signed, which is what a hub's start checks.
 */
import { createHash } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Network } from "pos-shared/chain/network.ts";
import type { PersistRecord } from "pos-shared/chain/round/effects.ts";
import { taggedHash } from "pos-shared/crypto/hash.ts";
import { addressOf } from "pos-shared/crypto/keys.ts";
import { leafHash, merkleRoot } from "pos-shared/crypto/merkle.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import { nextSeed } from "pos-shared/lottery/seed.ts";
import type { Account } from "pos-shared/model/account.ts";
import type { Block, Header } from "pos-shared/model/block.ts";
import { SCHEMA_VERSION } from "../../packages/hub/src/store/schema.ts";
import type { StoredState } from "../../packages/hub/src/store/store.ts";
import { CREATED_MS, HUB_KEY, STAKE } from "./bench-network.ts";
import { makeDataDirectory, openDirectory } from "./data-directory.ts";

const VALIDATORS = 8;
const ROUND_MS = 20_000;
const BLOCKS_A_COMMIT = 5_000;
const NO_ROOT = merkleRoot([]);

/** Kept chains are made anew when they are stored or made in another way. */
export const MAKE = `v${SCHEMA_VERSION}.2`;

/** The data directory of a chain of so many blocks, made where it is not there yet. */
export function longChain(cache: string, blocks: number, note: (text: string) => void): string {
  const directory = join(cache, `chain-${blocks}-${MAKE}`);
  const done = join(directory, "bench-done");
  if (existsSync(done)) return directory;
  rmSync(directory, { recursive: true, force: true });
  note(`a chain of ${blocks.toLocaleString("en-US")} blocks is made (once; it stays in the cache)`);
  makeDataDirectory(directory, VALIDATORS);
  lengthenChain(directory, blocks);
  writeFileSync(done, "");
  return directory;
}

/** Makes the chain of a data directory so many blocks long. */
export function lengthenChain(directory: string, blocks: number): void {
  const { store, network, close } = openDirectory(directory);
  const stored = store.load();
  const chain = new ChainMaker(network, stored);
  for (let made = stored.block?.index ?? 0; made < blocks; ) {
    const records: PersistRecord[] = [];
    for (; records.length < BLOCKS_A_COMMIT && made < blocks; made++) records.push(chain.next(made === blocks - 1));
    store.commit(records);
  }
  close();
}

class ChainMaker {
  readonly #network: Network;
  readonly #accounts: Account[];
  #minted: number;
  #index: number;
  #round: number;
  #timestampMs: number;
  #prevHash: string;
  #seed: string;

  constructor(network: Network, { block, seed, accounts, minted, lastRound }: StoredState) {
    this.#network = network;
    this.#index = block?.index ?? 0;
    this.#round = lastRound;
    this.#timestampMs = block === null ? CREATED_MS : Date.parse(block.timestamp);
    this.#prevHash = block?.hash ?? network.chainId;
    this.#seed = seed;
    this.#accounts = [...accounts];
    this.#minted = minted;
  }

  next(isTip: boolean): PersistRecord {
    const { chainId, genesis } = this.#network;
    this.#index += 1;
    this.#round += 1;
    this.#timestampMs += ROUND_MS;
    const position = this.#index % this.#accounts.length;
    const before = this.#accounts[position];
    if (before === undefined) throw new Error("no winner");
    const account = { ...before, liquid: before.liquid + genesis.blockReward };
    this.#accounts[position] = account;
    this.#minted += genesis.blockReward;
    const header = this.#header(account, isTip);
    const hash = taggedHash("block", chainId, header);
    const hubSignature = isTip ? sign(HUB_KEY, "seal", chainId, { hash }) : madeUp(this.#index, 64);
    const block: Block = { ...header, hash, hubSignature, transactions: [] };
    this.#prevHash = hash;
    this.#seed = nextSeed(chainId, block);
    // Before block 1 the store has none of genesis' accounts as far as blocks go: the first one brings them all.
    const accounts = this.#index === 1 ? [...this.#accounts.entries()] : [[position, account] as const];
    return {
      kind: "block",
      block,
      nextSeed: this.#seed,
      accounts: accounts.map(([place, one]) => ({ position: place, account: one })),
      minted: this.#minted,
      burned: 0,
    };
  }

  #header({ publicKey }: Account, isTip: boolean): Header {
    const index = this.#index;
    const round = this.#round;
    const prevHash = this.#prevHash;
    const claim = { output: madeUp(index, 64), proof: madeUp(-index, 80) };
    const proposal = { round, prevHash, bpm: 72, publicKey, claim, signature: madeUp(index, 64) };
    return {
      index,
      round,
      timestamp: new Date(this.#timestampMs).toISOString(),
      prevHash,
      bpm: 72,
      validator: addressOf(publicKey),
      proposal,
      proposalCount: 1,
      proposalsRoot: isTip ? merkleRoot([leafHash(proposal)]) : NO_ROOT,
      transactionCount: 0,
      transactionsRoot: NO_ROOT,
      ledgerRoot: isTip ? merkleRoot(this.#accounts.map(leafHash)) : NO_ROOT,
      draw: {
        seed: this.#seed,
        stake: STAKE,
        eligibleStake: STAKE,
        beacon: { output: madeUp(-index, 64), proof: madeUp(index, 80) },
      },
    };
  }
}

/** Hex of so many bytes, another for each number. */
function madeUp(number: number, bytes: number): string {
  const hex = createHash("sha512").update(String(number)).digest("hex");
  return (hex + hex).slice(0, bytes * 2);
}
