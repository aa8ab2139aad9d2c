/** Checks an evidence file offline, trusting neither side: what is in it must show just what it says. */
import { type Network, openNetwork } from "pos-shared/chain/network.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { hasCanonicalForm } from "pos-shared/model/canonical.ts";
import { conforms, findFault } from "pos-shared/model/form.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { AlarmFinding } from "../alarm.ts";
import type { KnownChain } from "./chain-before.ts";
import { EVIDENCE_CODES, isEvidenceCode, type Part } from "./evidence-codes.ts";
import { digestOf, type EvidenceFile, evidenceFileForm } from "./evidence-file.ts";
import { examineInclusion } from "./examine-absence.ts";
import { examineRule } from "./examine-block.ts";
import { examineBlocks, examineOpenings } from "./examine-pair.ts";
import { examineEarlyClose, examineNoReceipt } from "./examine-suspicion.ts";
import type { Examined } from "./found.ts";

/** How deep a part lies in a file, at most, whose own nesting is counted from itself on (SPEC §1). */
const PART_DEPTH = 4;

export interface EvidenceVerdict {
  readonly finding: AlarmFinding;
  /** By what the hub signed; else it stays a suspicion. */
  readonly isProven: boolean;
  /** It cannot be judged without the chain up to this block, which was not given; null where it was judged. */
  readonly needsChain: number | null;
  readonly chainId: Hex;
}

/**
 * What a file of evidence shows when it is checked anew; an error, in words, where that is not what it says.
 * @param chainUpTo the chain up to a block, where the file cannot be judged without
 */
export function checkEvidence(value: unknown, chain?: KnownChain): Result<EvidenceVerdict, string> {
  if (!hasCanonicalForm(value, 1 - PART_DEPTH) || !conforms(evidenceFileForm, value)) {
    const fault = findFault(evidenceFileForm, value);
    return err(
      fault === undefined
        ? "it is nested too deep, or holds half a character"
        : `${fault.path || "it"} should be ${fault.expected}, but is ${fault.actual}`,
    );
  }
  const opened = openNetwork(value.genesis);
  if (!opened.ok) return err(`its genesis is wrong: ${opened.error.path} should be ${opened.error.expected}`);
  const network = opened.value;
  if (network.chainId !== value.chainId) return err("its genesis is not that of its chain id");
  const found = examine(value, network);
  if (!found.ok) return found;
  const needed = found.value.kind === "needsChain" ? found.value.index : null;
  if (needed !== value.needsChain) {
    return err(
      needed === null
        ? "it says that it needs the chain, but stands alone"
        : `it needs the chain up to block ${needed}, and does not say so`,
    );
  }
  const verdict = judge(value, network, found, chain);
  if (!verdict.ok) return verdict;
  const { digest, ...content } = value;
  return digest === digestOf(content)
    ? verdict
    : err("its digest is not that of its content: something in it was changed");
}

/** Looks at the content of a file, whatever the file says of itself. */
export function examine(file: EvidenceFile, network: Network, chain?: KnownChain): Examined {
  const { code } = file;
  if (!isEvidenceCode(code)) return err(`there is no evidence of the code ${code.slice(0, 40)}`);
  const surplus = partsOf(file).find((part) => !EVIDENCE_CODES[code].parts.has(part));
  if (surplus !== undefined) return err(`it holds ${surplus}, which says nothing about ${code}`);
  switch (code) {
    case "openings":
      return examineOpenings(file, network);
    case "blocks":
      return examineBlocks(file, network);
    case "inclusion":
      return examineInclusion(file, network);
    case "noReceipt":
      return examineNoReceipt(file, network, chain);
    case "earlyClose":
      return examineEarlyClose(file, network);
    default:
      return examineRule(file, code, network, chain);
  }
}

function judge(
  file: EvidenceFile,
  network: Network,
  alone: Extract<Examined, { ok: true }>,
  chain: KnownChain | undefined,
): Result<EvidenceVerdict, string> {
  const found = alone.value.kind === "needsChain" && chain !== undefined ? examine(file, network, chain) : alone;
  if (!found.ok) return found;
  const { chainId } = network;
  if (found.value.kind === "needsChain") {
    const { code, index, expected, actual } = file;
    if (!isEvidenceCode(code)) return err(`there is no evidence of the code ${code}`);
    return ok({
      finding: { rule: code, index, expected, actual },
      isProven: false,
      needsChain: found.value.index,
      chainId,
    });
  }
  const { finding, isProven } = found.value;
  const saidAs = `${file.code} at block ${file.index}`;
  if (finding.rule !== file.code || finding.index !== file.index) {
    return err(`it says ${saidAs}, but what it holds shows ${finding.rule} at block ${finding.index}`);
  }
  if (finding.expected !== file.expected || finding.actual !== file.actual) {
    return err(
      `it says ${saidAs}: expected ${file.expected}, got ${file.actual}; but what it holds shows expected ${finding.expected}, got ${finding.actual}`,
    );
  }
  if (file.proven !== isProven) {
    return err(
      isProven
        ? `it says that ${saidAs} is a suspicion, but what it holds proves it`
        : `it says that ${saidAs} is proven, but nothing that the hub signed proves it`,
    );
  }
  return ok({ finding, isProven, needsChain: null, chainId });
}

function partsOf(file: EvidenceFile): Part[] {
  const { block, held } = file;
  const hasTransactions = typeof block === "object" && block !== null && "transactions" in block;
  const there: Readonly<Record<Part, boolean>> = {
    before: file.before !== null,
    accounts: file.accounts !== null,
    block: block !== null,
    transactions: hasTransactions,
    otherBlock: file.otherBlock !== null,
    proposals: file.proposals !== null,
    proofs: file.proofs.length > 0,
    ownProposals: held.proposals.length > 0,
    ownTransactions: held.transactions.length > 0,
    openings: held.openings.length > 0,
    seedBlocks: file.seedBlocks.length > 0,
    unanswered: file.unanswered !== null,
    observed: file.observed !== null,
  };
  return (Object.keys(there) as Part[]).filter((part) => there[part]);
}
