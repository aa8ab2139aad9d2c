/**
 * The links of a long run of plain blocks, checked on their canonical text as it came: form, index, prevHash, hash, and
 * the amounts on trust (depth `links` of SPEC §7). It accepts nothing that `verifyBlock` refuses, and says of nothing
 * what is wrong with it: what it does not accept, `verifyBlock` judges. That one is its twin in the tests.
 */
import { hexDigest } from "../crypto/hash.ts";
import { addressOf } from "../crypto/keys.ts";
import type { Hex } from "../encoding/hex.ts";
import { tagText } from "../encoding/tagged-bytes.ts";
import { getAccountAt } from "../ledger/account-tree.ts";
import { type Ledger, positionOf } from "../ledger/ledger.ts";
import { hasDueEntries } from "../ledger/mature.ts";
import type { Account } from "../model/account.ts";
import { type Block, plainBlockForm } from "../model/block.ts";
import { CanonicalScan } from "../model/canonical-scan.ts";
import { MAX_INTEGER } from "../model/limits.ts";
import { type ChainState, tipAfter } from "./chain-state.ts";
import type { Network } from "./network.ts";

/** What a client keeps of a block that was taken. */
export interface PlainFacts {
  readonly index: number;
  readonly hash: Hex;
  readonly round: number;
  readonly timestampMs: number;
  readonly bpm: number;
  /** The winner's place in the ledger. */
  readonly winner: number;
  /** Where its text ends. */
  readonly end: number;
}

/** The chain after a run, and its last block. */
export interface PlainRun {
  readonly state: ChainState;
  readonly block: Block;
}

interface Winner {
  /** As text. */
  readonly address: Uint8Array;
  readonly position: number;
  readonly account: Account;
  /** Blocks whose reward is not paid yet. */
  unpaid: number;
}

/** Of a hash, a key or an address as text. */
const HEX_BYTES = 64;
/** A plain header is about 1.7 kB, and no longer than this. */
const MAX_HEADER_BYTES = 4096;

const scan = new CanonicalScan(plainBlockForm);
const AT = {
  index: scan.field("index"),
  round: scan.field("round"),
  timestamp: scan.field("timestamp"),
  prevHash: scan.field("prevHash"),
  bpm: scan.field("bpm"),
  validator: scan.field("validator"),
  publicKey: scan.field("proposal.publicKey"),
  stake: scan.field("draw.stake"),
  eligibleStake: scan.field("draw.eligibleStake"),
  hash: scan.field("hash"),
  transactionsRoot: scan.field("transactionsRoot"),
};
/** A block is its header with these between its fields: what the hash does not cover. */
const BEFORE_HASH = '"hash":"'.length;
const BEFORE_INDEX = '"index":'.length;
const TRANSACTIONS = '"transactions":[],'.length;
const BEFORE_TRANSACTIONS_ROOT = '"transactionsRoot":"'.length;

export class PlainLinks {
  readonly #network: Network;
  readonly #header = Buffer.alloc(MAX_HEADER_BYTES);
  /** What is hashed of it: mostly as long as the last time. */
  #hashed: Buffer = this.#header.subarray(0, 0);
  readonly #tagBytes: number;
  readonly #winners = new Map<Hex, Winner>();
  #ledger: Ledger;
  #unpaid = 0;
  #index: number;
  /** Of the last block, as text. */
  #hash: Buffer;
  /** Of the next one: the two take turns. */
  #nextHash: Buffer = Buffer.alloc(HEX_BYTES);
  #last: { readonly text: Buffer; readonly from: number; readonly to: number } | undefined;

  /** @param state the chain that the run follows */
  constructor(network: Network, state: ChainState) {
    this.#network = network;
    this.#ledger = state.ledger;
    this.#index = state.tip.index;
    this.#hash = Buffer.from(state.tip.hash);
    this.#tagBytes = this.#header.write(tagText("block", network.chainId));
  }

