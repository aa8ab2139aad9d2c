import type { Network } from "pos-shared/chain/network.ts";
import { computeProposalsRoot } from "pos-shared/chain/verify/proposalsRoot.ts";
import { isSealedBlock } from "pos-shared/evidence/dishonest-hub.ts";
import { type Block, blockForm } from "pos-shared/model/block.ts";
import { hasCanonicalForm } from "pos-shared/model/canonical.ts";
import { conforms } from "pos-shared/model/form.ts";
import { type Proposal, signedProposalForm } from "pos-shared/model/proposal.ts";
import type { RuleName } from "pos-shared/rules/check.ts";

/** Rules whose failure rests on the proposals that were served, which nobody signed as a whole. */
const ON_PROPOSALS: ReadonlySet<RuleName> = new Set(["proposals", "proposalCount", "eligibleStake", "draw"]);

/**
 * Does what the hub signed prove a failed block, or is it a suspicion? Only a sealed block binds the hub, and proposals
 * only where they are those of its root.
 */
export function isProvenByBlock(
  { genesis, chainId }: Network,
  rule: RuleName,
  block: unknown,
  proposals: readonly unknown[] | undefined,
): boolean {
  if (!conforms(blockForm, block) || !hasCanonicalForm(block)) return false;
  const sealed = block as Block;
  if (!isSealedBlock(genesis, chainId, sealed)) return false;
  // The hub sealed it, but could not show what its root stands for.
  if (rule === "proposalsRoot") return false;
  if (!ON_PROPOSALS.has(rule)) return true;
  if (proposals === undefined || !proposals.every((proposal) => conforms(signedProposalForm, proposal))) return false;
  return computeProposalsRoot(proposals as readonly Proposal[]) === sealed.proposalsRoot;
}
