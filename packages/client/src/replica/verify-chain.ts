/** Verifies a whole chain from genesis on, wherever it comes from: what `pos-client verify` does. */
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { Runtime } from "../runtime.ts";
import type { BlockSource } from "./block-source.ts";
import { Confirmation, type Interrupted } from "./checking/confirmation.ts";
import type { PageCheckers } from "./checking/page-checkers.ts";
import type { DrawMaterial } from "./draw-material.ts";
import type { EvidenceInput } from "./evidence/make-evidence.ts";
import type { ServedBlock } from "./served-block.ts";
import { TimeSlices } from "./time-slices.ts";
import type { VerifiedChain } from "./verified-chain.ts";

/** A page that goes to a thread as one: so many blocks, or as many as bring so many proposals. */
const PAGE_BLOCKS = 128;
const PAGE_PROPOSALS = 2_000;

/** What was verified: blocks in full, with all their proposals, and blocks without. */
export interface ChainReport {
  readonly full: number;
  readonly replica: number;
}

export type ChainFailure =
  /** A block broke a rule. */
  | { readonly kind: "broken"; readonly evidence: EvidenceInput }
  /** It could not be read to its end; in words. */
  | { readonly kind: "unreadable"; readonly reason: string };

const SEEDLESS: ChainFailure = {
  kind: "unreadable",
  reason: "an older block that evidence speaks of cannot be had",
};

export interface VerifyChainInput {
  /** From where on it is verified. */
  readonly chain: VerifiedChain;
  readonly blocks: AsyncIterable<Result<ServedBlock, string>>;
  /** Where an older block is had that evidence speaks of. */
  readonly seeds: BlockSource;
  readonly runtime: Runtime;
  readonly onProgress: (index: number) => void;
  /** Threads to verify in; without them everything is verified here. The verdict is the same. */
  readonly checkers?: PageCheckers;
  /** So many blocks go to a thread as one. */
  readonly pageBlocks?: number;
}

export async function verifyChain(input: VerifyChainInput): Promise<Result<ChainReport, ChainFailure>> {
  const { blocks, checkers, pageBlocks = PAGE_BLOCKS } = input;
  const count = { full: 0, replica: 0 };
  const slices = new TimeSlices(input.runtime);
  const confirmation = checkers === undefined ? undefined : confirmationOf(input, checkers, slices);
  let page: ServedBlock[] = [];
  let proposals = 0;
  for await (const served of blocks) {
    let failure: ChainFailure | undefined;
    if (!served.ok) {
      failure = (await settle(confirmation, page)) ?? { kind: "unreadable", reason: served.error };
    } else if (confirmation !== undefined && input.chain.extendByLinks(served.value.block).ok) {
      page.push(served.value);
      proposals += served.value.proposals?.length ?? 0;
      if (page.length === pageBlocks || proposals >= PAGE_PROPOSALS) {
        failure = asFailure(await confirmation.add(page));
        [page, proposals] = [[], 0];
      }
    } else {
      failure = (await settle(confirmation, page)) ?? (await extend(input, served.value));
      [page, proposals] = [[], 0];
      confirmation?.goOn();
    }
    if (failure !== undefined) return err(failure);
    if (served.ok) count[served.value.proposals === undefined ? "replica" : "full"] += 1;
    await slices.pause();
  }
  const failure = await settle(confirmation, page);
  return failure === undefined ? ok(count) : err(failure);
}

function confirmationOf(
  { chain, seeds, onProgress }: VerifyChainInput,
  checkers: PageCheckers,
  slices: TimeSlices,
): Confirmation {
  return new Confirmation({ chain, checkers, seeds, slices, onProgress, isWanted: () => true });
}

/** Waits for all that is under way in threads, and for the rest of a page. */
async function settle(
  confirmation: Confirmation | undefined,
  page: readonly ServedBlock[],
): Promise<ChainFailure | undefined> {
  return asFailure((await confirmation?.add(page)) ?? (await confirmation?.finish()));
}

async function extend(
  { chain, seeds, onProgress }: VerifyChainInput,
  { block, proposals }: ServedBlock,
): Promise<ChainFailure | undefined> {
  if (!(await chain.seeds.prepare(block, chain.columns, seeds))) return SEEDLESS;
  const material: DrawMaterial = proposals === undefined ? { depth: "replica" } : { depth: "full", proposals };
  const added = chain.extend(block, material, []);
  if (!added.ok) return { kind: "broken", evidence: added.error };
  onProgress(added.value.block.index);
  return undefined;
}

function asFailure(interrupted: Interrupted | undefined): ChainFailure | undefined {
  if (interrupted === undefined) return undefined;
  return interrupted.kind === "broken" ? interrupted : SEEDLESS;
}