  /** Takes the block whose text begins at `from`. Undefined where it is not plain or does not fit: nothing has changed. */
  take(text: Buffer, from: number): PlainFacts | undefined {
    const end = scan.read(text, from);
    if (end === -1) return undefined;
    const index = scan.integer(AT.index);
    if (index !== this.#index + 1 || !standsAt(text, AT.prevHash, this.#hash)) return undefined;
    const hash = this.#hashOf(text, from, end);
    this.#nextHash.write(hash, "latin1");
    if (!standsAt(text, AT.hash, this.#nextHash)) return undefined;
    const round = scan.integer(AT.round);
    // Rare, and it changes stakes.
    if (hasDueEntries(this.#ledger, round)) return undefined;
    const winner = this.#winnerOf(textAt(text, AT.publicKey));
    if (winner === undefined || !standsAt(text, AT.validator, winner.address)) return undefined;
    const { rule, genesis } = this.#network;
    const draw = { stake: scan.integer(AT.stake), eligibleStake: scan.integer(AT.eligibleStake) };
    if (!rule.fitsOnTrust(this.#ledger, winner.account, draw)) return undefined;
    // Near the end of what can be minted it matters who won first.
    if (this.#ledger.minted + (this.#unpaid + 1) * genesis.blockReward > MAX_INTEGER) return undefined;
    winner.unpaid += 1;
    this.#unpaid += 1;
    this.#index = index;
    [this.#hash, this.#nextHash] = [this.#nextHash, this.#hash];
    this.#last = { text, from, to: end };
    const timestampMs = scan.integer(AT.timestamp);
    return { index, hash, round, timestampMs, bpm: scan.integer(AT.bpm), winner: winner.position, end };
  }

  /** The chain after all that was taken; undefined where that is nothing. The next block may then be taken again. */
  finish(): PlainRun | undefined {
    const last = this.#last;
    if (last === undefined) return undefined;
    this.#payRewards();
    scan.forget();
    // Its form was checked byte by byte.
    const block = JSON.parse(last.text.toString("latin1", last.from, last.to)) as Block;
    return { state: { tip: tipAfter(this.#network, block), ledger: this.#ledger }, block };
  }

  /** The block without what its hash does not cover. */
  #hashOf(text: Buffer, from: number, end: number): Hex {
    const header = this.#header;
    if (this.#tagBytes + end - from > header.length) return "";
    let at = this.#tagBytes;
    at += text.copy(header, at, from, scan.start(AT.hash) - BEFORE_HASH);
    const root = scan.start(AT.transactionsRoot) - BEFORE_TRANSACTIONS_ROOT;
    at += text.copy(header, at, scan.start(AT.index) - BEFORE_INDEX, root - TRANSACTIONS);
    at += text.copy(header, at, root, end);
    if (this.#hashed.length !== at) this.#hashed = header.subarray(0, at);
    return hexDigest(this.#hashed);
  }

  #winnerOf(publicKey: Hex): Winner | undefined {
    const known = this.#winners.get(publicKey);
    if (known !== undefined) return known;
    const address = addressOf(publicKey);
    const position = positionOf(this.#ledger, address);
    const account = position === undefined ? undefined : getAccountAt(this.#ledger.accounts, position);
    if (position === undefined || account === undefined) return undefined;
    const winner = { address: Buffer.from(address), position, account, unpaid: 0 };
    this.#winners.set(publicKey, winner);
    return winner;
  }

  /** Whoever wins next is looked up anew. */
  #payRewards(): void {
    const { rule, genesis } = this.#network;
    for (const [publicKey, { unpaid }] of this.#winners) {
      if (unpaid > 0) this.#ledger = rule.payReward(this.#ledger, publicKey, genesis.blockReward, unpaid);
    }
    this.#winners.clear();
    this.#unpaid = 0;
  }
}

function textAt(text: Buffer, field: number): Hex {
  const start = scan.start(field);
  return text.toString("latin1", start, start + HEX_BYTES);
}

/** Is a hex field this one? Without a text of its own for each. */
function standsAt(text: Buffer, field: number, expected: Uint8Array): boolean {
  const start = scan.start(field);
  for (let i = 0; i < HEX_BYTES; i++) if (text[start + i] !== expected[i]) return false;
  return true;
}
