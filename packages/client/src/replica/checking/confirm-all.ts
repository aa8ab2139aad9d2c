import type { Network } from "pos-shared/chain/network.ts";
import type { Runtime } from "../../runtime.ts";
import type { BlockSource } from "../block-source.ts";
import type { EvidenceInput } from "../evidence/make-evidence.ts";
import { TimeSlices } from "../time-slices.ts";
import type { VerifiedChain } from "../verified-chain.ts";
import { Confirmation, type Interrupted } from "./confirmation.ts";
import type { PageCheckers } from "./page-checkers.ts";

const PAGE_BLOCKS = 1_000;
/** From so many unverified blocks on, threads are worth their start: those verify half a second long here, without WebAssembly. */
const THREADED_BLOCKS = 100;
const THREAD_PAGE_BLOCKS = 128;

export type OpenCheckers = (network: Network) => PageCheckers;

export interface ConfirmAllInput {
  readonly chain: VerifiedChain;
  readonly source: BlockSource;
  readonly runtime: Runtime;
  /** Is anything left to verify, and does anybody still want it? */
  readonly isWanted: () => boolean;
  readonly onProgress: () => void;
  /** Threads for long chains; without them everything is verified here. */
  readonly openCheckers: OpenCheckers | undefined;
}

/**
 * Verifies, from the oldest on, the blocks of which only the links were checked, as far as the source serves them.
 * @returns what failed
 */
export async function confirmAll(input: ConfirmAllInput): Promise<EvidenceInput | undefined> {
  const { chain, openCheckers } = input;
  if (openCheckers === undefined || chain.head.tip.index - chain.verified.tip.index < THREADED_BLOCKS) {
    return confirmHere(input);
  }
  const checkers = openCheckers(chain.network);
  try {
    return (await confirmInThreads(input, checkers)) ?? (await confirmHere(input));
  } finally {
    checkers.close();
  }
}

async function confirmInThreads(
  { chain, source, runtime, isWanted, onProgress }: ConfirmAllInput,
  checkers: PageCheckers,
): Promise<EvidenceInput | undefined> {
  const slices = new TimeSlices(runtime);
  const confirmation = new Confirmation({ chain, checkers, seeds: source, slices, onProgress, isWanted });
  let interrupted: Interrupted | undefined;
  while (interrupted === undefined && isWanted() && confirmation.nextIndex <= chain.head.tip.index) {
    const page = await source.blocks(confirmation.nextIndex, THREAD_PAGE_BLOCKS);
    if (!page.ok || page.value.length === 0) break;
    interrupted = await confirmation.add(page.value.map((block) => ({ block, proposals: undefined })));
  }
  interrupted ??= await confirmation.finish();
  return interrupted?.kind === "broken" ? interrupted.evidence : undefined;
}

async function confirmHere({
  chain,
  source,
  runtime,
  isWanted,
  onProgress,
}: ConfirmAllInput): Promise<EvidenceInput | undefined> {
  const slices = new TimeSlices(runtime);
  while (isWanted()) {
    const page = await source.blocks(chain.verified.tip.index + 1, PAGE_BLOCKS);
    if (!page.ok || page.value.length === 0) return undefined;
    for (const value of page.value) {
      if (!isWanted()) break;
      if (!(await chain.seeds.prepare(value, chain.columns, source))) return undefined;
      const failure = chain.confirm(value);
      if (failure !== undefined) return failure;
      onProgress();
      await slices.pause();
    }
  }
  return undefined;
}
