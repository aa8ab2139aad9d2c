/**
 * The chain as a client has verified it, block by block: state, columns, and what it holds. Nothing here waits for
 * anything; where blocks come from is the replica's business.
 */
import { type ChainState, genesisState, tipAfter } from "pos-shared/chain/chain-state.ts";
import type { Network } from "pos-shared/chain/network.ts";
import { PlainLinks } from "pos-shared/chain/plain-links.ts";
import { type Depth, verifyBlock, verifyHeld } from "pos-shared/chain/verify/verify-block.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { positionOf } from "pos-shared/ledger/ledger.ts";
import type { Block, SealedHeader, UncheckedHeader } from "pos-shared/model/block.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { millisecondsOf } from "pos-shared/model/timestamp.ts";
import { type CheckFailure, type Held, NOTHING_HELD } from "pos-shared/rules/check.ts";
import { acceptableOf } from "./acceptable-proposals.ts";
import { asFinding, blocksFinding } from "./alarm.ts";
import type { Checkpoint } from "./checkpoint-file.ts";
import { ChainColumns } from "./columns.ts";
import type { DrawMaterial } from "./draw-material.ts";
import type { EvidenceInput } from "./evidence/make-evidence.ts";
import { HeldStore } from "./held-store.ts";
import { Luck } from "./luck.ts";
import { RecentBlocks } from "./recent-blocks.ts";
import type { VerifiedBlock } from "./replica-events.ts";
import { SeedMemory } from "./seed-memory.ts";
import type { ServedBlock } from "./served-block.ts";
import { findWrongPlace } from "./spot-check.ts";
import { takeOpening } from "./take-opening.ts";
import type { Verified } from "./verified.ts";

const COMMA = 0x2c;

export type EvidenceBase = Pick<EvidenceInput, "network" | "before" | "beforeBlock" | "seedAfter" | "findSealed">;

/** A chain up to some block, which is kept whole; null for genesis. */
interface Frontier {
  readonly state: ChainState;
  readonly block: Block | null;
}

export class VerifiedChain {
  readonly network: Network;
  readonly columns: ChainColumns;
  readonly luck: Luck;
  readonly held = new HeldStore();
  readonly recent = new RecentBlocks();
  readonly seeds: SeedMemory;
  /** As far as the links go. */
  #head: Frontier;
  /** As far as everything of depth `replica` was checked; never ahead of the head. */
  #verified: Frontier;

  constructor(network: Network, checkpoint?: Checkpoint) {
    this.network = network;
    this.seeds = new SeedMemory(network);
    this.columns = checkpoint?.columns ?? new ChainColumns();
    this.luck = checkpoint?.luck ?? new Luck();
    this.#verified = { state: checkpoint?.state ?? genesisState(network), block: checkpoint?.block ?? null };
    this.#head = this.#verified;
  }

  get head(): ChainState {
    return this.#head.state;
  }

  get headBlock(): Block | null {
    return this.#head.block;
  }

  get verified(): ChainState {
    return this.#verified.state;
  }

  /** The last block that was verified beyond its links, null before the first. */
  get verifiedBlock(): Block | null {
    return this.#verified.block;
  }

  /** Is everything verified beyond its links? */
  get isCaughtUp(): boolean {
    return this.head.tip.index === this.verified.tip.index;
  }

  /** The verified part, to be kept on the disk; undefined before block 1. */
  get checkpoint(): Checkpoint | undefined {
    const { state, block } = this.#verified;
    if (block === null) return undefined;
    return { network: this.network, state, block, columns: this.columns, luck: this.luck };
  }

