import { blockForm } from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { BlockSource } from "./block-source.ts";
import type { ServedBlock } from "./served-block.ts";

const PAGE_BLOCKS = 1_000;

/** Blocks of a source one after the other, both ends included; with their proposals where those are asked for and kept. */
export async function* servedBlocks(
  source: BlockSource,
  from: number,
  to: number,
  withProposals: boolean,
): AsyncGenerator<Result<ServedBlock, string>> {
  for (let next = from; next <= to; ) {
    const page = await source.blocks(next, Math.min(PAGE_BLOCKS, to - next + 1));
    if (!page.ok) {
      yield err(page.error.kind === "lost" ? page.error.reason : sentenceOf(page.error.fault));
      return;
    }
    if (page.value.length === 0) {
      yield err(`the hub does not serve block ${next}, though it says that it has ${to}`);
      return;
    }
    for (const block of page.value) {
      yield ok({ block, proposals: withProposals ? await proposalsOf(source, next, block) : undefined });
      next += 1;
    }
  }
}

/** Undefined where they are no longer kept, which is no failed check, and of what is no block. */
async function proposalsOf(
  source: BlockSource,
  index: number,
  block: unknown,
): Promise<readonly unknown[] | undefined> {
  if (!conforms(blockForm, block)) return undefined;
  const proposals = await source.proposals(index, block.proposalCount);
  return proposals.ok ? proposals.value : undefined;
}
