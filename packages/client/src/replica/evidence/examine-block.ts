/** A failed block: the rules of SPEC §7 are run on it once more, with what the file holds. */
import { validHeld } from "pos-shared/chain/block-context.ts";
import type { Network } from "pos-shared/chain/network.ts";
import { computeProposalsRoot } from "pos-shared/chain/verify/proposalsRoot.ts";
import { verifyBlock, verifyHeld } from "pos-shared/chain/verify/verify-block.ts";
import { leafHash, merkleRoot } from "pos-shared/crypto/merkle.ts";
import { isSealedBlock } from "pos-shared/evidence/dishonest-hub.ts";
import { type Block, blockForm, sealedHeaderForm } from "pos-shared/model/block.ts";
import { conforms, list } from "pos-shared/model/form.ts";
import { proposalForm, signedProposalForm } from "pos-shared/model/proposal.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { transactionForm } from "pos-shared/model/transaction.ts";
import { type Held, RULE_NAMES, type RuleName, type Tip } from "pos-shared/rules/check.ts";
import { asFinding } from "../alarm.ts";
import { checkPlaces } from "../spot-check.ts";
import { groundOf, type KnownChain } from "./chain-before.ts";
import { isOnHeaders, isOnProposals } from "./evidence-codes.ts";
import type { EvidenceFile } from "./evidence-file.ts";
import { evidenceTips } from "./evidence-tips.ts";
import type { Examined } from "./found.ts";

const signedProposalsForm = list(signedProposalForm);

/** A rule that a block broke, or that a round without one broke. */
export function examineRule(
  file: EvidenceFile,
  rule: RuleName,
  network: Network,
  chain: KnownChain | undefined,
): Examined {
  const held = heldOf(file, network);
  if (!held.ok) return held;
  if (file.block === null) return examineRound(file, rule, network, held.value, chain);
  const block = blockOf(file, rule);
  if (block === undefined) return err("its block has not the form of one");
  const ground = groundOf(file, network, needsLedger(rule), chain);
  if (!ground.ok) return ground;
  if (ground.value.kind === "needsChain") return ok(ground.value);
  const { state, seedAfter } = ground.value;
  const { proposals, proofs } = file;
  if (proofs.length > 1 || (proofs.length > 0 && proposals !== null)) return err("it holds more proofs than it needs");
  const isFull = isOnProposals(rule) && proofs.length === 0;
  const verified = verifyBlock({
    network,
    state,
    block,
    depth: isFull ? "full" : "replica",
    held: held.value,
    proposals: proposals ?? [],
    seedAfter,
  });
  if (verified.ok) {
    const place = proofs[0];
    if (place === undefined || isFull) return err("its block breaks no rule");
    const places = [{ asked: { position: place.position }, proof: place }];
    const wrong = checkPlaces({ network, block, ledger: verified.value.ledger, places, own: [] });
    if (wrong === undefined) return err("its proof is right, and the proposal ranks after the winner's");
    return ok({ kind: "shown", finding: wrong.finding, isProven: wrong.finding.rule === "draw" });
  }
  const failed = verified.error.rule;
  if (failed === "transaction" && chain === undefined && speaksOfUnknownBlock(block, network, state.tip, seedAfter)) {
    return ok({ kind: "needsChain", index: state.tip.index });
  }
  const isProven = isSealedBlock(network.genesis, network.chainId, block) && binds(failed, block, state.tip, proposals);
  return ok({ kind: "shown", finding: asFinding(verified.error), isProven });
}

/** A round that ended without a block, though the hub had given receipts for it. */
function examineRound(
  file: EvidenceFile,
  rule: RuleName,
  network: Network,
  held: Held,
  chain: KnownChain | undefined,
): Examined {
  const ground = groundOf(file, network, rule === "ownTransaction", chain);
  if (!ground.ok) return ground;
  if (ground.value.kind === "needsChain") return ok(ground.value);
  const { state, seedAfter } = ground.value;
  const failure = verifyHeld({ network, state, held, seedAfter });
  if (failure === undefined) return err("what it holds breaks no rule");
  return ok({ kind: "shown", finding: asFinding(failure), isProven: true });
}

/** What the writer holds: one thing of a kind, and each signed by the hub for just what it stands beside. */
function heldOf({ held }: EvidenceFile, network: Network): Result<Held, string> {
  const { openings } = held;
  const proposals = held.proposals.flatMap(({ proposal, receipt }) =>
    conforms(proposalForm, proposal) ? [{ proposal, receipt }] : [],
  );
  const transactions = held.transactions.flatMap(({ transaction, receipt }) =>
    conforms(transactionForm, transaction) ? [{ transaction, receipt }] : [],
  );
  const valid = validHeld(network, { proposals, transactions, openings });
  if (valid.proposals.length !== held.proposals.length || valid.transactions.length !== held.transactions.length) {
    return err("a receipt in it is not the hub's for what stands beside it");
  }
  if (valid.openings.length !== openings.length) return err("the hub did not sign an opening in it");
  if (Math.max(held.proposals.length, held.transactions.length, openings.length) > 1) {
    return err("it holds more receipts or openings than it needs");
  }
  return ok(valid);
}

/** Where the transactions do not matter the file has none. */
function blockOf({ block }: EvidenceFile, rule: RuleName): Block | undefined {
  if (!isOnHeaders(rule)) return conforms(blockForm, block) ? (block as Block) : undefined;
  return conforms(sealedHeaderForm, block) ? ({ ...block, transactions: [] } as Block) : undefined;
}

function needsLedger(rule: RuleName): boolean {
  return RULE_NAMES.indexOf(rule) >= RULE_NAMES.indexOf("transaction");
}

/** Does what the hub sealed bind it, or could somebody else have put together what fails? */
function binds(rule: RuleName, block: Block, tip: Tip, proposals: readonly unknown[] | null): boolean {
  if (rule === "index") return block.prevHash === tip.hash;
  if (rule === "transactionsRoot" || rule === "proposalsRoot") return false;
  if (rule === "transactionCount") return merkleRoot(block.transactions.map(leafHash)) === block.transactionsRoot;
  if (!isOnProposals(rule)) return true;
  // No signature but that over their root binds the hub to what it serves.
  return conforms(signedProposalsForm, proposals) && rootOf(proposals) === block.proposalsRoot;
}

function rootOf(proposals: readonly unknown[]): string {
  // Whatever they hold, each has the form of one.
  return computeProposalsRoot(proposals as Parameters<typeof computeProposalsRoot>[0]);
}

/** That a block is none of the chain, only the whole chain can show. */
function speaksOfUnknownBlock(
  block: Block,
  { chainId }: Network,
  tip: Tip,
  seedAfter: (hash: string) => string | undefined,
): boolean {
  return evidenceTips(block).some((hash) => hash !== tip.hash && hash !== chainId && seedAfter(hash) === undefined);
}