  /** Checks the next block's links only, for a quick start. */
  extendByLinks(value: unknown): Result<VerifiedBlock, EvidenceInput> {
    const before = this.#head;
    const result = this.#verify(before, value, "links");
    if (!result.ok) return result;
    return ok(this.#append(before, value as Block, result.value, "links", []));
  }

  /**
   * Checks the links of the blocks whose texts begin at `from`, as long as they are plain and fit, up to an index.
   * @param text blocks, with commas between them
   * @returns where the text goes on that was not taken
   */
  extendByText(text: Buffer, from: number, last: number): number {
    const links = new PlainLinks(this.network, this.head);
    let at = from;
    while (this.columns.length < last) {
      const facts = links.take(text, at);
      if (facts === undefined) break;
      this.columns.append(facts, "links");
      at = text[facts.end] === COMMA ? facts.end + 1 : facts.end;
    }
    this.#head = links.finish() ?? this.#head;
    return at;
  }

  /** Checks the next block with all that is at hand. Everything before it is verified. */
  extend(value: unknown, material: DrawMaterial, lowest: readonly unknown[]): Result<VerifiedBlock, EvidenceInput> {
    if (!this.isCaughtUp) throw new Error("a block was to be verified on unverified ones");
    const before = this.#head;
    const proposals = material.depth === "full" ? material.proposals : undefined;
    const result = this.#verify(before, value, material.depth === "full" ? "full" : "replica", proposals);
    if (!result.ok) return result;
    const after = result.value;
    const block = value as Block;
    const wrong = this.#findWrongPlace(before, block, after, material);
    if (wrong !== undefined) return err(wrong);
    // They passed the rule `proposals`.
    const known = (proposals as readonly Proposal[] | undefined) ?? acceptableOf(this.network, block, lowest);
    const added = this.#append(before, block, after, material.depth, known);
    this.#verified = this.#head;
    const counted = material.depth === "full" ? known : this.held.proposalsOf(block.round).map((own) => own.proposal);
    const keys = counted.map(({ publicKey }) => publicKey);
    if (material.depth !== "replica") this.luck.count(block, keys, after.ledger);
    this.held.settle(block.round);
    return ok(added);
  }

  /**
   * Checks, to depth `replica` or with all its proposals in full, the next block of which only the links were checked.
   */
  confirm(value: unknown, proposals?: readonly unknown[]): EvidenceInput | undefined {
    const before = this.#verified;
    const depth = proposals === undefined ? "replica" : "full";
    const result = this.#verify(before, value, depth, proposals);
    if (!result.ok) return result.error;
    const block = value as Block;
    const twin = this.findTwin(block);
    if (twin !== undefined) return twin;
    this.#raise([{ block, proposals }], result.value, [result.value.tip.seed]);
    return undefined;
  }

  /**
   * Takes the next blocks, of which the links were checked here and the rest by this program's own threads.
   * @param state after the last of them
   * @param seeds after each of them
   */
  acceptChecked(served: readonly ServedBlock[], state: ChainState, seeds: readonly Hex[]): void {
    if (state.tip.index !== this.verified.tip.index + served.length) throw new Error("blocks out of their order");
    this.#raise(served, state, seeds);
  }

  #raise(served: readonly ServedBlock[], state: ChainState, seeds: readonly Hex[]): void {
    for (const [i, { block, proposals }] of served.entries()) {
      const { index, hash } = block as Block;
      this.columns.raise(index, proposals === undefined ? "replica" : "full");
      this.seeds.add(hash, seeds[i] ?? "");
    }
    this.held.settle(state.tip.round);
    this.#verified = { state, block: (served.at(-1)?.block ?? null) as Block | null };
    if (this.isCaughtUp) this.#head = this.#verified;
  }

  /**
   * Another block of an index that the chain has: two sealed ones prove a dishonest hub by themselves (SPEC §7).
   * @param own this chain's, where it is no longer at hand here
   */
  findTwin(block: UncheckedHeader, own?: UncheckedHeader): EvidenceInput | undefined {
    const known = this.columns.hashAt(block.index);
    if (known === block.hash) return undefined;
    return {
      ...this.#evidenceBase(this.#verified),
      finding: blocksFinding(block.index, known, block.hash),
      block,
      otherBlock: this.findSealed(known) ?? own ?? null,
    };
  }

