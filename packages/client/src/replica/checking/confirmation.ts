/**
 * Verifies blocks of which the links are known to hold, pages at a time, in threads of their own. The verdict is that of
 * one thread: a page counts once all before it do, and one that was not found right is verified again here, block by
 * block, with all that the chain holds, which names the first block that fails and the rule that it breaks.
 */
import type { ChainState } from "pos-shared/chain/chain-state.ts";
import { verifyBlock } from "pos-shared/chain/verify/verify-block.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { ledgerRoot } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { BlockSource } from "../block-source.ts";
import type { EvidenceInput } from "../evidence/make-evidence.ts";
import type { ServedBlock } from "../served-block.ts";
import type { TimeSlices } from "../time-slices.ts";
import type { VerifiedChain } from "../verified-chain.ts";
import { packState } from "./page-check.ts";
import type { PageCheckers } from "./page-checkers.ts";

/** How a confirmation ended before its time. */
export type Interrupted =
  | { readonly kind: "broken"; readonly evidence: EvidenceInput }
  /** An older block that evidence speaks of cannot be had now. */
  | { readonly kind: "seedless" }
  /** Nobody asks any more. */
  | { readonly kind: "unwanted" };

export interface ConfirmationSetup {
  readonly chain: VerifiedChain;
  readonly checkers: PageCheckers;
  /** Where an older block is had that evidence speaks of. */
  readonly seeds: BlockSource;
  readonly slices: TimeSlices;
  /** Told after each page and each block verified here. */
  readonly onProgress: (index: number) => void;
  readonly isWanted: () => boolean;
}

/** Consecutive blocks with valid links, on their way. */
interface Page {
  readonly served: readonly ServedBlock[];
  readonly start: ChainState;
  readonly end: ChainState;
  /** After each block. */
  readonly seeds: readonly Hex[];
  readonly isRight: Promise<boolean>;
}

export class Confirmation {
  readonly #setup: ConfirmationSetup;
  readonly #pages: Page[] = [];
  /** After the last page, its links believed. */
  #end: ChainState;

  constructor(setup: ConfirmationSetup) {
    this.#setup = setup;
    this.#end = setup.chain.verified;
  }

  /** The block that is to come next. */
  get nextIndex(): number {
    return this.#end.tip.index + 1;
  }

  /** Takes the next blocks, and waits where too many are under way. */
  async add(served: readonly ServedBlock[]): Promise<Interrupted | undefined> {
    const { chain, checkers } = this.#setup;
    const start = this.#end;
    const { end, seeds } = walkLinks(chain, start, served);
    const linked = served.slice(0, seeds.length);
    if (linked.length > 0) {
      const isRight = checkers.check({ start: packState(start), blocks: linked });
      this.#pages.push({ served: linked, start, end, seeds, isRight });
      this.#end = end;
    }
    while (this.#pages.length > 2 * checkers.size) {
      const interrupted = await this.#settleFirst();
      if (interrupted !== undefined) return interrupted;
    }
    if (linked.length === served.length) return undefined;
    // What has no links here shows what it is once everything before it is verified.
    const interrupted = (await this.finish()) ?? (await this.#verifyHere(served.slice(linked.length)));
    this.goOn();
    return interrupted;
  }

  /** The chain was verified further by somebody else, after everything that was added here. */
  goOn(): void {
    this.#end = this.#setup.chain.verified;
  }

  /** Waits until all that was added is verified. */
  async finish(): Promise<Interrupted | undefined> {
    while (this.#pages.length > 0) {
      const interrupted = await this.#settleFirst();
      if (interrupted !== undefined) return interrupted;
    }
    return undefined;
  }

  async #settleFirst(): Promise<Interrupted | undefined> {
    const page = this.#pages.shift();
    if (page === undefined) return undefined;
    const { chain, isWanted, onProgress } = this.#setup;
    const isRight = await page.isRight;
    if (!isWanted()) return { kind: "unwanted" };
    if (!isRight || !isOfChain(chain, page) || isSpokenOf(chain, page)) return this.#verifyHere(page.served);
    chain.acceptChecked(page.served, page.end, page.seeds);
    onProgress(chain.verified.tip.index);
    return undefined;
  }

  async #verifyHere(served: readonly ServedBlock[]): Promise<Interrupted | undefined> {
    const { chain, seeds, slices, isWanted, onProgress } = this.#setup;
    for (const { block, proposals } of served) {
      if (!isWanted()) return { kind: "unwanted" };
      if (!(await chain.seeds.prepare(block, chain.columns, seeds))) return { kind: "seedless" };
      const evidence = chain.confirm(block, proposals);
      if (evidence !== undefined) return { kind: "broken", evidence };
      onProgress(chain.verified.tip.index);
      await slices.pause();
    }
    return undefined;
  }
}

/** The state after the blocks whose links hold, as many as there are from the first on, and the seed after each. */
function walkLinks(
  { network }: VerifiedChain,
  start: ChainState,
  served: readonly ServedBlock[],
): { end: ChainState; seeds: Hex[] } {
  let end = start;
  const seeds: Hex[] = [];
  for (const { block } of served) {
    const result = verifyBlock({ network, state: end, block, depth: "links", seedAfter: () => undefined });
    if (!result.ok) break;
    end = result.value;
    seeds.push(end.tip.seed);
  }
  return { end, seeds };
}

/** Are these the blocks whose links the chain knows, and do they leave the accounts that the last one names? */
function isOfChain({ columns }: VerifiedChain, { served, end }: Page): boolean {
  const blocks = served.map(({ block }) => block as Block);
  const isKnown = blocks.every(({ index, hash }) => index <= columns.length && columns.hashAt(index) === hash);
  return isKnown && blocks.at(-1)?.ledgerRoot === ledgerRoot(end.ledger);
}

/** Does anything that this client holds speak of the page, which the threads know nothing of? */
function isSpokenOf({ held }: VerifiedChain, { served, start, end }: Page): boolean {
  const blocks = served.map(({ block }) => block as Block);
  const tips = [start.tip.hash, ...blocks.slice(0, -1).map(({ hash }) => hash)];
  return held.speaksOf(end.tip.round, new Set(blocks.map(({ round }) => round)), new Set(tips));
}
