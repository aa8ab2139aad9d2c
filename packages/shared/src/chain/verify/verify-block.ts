/**
 * The verifier's order of checks (SPEC §7). Each rule is a file of this folder named as its code; the consensus rule
 * puts its own at three places.
 */
import type { SeedAfter } from "../../evidence/false-claim.ts";
import type { Block } from "../../model/block.ts";
import type { Proposal } from "../../model/proposal.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { CheckFailure, Finding, Held, RuleName } from "../../rules/check.ts";
import { NOTHING_HELD } from "../../rules/check.ts";
import { BlockContext, validHeld } from "../block-context.ts";
import { type ChainState, tipAfter, withKnownSeeds } from "../chain-state.ts";
import type { Network } from "../network.ts";
import { checkBpm } from "./bpm.ts";
import { findFormFinding } from "./form.ts";
import { checkHash } from "./hash.ts";
import { checkHubSignature } from "./hubSignature.ts";
import { checkIndex } from "./index.ts";
import { checkLedgerRoot } from "./ledgerRoot.ts";
import { checkOwnRound, findSuppressedRound } from "./ownRound.ts";
import { checkOwnTransaction, findUnrecordedRound } from "./ownTransaction.ts";
import { checkPrevHash } from "./prevHash.ts";
import { checkWinnerOnTrust, checkWinningProposal } from "./proposal.ts";
import { checkProposalCount } from "./proposalCount.ts";
import { checkProposals } from "./proposals.ts";
import { checkProposalsRoot } from "./proposalsRoot.ts";
import { checkRound } from "./round.ts";
import { checkTimestamp } from "./timestamp.ts";
import { checkTransaction } from "./transaction.ts";
import { checkTransactionCount } from "./transactionCount.ts";
import { checkTransactionsRoot } from "./transactionsRoot.ts";
import { checkValidator } from "./validator.ts";

/**
 * How much is checked (SPEC §7). `links`: form, index, prevHash, hash; amounts are worked out on trust, as far as they can. `replica`: all
 * but the last five rules. `full`: all, which needs the round's proposals. (`spot` is replica and inclusion proofs.)
 */
export type Depth = "links" | "replica" | "full";

interface BlockCheck {
  readonly rule: RuleName;
  readonly find: (context: BlockContext) => Finding | undefined;
}

export interface VerifyBlockInput {
  readonly network: Network;
  /** The chain before the block. */
  readonly state: ChainState;
  /** The block as it came. */
  readonly block: unknown;
  readonly depth: Depth;
  readonly held?: Held;
  /** All proposals of the round as they came, for depth `full`. */
  readonly proposals?: readonly unknown[];
  /** Seeds after earlier blocks, for evidence; the tip's and genesis' are known anyway. */
  readonly seedAfter: SeedAfter;
}

/** The chain with the block applied, or the first rule that the block breaks. */
export function verifyBlock(input: VerifyBlockInput): Result<ChainState, CheckFailure> {
  const { network, state, depth } = input;
  const malformed = findFormFinding(input.block);
  if (malformed !== undefined) return err({ rule: "form", index: state.tip.index + 1, ...malformed });
  const block = input.block as Block;
  const context = new BlockContext({
    network,
    state,
    block,
    held: input.held ?? NOTHING_HELD,
    // Rule `proposals` checks each one's form before anything else looks at them.
    proposals: depth === "full" ? ((input.proposals ?? []) as readonly Proposal[]) : [],
    seedAfter: input.seedAfter,
    trusted: depth === "links",
  });
  for (const check of checksOf(network, depth)) {
    const finding = check.find(context);
    if (finding !== undefined) return err({ rule: check.rule, index: state.tip.index + 1, ...finding });
  }
  return ok({ tip: tipAfter(network, block), ledger: context.ledgerAfter });
}

function checksOf({ rule }: Network, depth: Depth): readonly BlockCheck[] {
  if (depth === "links") {
    return [checkIndex, checkPrevHash, checkHash, checkTransaction, checkWinnerOnTrust, ...rule.checks.links];
  }
  const replica: BlockCheck[] = [
    checkIndex,
    checkPrevHash,
    checkRound,
    checkTimestamp,
    checkHash,
    checkHubSignature,
    ...rule.checks.beforeTransactions,
    checkTransactionCount,
    checkTransactionsRoot,
    checkTransaction,
    checkWinningProposal,
    checkBpm,
    checkValidator,
    ...rule.checks.afterTransactions,
    checkOwnRound,
    checkOwnTransaction,
    checkLedgerRoot,
  ];
  if (depth === "replica") return replica;
  return [...replica, checkProposals, checkProposalCount, checkProposalsRoot, ...rule.checks.full];
}

export interface VerifyHeldInput {
  readonly network: Network;
  readonly state: ChainState;
  readonly held: Held;
  readonly seedAfter: SeedAfter;
}

/** What fails by what the verifier holds alone, before any block follows the tip: a round that was left out (SPEC §7). */
export function verifyHeld({ network, state, held, seedAfter }: VerifyHeldInput): CheckFailure | undefined {
  const valid = validHeld(network, held);
  const index = state.tip.index + 1;
  const suppressed = findSuppressedRound(valid, state.tip, 0);
  if (suppressed !== undefined) return { rule: "ownRound", index, ...suppressed };
  const context = { network, round: 0, seedAfter: withKnownSeeds(network, state.tip, seedAfter) };
  const lost = findUnrecordedRound(valid, state.tip, state.ledger, 0, context);
  return lost === undefined ? undefined : { rule: "ownTransaction", index, ...lost };
}
