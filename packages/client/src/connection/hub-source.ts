import { conforms } from "pos-shared/model/form.ts";
import { signedProposalForm } from "pos-shared/model/proposal.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { MAX_PAGE_BLOCKS, MAX_PAGE_PROPOSALS } from "pos-shared/protocol/limits.ts";
import type { BlockSource, SourceFailure } from "../replica/block-source.ts";
import type { Runtime } from "../runtime.ts";
import type { HubChannel } from "./hub-channel.ts";

/** A page is to come within about so long; on a slow line fewer blocks are asked for at once. */
const PAGE_TARGET_MS = 1_000;
const FIRST_PAGE_BLOCKS = 128;
/** No network has so many accounts; each proposes once a round. */
const MAX_PROPOSALS = 500_000;

/**
 * The blocks of a hub, over a connection.
 * @param drawTimeoutMs how long a block may wait for the proposals of its round
 */
export function hubSource(channel: HubChannel, runtime: Runtime, drawTimeoutMs: number): BlockSource {
  let pageBlocks = FIRST_PAGE_BLOCKS;
  /** As many as the line can bring in a moment. */
  const fewer = (limit: number): number => Math.min(limit, pageBlocks);
  async function timed<T>(page: Promise<T>): Promise<T> {
    const startedAtMs = runtime.monotonicMs();
    const came = await page;
    const tookMs = runtime.monotonicMs() - startedAtMs;
    if (tookMs < PAGE_TARGET_MS / 2) pageBlocks = Math.min(pageBlocks * 2, MAX_PAGE_BLOCKS);
    else if (tookMs > PAGE_TARGET_MS * 2) pageBlocks = Math.max(Math.floor(pageBlocks / 2), 1);
    return came;
  }
  return {
    blocks: async (from, limit) => {
      const page = await timed(channel.request("blocks", { from, limit: fewer(limit) }));
      return page.ok ? ok(page.value.blocks) : page;
    },
    blockTexts: (from, limit) => {
      const blocks = fewer(limit);
      return { blocks, texts: timed(channel.requestBlockTexts(from, blocks)) };
    },
    proposals: (index, count) => readProposals(channel, index, count, drawTimeoutMs),
    prove: async (index, positions, publicKey) => {
      const proofs = await channel.request("prove", { index, positions, publicKey }, drawTimeoutMs);
      return proofs.ok ? ok(proofs.value.proofs) : proofs;
    },
  };
}

/**
 * Reads no further than it takes to know what is wrong: to the first that has not the form of a signed proposal, for it
 * breaks the rule `proposals` whatever follows; and where there are more than the block says, to a page beyond, for they
 * break the rule `proposalCount`, and so many may still have the sealed root, which proves it.
 */
async function readProposals(
  channel: HubChannel,
  index: number,
  count: number,
  timeoutMs: number,
): Promise<Result<readonly unknown[], SourceFailure>> {
  const most = Math.min(count, MAX_PROPOSALS) + MAX_PAGE_PROPOSALS;
  const proposals: unknown[] = [];
  for (;;) {
    const from = proposals.length;
    const limit = Math.min(MAX_PAGE_PROPOSALS, most - from);
    const page = await channel.request("proposals", { index, from, limit }, timeoutMs);
    if (!page.ok) return page;
    const wrong = page.value.proposals.findIndex((proposal) => !conforms(signedProposalForm, proposal));
    if (wrong !== -1) return ok([...proposals, ...page.value.proposals.slice(0, wrong + 1)]);
    proposals.push(...page.value.proposals);
    if (proposals.length >= Math.min(page.value.total, most)) return ok(proposals);
    if (page.value.proposals.length === 0) return err({ kind: "lost", reason: "the hub does not serve all proposals" });
  }
}
