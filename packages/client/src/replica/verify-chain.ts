/** Verifies a whole chain from genesis on, wherever it comes from: what `pos-client verify` does. */
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { Runtime } from "../runtime.ts";
import type { BlockSource } from "./block-source.ts";
import type { DrawMaterial } from "./draw-material.ts";
import type { EvidenceInput } from "./evidence/make-evidence.ts";
import { TimeSlices } from "./time-slices.ts";
import type { VerifiedChain } from "./verified-chain.ts";

/** A block as it came; its round's proposals where they came too. */
export interface ServedBlock {
  readonly block: unknown;
  readonly proposals: readonly unknown[] | undefined;
}

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

/**
 * @param chain from where on it is verified
 * @param seeds where an older block is had that evidence speaks of
 */
export async function verifyChain(
  chain: VerifiedChain,
  blocks: AsyncIterable<Result<ServedBlock, string>>,
  seeds: BlockSource,
  runtime: Runtime,
  onProgress: (index: number) => void,
): Promise<Result<ChainReport, ChainFailure>> {
  const slices = new TimeSlices(runtime);
  const count = { full: 0, replica: 0 };
  for await (const served of blocks) {
    if (!served.ok) return err({ kind: "unreadable", reason: served.error });
    const { block, proposals } = served.value;
    if (!(await chain.seeds.prepare(block, chain.columns, seeds))) {
      return err({ kind: "unreadable", reason: "an older block that evidence speaks of cannot be had" });
    }
    const material: DrawMaterial = proposals === undefined ? { depth: "replica" } : { depth: "full", proposals };
    const added = chain.extend(block, material, []);
    if (!added.ok) return err({ kind: "broken", evidence: added.error });
    count[material.depth] += 1;
    onProgress(added.value.block.index);
    await slices.pause();
  }
  return ok(count);
}
