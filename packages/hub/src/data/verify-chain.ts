/** Replays a stored chain by the rules of SPEC §7 and compares what is stored beside it. */
import { type ChainState, genesisState } from "pos-shared/chain/chain-state.ts";
import type { Network } from "pos-shared/chain/network.ts";
import { verifyBlock } from "pos-shared/chain/verify/verify-block.ts";
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { accountsOf } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { CheckFailure } from "pos-shared/rules/check.ts";
import { checkStoredState } from "../store/check-stored-state.ts";
import type { StoredState } from "../store/store.ts";
import type { StoreReader } from "../store/store-reader.ts";

const PAGE_BLOCKS = 100;
const PAGE_BYTES = 4 * 1024 * 1024;

/** What was verified: blocks in full, with all their proposals, and blocks whose proposals are no longer kept. */
export interface VerifyReport {
  readonly full: number;
  readonly replica: number;
  readonly accounts: number;
}

/** The first block that breaks a rule, or what stands beside the chain and does not fit it. */
export type VerifyFinding =
  | ({ readonly kind: "block" } & CheckFailure)
  | {
      readonly kind: "stored";
      readonly what: string;
      readonly expected: string | number;
      readonly actual: string | number;
    };

type Progress = (index: number, tipIndex: number) => void;

/**
 * Verifies all blocks, in full where the proposals are kept. Takes about 6 ms a block and more for many proposals. A hub
 * may go on sealing meanwhile: what it adds is verified too.
 *
 * @throws StoreError where the store cannot be read
 */
export function verifyChain(
  network: Network,
  reader: StoreReader,
  onProgress: Progress,
): Result<VerifyReport, VerifyFinding> {
  const replay = new Replay(network, reader, onProgress);
  for (;;) {
    const page = reader.readBlocks(replay.nextIndex, PAGE_BLOCKS, PAGE_BYTES);
    if (page.length === 0) break;
    const finding = replay.verify(page);
    if (finding !== undefined) return err(finding);
  }
  const end = reader.atOneMoment(() => ({
    page: reader.readBlocks(replay.nextIndex, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    stored: reader.readState(),
    wins: reader.winsOf(),
  }));
  const finding = replay.verify(end.page) ?? replay.compare(end.stored, end.wins);
  return finding === undefined ? ok(replay.report) : err(finding);
}

class Replay {
  readonly #network: Network;
  readonly #reader: StoreReader;
  readonly #onProgress: Progress;
  readonly #wins = new Map<Hex, number>();
  #state: ChainState;
  #full = 0;
  #replica = 0;

  constructor(network: Network, reader: StoreReader, onProgress: Progress) {
    this.#network = network;
    this.#reader = reader;
    this.#onProgress = onProgress;
    this.#state = genesisState(network);
  }

  get nextIndex(): number {
    return this.#state.tip.index + 1;
  }

  get report(): VerifyReport {
    return { full: this.#full, replica: this.#replica, accounts: this.#state.ledger.accounts.size };
  }

  verify(texts: readonly string[]): VerifyFinding | undefined {
    for (const text of texts) {
      const finding = this.#verifyOne(text);
      if (finding !== undefined) return finding;
      this.#onProgress(this.#state.tip.index, this.#reader.readTip()?.index ?? 0);
    }
    return undefined;
  }

  #verifyOne(text: string): VerifyFinding | undefined {
    const block = parse(text);
    const proposals = this.#proposalsOf(block);
    const depth = proposals === undefined ? "replica" : "full";
    const verified = verifyBlock({
      network: this.#network,
      state: this.#state,
      block,
      depth,
      proposals: proposals ?? [],
      seedAfter: (hash) => this.#seedAfter(hash),
    });
    if (!verified.ok) return { kind: "block", ...verified.error };
    this.#state = verified.value;
    if (depth === "full") this.#full += 1;
    else this.#replica += 1;
    return this.#countWin(block as Block) ?? this.#compareColumns();
  }

  /** Those of the round that a block claims; what it claims is checked before they are. */
  #proposalsOf(block: unknown): readonly Proposal[] | undefined {
    if (typeof block !== "object" || block === null || !("round" in block)) return [];
    const { round } = block;
    if (typeof round !== "number" || !Number.isSafeInteger(round)) return [];
    const texts = this.#reader.readProposals(round);
    // A block that came back from a client brought no proposals.
    const isRestored = texts?.length === 0 && "proposalCount" in block && block.proposalCount !== 0;
    return isRestored ? undefined : texts?.map((text) => parse(text) as Proposal);
  }

  #seedAfter(hash: Hex): Hex | undefined {
    const found = this.#reader.findSeed(hash);
    return found !== undefined && found.index <= this.#state.tip.index ? found.seed : undefined;
  }

  #countWin({ validator }: Block): undefined {
    if (validator !== null) this.#wins.set(validator, (this.#wins.get(validator) ?? 0) + 1);
    return undefined;
  }

  #compareColumns(): VerifyFinding | undefined {
    const { index, hash, seed } = this.#state.tip;
    const found = this.#reader.findSeed(hash);
    const place = `block ${index}`;
    if (found?.index !== index) return differs(`${place}, column hash`, hash, "another");
    return found.seed === seed ? undefined : differs(`${place}, column next_seed`, seed, found.seed);
  }

  /** What the store says of the chain's end, against what the replay came to. */
  compare(stored: StoredState, wins: ReadonlyMap<Hex, number>): VerifyFinding | undefined {
    const { ledger } = this.#state;
    const accounts = accountsOf(ledger);
    if (stored.accounts.length !== accounts.length) {
      return differs("accounts", accounts.length, stored.accounts.length);
    }
    for (const [position, account] of accounts.entries()) {
      const actual = canonicalize(stored.accounts[position]);
      const expected = canonicalize(account);
      if (expected !== actual) return differs(`account ${position}`, expected, actual);
    }
    for (const name of ["minted", "burned"] as const) {
      if (ledger[name] !== stored[name]) return differs(`${name} tokens`, ledger[name], stored[name]);
    }
    for (const address of new Set([...this.#wins.keys(), ...wins.keys()])) {
      const [expected, actual] = [this.#wins.get(address) ?? 0, wins.get(address) ?? 0];
      if (expected !== actual) return differs(`wins of ${address}`, expected, actual);
    }
    checkStoredState(this.#network, stored);
    return undefined;
  }
}

/** What is no JSON text has no form either, which is the first thing that is checked. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function differs(what: string, expected: string | number, actual: string | number): VerifyFinding {
  return { kind: "stored", what, expected, actual };
}
