/** Checks an evidence file offline, trusting neither side: what the hub signed must prove just what the file says. */
import { type ChainState, genesisState, tipAfter } from "pos-shared/chain/chain-state.ts";
import { type Network, openNetwork } from "pos-shared/chain/network.ts";
import { verifyBlock, verifyHeld } from "pos-shared/chain/verify/verify-block.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { isSealedBlock, provesTwoBlocks, provesTwoOpenings } from "pos-shared/evidence/dishonest-hub.ts";
import { ledgerRoot, restoreLedger } from "pos-shared/ledger/ledger.ts";
import { nextSeed } from "pos-shared/lottery/seed.ts";
import { type Block, blockForm } from "pos-shared/model/block.ts";
import { hasCanonicalForm } from "pos-shared/model/canonical.ts";
import { conforms, findFault } from "pos-shared/model/form.ts";
import { proposalForm } from "pos-shared/model/proposal.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { transactionForm } from "pos-shared/model/transaction.ts";
import { type Held, RULE_NAMES } from "pos-shared/rules/check.ts";
import { type AlarmFinding, asFinding } from "./alarm.ts";
import { type EvidenceFile, evidenceFileForm } from "./evidence-file.ts";
import { isProvenByBlock } from "./is-proven.ts";
import { checkPlaces } from "./spot-check.ts";

export interface EvidenceVerdict {
  readonly finding: AlarmFinding;
  /** By what the hub signed; else it stays a suspicion. */
  readonly isProven: boolean;
  readonly chainId: Hex;
}

/** What a file of evidence shows when it is checked anew; an error, in words, where that is not what it says. */
export function checkEvidence(value: unknown): Result<EvidenceVerdict, string> {
  if (!hasCanonicalForm(value) || !conforms(evidenceFileForm, value)) {
    const fault = findFault(evidenceFileForm, value);
    return err(
      fault === undefined
        ? "it is nested too deep"
        : `${fault.path || "it"} should be ${fault.expected}, but is ${fault.actual}`,
    );
  }
  const opened = openNetwork(value.genesis);
  if (!opened.ok) return err(`its genesis is wrong: ${opened.error.path} should be ${opened.error.expected}`);
  const network = opened.value;
  if (network.chainId !== value.chainId) return err("its genesis is not that of its chain id");
  const found = recheck(value, network);
  if (!found.ok) return found;
  const { finding, isProven } = found.value;
  const saidAs = `${value.code} at block ${value.index}`;
  if (finding.rule !== value.code || finding.index !== value.index) {
    return err(`it says ${saidAs}, but what it holds shows ${finding.rule} at block ${finding.index}`);
  }
  if (finding.expected !== value.expected || finding.actual !== value.actual) {
    return err(
      `it says ${saidAs}: expected ${value.expected}, got ${value.actual}; but what it holds shows expected ${finding.expected}, got ${finding.actual}`,
    );
  }
  if (value.proven && !isProven)
    return err(`it says that ${saidAs} is proven, but nothing that the hub signed proves it`);
  return ok({ finding, isProven, chainId: network.chainId });
}

type Found = Result<{ readonly finding: AlarmFinding; readonly isProven: boolean }, string>;

function recheck(file: EvidenceFile, network: Network): Found {
  if (file.code === "openings") return recheckOpenings(file, network);
  if (file.code === "blocks") return recheckBlocks(file, network);
  const before = restoreBefore(file, network);
  if (!before.ok) return before;
  if (file.code === "inclusion" || file.proofs.length > 0) return recheckPlace(file, network, before.value);
  if (!RULE_NAMES.some((rule) => rule === file.code)) return err(`there is no rule ${file.code}`);
  return file.block === null ? recheckHeld(file, network, before.value) : recheckBlock(file, network, before.value);
}

function recheckOpenings({ held, index, expected, actual }: EvidenceFile, network: Network): Found {
  const [first, second] = held.openings;
  const { genesis, chainId } = network;
  if (first === undefined || second === undefined || !provesTwoOpenings(genesis, chainId, first, second)) {
    return err("it does not hold two different openings of one round that the hub signed");
  }
  return ok({ finding: { rule: "openings", index, expected, actual }, isProven: true });
}

