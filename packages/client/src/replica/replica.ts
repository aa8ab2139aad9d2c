/**
 * A client's own verified copy of chain and ledger. It believes nothing of what a hub says: blocks, openings and
 * proposals are checked with all that the client holds. One replica serves the screen and all bots.
 */
import { isSealedBlock } from "pos-shared/evidence/dishonest-hub.ts";
import { type Block, blockForm } from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { timestampOf } from "pos-shared/model/timestamp.ts";
import { LOWEST_SHOWN } from "pos-shared/protocol/limits.ts";
import { sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { Runtime } from "../runtime.ts";
import { asBlock } from "./as-block.ts";
import type { BlockSource } from "./block-source.ts";
import { confirmAll, type OpenCheckers } from "./checking/confirm-all.ts";
import { type DrawMaterial, gatherDrawMaterial } from "./draw-material.ts";
import { type EvidenceInput, makeEvidence } from "./evidence/make-evidence.ts";
import { linkTexts } from "./link-texts.ts";
import { KEPT_BLOCKS } from "./recent-blocks.ts";
import type { ReplicaListener, VerifiedBlock } from "./replica-events.ts";
import { SerialQueue } from "./serial-queue.ts";
import type { PushedBlock, Tip } from "./served-block.ts";
import { TimeSlices } from "./time-slices.ts";
import type { VerifiedChain } from "./verified-chain.ts";
import { withAbsence } from "./with-absence.ts";

/** A gap of up to so many blocks is closed at full depth at once; a longer one by its links first. */
const DIRECT_BLOCKS = 48;
const PAGE_BLOCKS = 1_000;
const MALFORMED = "the hub sent a malformed block";

export class Replica {
  readonly chain: VerifiedChain;
  readonly #runtime: Runtime;
  readonly #listener: ReplicaListener;
  readonly #openCheckers: OpenCheckers | undefined;
  readonly #queue = new SerialQueue();
  /** The hub that is followed; undefined while there is none. */
  #source: BlockSource | undefined;
  /** The latest round that was announced since a hub is followed. */
  #latestRound = 0;
  #isConfirming = false;
  #isHalted = false;
  readonly #alarmed = new Set<string>();

  /** @param openCheckers threads for long chains; without them everything is verified in this one */
  constructor(chain: VerifiedChain, runtime: Runtime, listener: ReplicaListener, openCheckers?: OpenCheckers) {
    this.chain = chain;
    this.#runtime = runtime;
    this.#listener = listener;
    this.#openCheckers = openCheckers;
  }

  /** After a failed check the hub is not followed any further. */
  get isHalted(): boolean {
    return this.#isHalted;
  }

  /**
   * Follows a hub from its tip on: the gap is closed by links at least, the rest follows in the background. An error,
   * in words, where the hub does not serve it.
   */
  follow(source: BlockSource, tip: Tip): Promise<Result<void, string>> {
    this.#source = source;
    return this.#queue.run(async () => {
      if (this.#isHalted || this.#source !== source) return ok(undefined);
      this.#latestRound = 0;
      const reached = await this.#reach(source, tip);
      if (reached.ok) void this.#confirmInBackground(source);
      return reached;
    });
  }

  /** The connection has ended. What is verified stays. */
  leave(): void {
    this.#source = undefined;
  }

  /** A block was pushed. `lowest`: the lowest of its draw, as the hub says. */
  takeBlock(value: unknown, lowest: readonly unknown[]): Promise<void> {
    return this.takeWaiting(() => ({ block: value, lowest }));
  }

  /** The same of one that is read when its turn comes; undefined: it was forgotten, and comes with what closes a gap. */
  takeWaiting(read: () => PushedBlock | undefined): Promise<void> {
    return this.#queue.run(async () => {
      const source = this.#source;
      const pushed = read();
      if (this.#isHalted || source === undefined || pushed === undefined) return;
      const { lowest } = pushed;
      const { index } = this.chain.head.tip;
      const block = asBlock(pushed.block);
      if (block === undefined) return this.#listener.unusable(MALFORMED);
      if (block.index > index + 1) {
        const reached = await this.#reach(source, { index: block.index - 1, hash: block.prevHash });
        if (!reached.ok || this.#isHalted) return;
      }
      // Perhaps it came with what closed the gap.
      if (block.index <= this.chain.head.tip.index) return this.#takeKnown(block);
      await this.#takeNext(block, lowest, source);
      if (!this.chain.isCaughtUp) void this.#confirmInBackground(source);
    });
  }

  /** A round was announced. What is not the latest is no news; it may contradict what was announced before. */
  takeOpening(opening: Opening): Promise<void> {
    return this.#queue.run(() => {
      if (this.#isHalted) return;
      const taken = this.chain.takeOpening(opening);
      if (!taken.ok) return this.#alarm(taken.error, "goes on");
      if (taken.value === "unsigned") return this.#listener.unusable("the hub announced a round without signing it");
      if (opening.round < this.#latestRound || opening.round <= this.chain.head.tip.round) return;
      this.#latestRound = opening.round;
      const failure = this.chain.findHeldFailure();
      if (failure !== undefined) return this.#alarm(failure, "halts");
      this.#listener.opening(opening);
    });
  }

  /** Something was found beside the blocks that come: in another pane, or by waiting for what never came. */
  report(found: EvidenceInput): Promise<void> {
    return this.#queue.run(() => {
      if (!this.#isHalted) this.#alarm(found, found.finding.rule === "blocks" ? "halts" : "goes on");
    });
  }

  /** Runs when everything that came before has been worked off. */
  whenSettled(): Promise<void> {
    return this.#queue.run(() => {});
  }

  async #reach(source: BlockSource, tip: Tip): Promise<Result<void, string>> {
    const { chain } = this;
    const gap = tip.index - chain.head.tip.index;
    if (gap <= 0) return this.#compare(source, tip);
    if (gap > KEPT_BLOCKS && !this.#listener.needsEveryBlock()) {
      const endGrowth = this.#runtime.letHeapGrow();
      try {
        await this.#linkTexts(source, tip);
        return await this.#takeUpTo(source, tip, true);
      } finally {
        endGrowth();
      }
    }
    return this.#takeUpTo(source, tip, gap > DIRECT_BLOCKS || !chain.isCaughtUp);
  }

  /** Block by block. */
  async #takeUpTo(source: BlockSource, tip: Tip, byLinks: boolean): Promise<Result<void, string>> {
    const { chain } = this;
    const slices = new TimeSlices(this.#runtime);
    while (chain.head.tip.index < tip.index && !this.#isHalted) {
      const page = await source.blocks(chain.head.tip.index + 1, PAGE_BLOCKS);
      if (this.#source !== source) return err("the connection has ended");
      if (!page.ok) return err(page.error.kind === "lost" ? page.error.reason : sentenceOf(page.error.fault));
      if (page.value.length === 0) return err("the hub does not serve the blocks that it says it has");
      for (const value of page.value) {
        const isTaken = await (byLinks ? this.#takeLinks(value, source) : this.#takeNext(value, [], source));
        if (this.#isHalted) return ok(undefined);
        if (!isTaken) return err("the hub served a block that cannot be judged");
        await slices.pause();
      }
      this.#tellProgress(tip.index);
    }
    return ok(undefined);
  }

  /** Most of a long gap, as text: the newest blocks are then looked at whole. */
  async #linkTexts(source: BlockSource, tip: Tip): Promise<void> {
    const slices = new TimeSlices(this.#runtime);
    await linkTexts({
      chain: this.chain,
      source,
      last: tip.index - KEPT_BLOCKS,
      takeOne: async (value) => {
        await this.#takeLinks(value, source);
        return !this.#isHalted;
      },
      pageDone: async () => {
        this.#tellProgress(tip.index);
        await slices.pause();
        return this.#source === source && !this.#isHalted;
      },
    });
  }

  /** The hub's tip is one that this client has gone past, or is at. */
  async #compare(source: BlockSource, { index, hash }: Tip): Promise<Result<void, string>> {
    const { columns, head, network } = this.chain;
    const own = index === 0 ? network.chainId : columns.hashAt(index);
    if (own === hash) {
      return index === head.tip.index ? ok(undefined) : err(sentenceOf({ code: "HUB_BEHIND" }));
    }
    const page = await source.blocks(index, 1);
    const other = asBlock(page.ok ? page.value[0] : undefined);
    if (other !== undefined) this.#takeKnown(other);
    return err("the hub has another chain than the one that was verified here");
  }

  /** A block of an index that the chain has: the same one, or proof of a dishonest hub. */
  #takeKnown(block: Block): void {
    const { genesis, chainId } = this.chain.network;
    if (!isSealedBlock(genesis, chainId, block)) return;
    const twin = this.chain.findTwin(block);
    if (twin !== undefined) this.#alarm(twin, "halts");
  }

  async #takeLinks(value: unknown, source: BlockSource): Promise<boolean> {
    return this.#settle(this.chain.extendByLinks(value), source);
  }

  /** Says false where a block cannot be judged for now. */
  async #takeNext(value: unknown, lowest: readonly unknown[], source: BlockSource): Promise<boolean> {
    if (!this.chain.isCaughtUp) return this.#takeLinks(value, source);
    if (!(await this.chain.seeds.prepare(value, this.chain.columns, source))) return false;
    if (conforms(blockForm, value) && value.proposalCount === lowest.length && lowest.length <= LOWEST_SHOWN) {
      // So few that all of them came with the block. Should they be wrong, the hub is asked for them.
      const added = this.chain.extend(value, { depth: "full", proposals: lowest }, lowest);
      if (added.ok) return this.#settle(added, source);
    }
    return this.#settle(this.chain.extend(value, await this.#gather(value, source), lowest), source);
  }

  async #settle(added: Result<VerifiedBlock, EvidenceInput>, source: BlockSource): Promise<boolean> {
    if (added.ok) this.#listener.block(added.value);
    else if (this.#isMalformed(added.error)) return false;
    else await this.#fail(added.error, source);
    return true;
  }

  /** What is no block at all proves nothing: the connection is dropped. */
  #isMalformed({ finding }: EvidenceInput): boolean {
    if (finding.rule !== "form") return false;
    this.#listener.unusable(MALFORMED);
    return true;
  }

  async #gather(value: unknown, source: BlockSource): Promise<DrawMaterial> {
    if (!conforms(blockForm, value)) return { depth: "replica" };
    const block = value as Block;
    const ownKeys = this.chain.held.proposalsOf(block.round).map(({ proposal }) => proposal.publicKey);
    return gatherDrawMaterial(block, source, ownKeys, this.#runtime.random);
  }

  /** A block on another tip than one's own says that the hub has another block there: then that is what failed. */
  async #fail(failure: EvidenceInput, source: BlockSource): Promise<void> {
    const { index } = this.chain.head.tip;
    if (failure.finding.rule === "prevHash" && index > 0) {
      const page = await source.blocks(index, 1);
      const other = asBlock(page.ok ? page.value[0] : undefined);
      if (other?.index === index) this.#takeKnown(other);
      if (this.#isHalted) return;
    }
    this.#alarm(await withAbsence(failure, source), "halts");
  }

  /** Verifies, from the oldest on, the blocks of which only the links were checked. */
  async #confirmInBackground(source: BlockSource): Promise<void> {
    if (this.#isConfirming) return;
    this.#isConfirming = true;
    try {
      const failure = await confirmAll({
        chain: this.chain,
        source,
        runtime: this.#runtime,
        isWanted: () => !this.chain.isCaughtUp && !this.#isHalted && this.#source === source,
        onProgress: () => this.#tellProgress(this.chain.head.tip.index),
        openCheckers: this.#openCheckers,
      });
      if (failure !== undefined && !this.#isMalformed(failure)) this.#alarm(failure, "halts");
    } finally {
      this.#isConfirming = false;
    }
    // Another connection may have begun meanwhile.
    const next = this.#source;
    if (next !== undefined && next !== source && !this.chain.isCaughtUp) void this.#confirmInBackground(next);
  }

  #tellProgress(total: number): void {
    const { head, verified } = this.chain;
    this.#listener.progress({ linked: head.tip.index, verified: verified.tip.index, total });
  }

  #alarm(input: EvidenceInput, then: "halts" | "goes on"): void {
    if (then === "halts") this.#isHalted = true;
    const { rule, index } = input.finding;
    const about = `${rule} ${index}`;
    if (this.#alarmed.has(about)) return;
    this.#alarmed.add(about);
    const evidence = makeEvidence(input, timestampOf(Math.floor(this.#runtime.nowMs())));
    const { expected, actual } = evidence;
    this.#listener.alarm({
      finding: { rule, index, expected, actual },
      isProven: evidence.proven,
      evidence,
      halts: then === "halts",
    });
  }
}