  /** A block of this chain with its seal, if it is still at hand. */
  readonly findSealed = (hash: Hex): SealedHeader | undefined => {
    if (this.#verified.block?.hash === hash) return this.#verified.block;
    const index = this.columns.indexOf(hash);
    return index === undefined ? undefined : this.recent.get(index)?.block;
  };

  /** Takes what the hub announced. `news` unless it is known; a finding where it contradicts another one. */
  takeOpening(opening: Opening): Result<"news" | "known" | "unsigned", EvidenceInput> {
    const taken = takeOpening(this.network, this.held, this.verified.tip, opening);
    return taken.ok ? taken : err({ ...this.#evidenceBase(this.#verified), ...taken.error });
  }

  /** What fails by receipts and openings alone, before a block follows the tip. */
  findHeldFailure(): EvidenceInput | undefined {
    if (!this.isCaughtUp) return undefined;
    const { network, head: state, seeds } = this;
    const held = this.held.heldFor(state.tip, 0);
    if (held.proposals.length === 0 && held.transactions.length === 0) return undefined;
    const failure = verifyHeld({ network, state, held, seedAfter: seeds.seedAfter });
    if (failure === undefined) return undefined;
    return { ...this.#evidenceBase(this.#head), finding: asFinding(failure), about: failure.about, held };
  }

  #verify(
    before: Frontier,
    block: unknown,
    depth: Depth,
    proposals?: readonly unknown[],
  ): Result<ChainState, EvidenceInput> {
    const { network, seeds } = this;
    const { state } = before;
    const round = roundOf(block);
    const held: Held = depth === "links" ? NOTHING_HELD : this.held.heldFor(state.tip, round);
    const input = { network, state, block, depth, held, seedAfter: seeds.seedAfter };
    const result = verifyBlock(proposals === undefined ? input : { ...input, proposals });
    return result.ok ? result : err(this.#failed(before, block, result.error, held, proposals));
  }

  #failed(
    before: Frontier,
    block: unknown,
    failure: CheckFailure,
    held: Held,
    proposals: readonly unknown[] | undefined,
  ): EvidenceInput {
    const { about } = failure;
    return { ...this.#evidenceBase(before), finding: asFinding(failure), about, block, held, proposals };
  }

  /** What evidence about the block after a block of this chain is judged on; undefined where it is no longer at hand. */
  evidenceBaseOn(hash: Hex): EvidenceBase | undefined {
    const { network, recent, columns } = this;
    if (hash === network.chainId) return this.#evidenceBase({ state: genesisState(network), block: null });
    if (hash === this.#verified.state.tip.hash) return this.#evidenceBase(this.#verified);
    const kept = recent.get(columns.indexOf(hash) ?? 0);
    if (kept === undefined) return undefined;
    const { block, ledger } = kept;
    return this.#evidenceBase({ state: { tip: tipAfter(network, block), ledger }, block });
  }

  #evidenceBase({ state, block }: Frontier): EvidenceBase {
    const { network, findSealed } = this;
    return { network, before: state, beforeBlock: block, seedAfter: this.seeds.seedAfter, findSealed };
  }

  #findWrongPlace(
    before: Frontier,
    block: Block,
    after: ChainState,
    material: DrawMaterial,
  ): EvidenceInput | undefined {
    if (material.depth !== "spot") return undefined;
    const own = this.held.proposalsOf(block.round);
    const wrong = findWrongPlace({
      network: this.network,
      block,
      ledger: after.ledger,
      places: material.places,
      own,
    });
    if (wrong === undefined) return undefined;
    const held = this.held.heldFor(before.state.tip, block.round);
    return { ...this.#evidenceBase(before), ...wrong, block, held };
  }

  #append(
    before: Frontier,
    block: Block,
    after: ChainState,
    verified: Verified,
    proposals: readonly Proposal[],
  ): VerifiedBlock {
    const winner = block.validator === null ? null : (positionOf(after.ledger, block.validator) ?? null);
    this.columns.append({ ...block, timestampMs: millisecondsOf(block.timestamp), winner }, verified);
    this.seeds.add(block.hash, after.tip.seed);
    this.recent.add({ block, proposals, hasAllProposals: verified === "full", ledger: after.ledger });
    this.#head = { state: after, block };
    return { block, verified, before: before.state, after, proposals };
  }
}

/** Of a block that may be anything. */
function roundOf(block: unknown): number {
  const round = typeof block === "object" && block !== null && "round" in block ? block.round : 0;
  return typeof round === "number" ? round : 0;
}