function recheckBlocks({ block, otherBlock, expected }: EvidenceFile, { genesis, chainId }: Network): Found {
  if (!conforms(blockForm, block)) return err("its block has not the form of one");
  const second = block as Block;
  const finding: AlarmFinding = { rule: "blocks", index: second.index, expected, actual: second.hash };
  if (otherBlock === null) return ok({ finding, isProven: false });
  if (!conforms(blockForm, otherBlock)) return err("its other block has not the form of one");
  const first = otherBlock as Block;
  if (!provesTwoBlocks(genesis, chainId, first, second)) {
    return err("it does not hold two different blocks of one index that the hub sealed");
  }
  return ok({ finding: { ...finding, expected: first.hash }, isProven: true });
}

/** The chain before the failed block, pinned by the sealed block before it: its ledger root, hash, and seed. */
function restoreBefore({ before }: EvidenceFile, network: Network): Result<ChainState, string> {
  if (before.block === null) return ok(genesisState(network));
  const block = before.block as Block;
  if (!isSealedBlock(network.genesis, network.chainId, block)) return err("the hub did not seal the block before");
  const ledger = restoreLedger(before.accounts, before.minted, before.burned);
  if (ledgerRoot(ledger) !== block.ledgerRoot) return err("its accounts are not those after the block before");
  const { liquid, bonded, activating, unbonding } = ledger.totals;
  if (liquid + bonded + activating + unbonding + ledger.burned !== ledger.minted)
    return err("its tokens do not add up");
  return ok({ tip: tipAfter(network, block), ledger });
}

/** What was held, as far as it has its form. What the hub did not sign says nothing in the checks. */
function heldOf({ held }: EvidenceFile): Held {
  return {
    proposals: held.proposals.flatMap(({ proposal, receipt }) =>
      conforms(proposalForm, proposal) ? [{ proposal, receipt }] : [],
    ),
    transactions: held.transactions.flatMap(({ transaction, receipt }) =>
      conforms(transactionForm, transaction) ? [{ transaction, receipt }] : [],
    ),
    openings: held.openings,
  };
}

function seedsOf({ seedBlocks }: EvidenceFile, { genesis, chainId }: Network): (hash: Hex) => Hex | undefined {
  const sealed = seedBlocks.map((block) => block as Block).filter((block) => isSealedBlock(genesis, chainId, block));
  const seeds = new Map(sealed.map((block) => [block.hash, nextSeed(chainId, block)]));
  return (hash) => seeds.get(hash);
}

function recheckHeld(file: EvidenceFile, network: Network, state: ChainState): Found {
  const failure = verifyHeld({ network, state, held: heldOf(file), seedAfter: seedsOf(file, network) });
  if (failure === undefined) return err("what it holds breaks no rule");
  return ok({ finding: asFinding(failure), isProven: true });
}

function recheckBlock(file: EvidenceFile, network: Network, state: ChainState): Found {
  const { block, proposals } = file;
  const depth = proposals === null ? "replica" : "full";
  const input = { network, state, block, depth, held: heldOf(file), seedAfter: seedsOf(file, network) } as const;
  const result = verifyBlock(proposals === null ? input : { ...input, proposals });
  if (result.ok) return err("its block breaks no rule");
  const finding = asFinding(result.error);
  return ok({ finding, isProven: isProvenByBlock(network, result.error.rule, block, proposals ?? undefined) });
}

function recheckPlace(file: EvidenceFile, network: Network, state: ChainState): Found {
  const { block } = file;
  const result = verifyBlock({
    network,
    state,
    block,
    depth: "replica",
    held: heldOf(file),
    seedAfter: seedsOf(file, network),
  });
  if (!result.ok) return err(`its block breaks another rule, ${result.error.rule}`);
  const [proof] = file.proofs;
  const { index, expected, actual } = file;
  // That the hub showed no proof cannot be shown.
  if (proof === undefined) return ok({ finding: { rule: "inclusion", index, expected, actual }, isProven: false });
  const places = [{ asked: { position: proof.position }, proof }];
  const own = heldOf(file).proposals;
  const found = checkPlaces({ network, block: block as Block, ledger: result.value.ledger, places, own });
  if (found === undefined) return err("its proof is right, and the proposal ranks after the winner's");
  return ok({ finding: found.finding, isProven: found.finding.rule === "draw" });
}
