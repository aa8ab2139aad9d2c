import type { ChainState } from "pos-shared/chain/chain-state.ts";
import type { Network } from "pos-shared/chain/network.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { SeedAfter } from "pos-shared/evidence/false-claim.ts";
import { accountsOf, ledgerRoot } from "pos-shared/ledger/ledger.ts";
import {
  type Block,
  type SealedHeader,
  sealedHeaderForm,
  sealedHeaderOf,
  type UncheckedHeader,
} from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { type Held, NOTHING_HELD } from "pos-shared/rules/check.ts";
import type { AlarmFinding } from "../alarm.ts";
import type { ServedProof } from "../block-source.ts";
import { inCanonicalForm } from "../in-canonical-form.ts";
import type { KnownChain } from "./chain-before.ts";
import { examine } from "./check-evidence.ts";
import { EVIDENCE_CODES, isEvidenceCode, type Part } from "./evidence-codes.ts";
import { digestOf, EVIDENCE_VERSION, type EvidenceFile, MAX_TEXT_UNITS } from "./evidence-file.ts";
import { evidenceTips } from "./evidence-tips.ts";

/** All that was at hand when something was found wrong; the file takes what its code needs. */
export interface EvidenceInput {
  readonly finding: AlarmFinding;
  /** The leaf, hex, of the receipt on which the finding rests. */
  readonly about?: Hex | undefined;
  readonly network: Network;
  readonly before: ChainState;
  /** The block that left `before`; null for genesis. */
  readonly beforeBlock: SealedHeader | null;
  readonly seedAfter: SeedAfter;
  /** A sealed block of this chain that is still at hand whole. */
  readonly findSealed: (hash: Hex) => SealedHeader | undefined;
  readonly block?: unknown;
  readonly otherBlock?: UncheckedHeader | null;
  readonly proposals?: readonly unknown[] | undefined;
  readonly proofs?: readonly ServedProof[];
  readonly held?: Held;
  readonly unanswered?: Proposal;
  readonly observed?: { readonly sentAt: string | null; readonly seenAt: string };
}

const EMPTY = { proposals: [], transactions: [], openings: [] };
const NO_PARTS: ReadonlySet<Part> = new Set();

/**
 * The evidence of a finding, whatever it is about: what has no canonical form stands in it as its text. Whether it proves anything is what anybody will find who checks it, so it is checked here.
 * @param createdAt as `YYYY-MM-DDTHH:MM:SS.sssZ`
 */
export function makeEvidence(input: EvidenceInput, createdAt: string): EvidenceFile {
  const { finding, network, before, seedAfter } = input;
  const draft = draftOf(input, createdAt);
  const chain: KnownChain = { state: before, seedAfter };
  const alone = examine(draft, network);
  const isAlone = !alone.ok || alone.value.kind === "shown";
  const found = isAlone ? alone : examine(draft, network, chain);
  const shows = found.ok && found.value.kind === "shown" ? found.value : undefined;
  const isConfirmed = shows?.finding.rule === finding.rule && shows.finding.index === finding.index;
  const { digest: _, ...content } = {
    ...draft,
    // Of a suspicion it may show more than was known, as that the proposal would have won.
    ...(isConfirmed && { expected: shows.finding.expected, actual: shows.finding.actual }),
    proven: isConfirmed && shows.isProven,
    needsChain: alone.ok && alone.value.kind === "needsChain" ? alone.value.index : null,
  };
  return { ...content, digest: digestOf(content) };
}

function draftOf(input: EvidenceInput, createdAt: string): EvidenceFile {
  const { finding, network, before, beforeBlock, held = NOTHING_HELD, about } = input;
  const { rule: code, index, expected, actual } = finding;
  const parts = isEvidenceCode(code) ? EVIDENCE_CODES[code].parts : NO_PARTS;
  const take = <T>(part: Part, value: T): T | null => (parts.has(part) ? value : null);
  const block = take("block", blockPart(inCanonicalForm(input.block ?? null), parts));
  const own = held.transactions.filter(({ receipt }) => parts.has("ownTransactions") && receipt.tx === about);
  return {
    kind: "pos-evidence",
    version: EVIDENCE_VERSION,
    createdAt,
    code,
    index,
    expected: clip(expected),
    actual: clip(actual),
    proven: false,
    needsChain: null,
    chainId: network.chainId,
    genesis: network.genesis,
    before: take("before", beforeBlock === null || !isOn(input) ? null : sealedHeaderOf(beforeBlock)),
    accounts: needsAccounts(input) ? take("accounts", accountsOf(before.ledger)) : null,
    block,
    otherBlock: take("otherBlock", input.otherBlock ? sealedHeaderOf(input.otherBlock) : null),
    proposals: take("proposals", input.proposals?.map(inCanonicalForm) ?? null),
    proofs: parts.has("proofs") ? (input.proofs ?? []).map(proofPart) : [],
    held: {
      ...EMPTY,
      proposals: parts.has("ownProposals") ? held.proposals.filter(({ receipt }) => receipt.leaf === about) : [],
      transactions: own,
      openings: parts.has("openings") ? openingsFor(input, held) : [],
    },
    seedBlocks: parts.has("seedBlocks") ? seedBlocksFor(input, block, own) : [],
    unanswered: take("unanswered", input.unanswered ?? null),
    observed: take("observed", input.observed ?? null),
    digest: "",
  };
}

/** Does what is to be judged build on the tip that is at hand? An opening of an older round does not. */
function isOn({ finding, before, held = NOTHING_HELD }: EvidenceInput): boolean {
  return finding.rule !== "openings" || held.openings[0]?.prevHash === before.tip.hash;
}

/**
 * Genesis has its own accounts; without a block they matter to a lost transaction only. Accounts that are not those of
 * the sealed block before are none: amounts were worked out on trust, and the chain has to tell them.
 */
function needsAccounts({ finding, before, beforeBlock, block }: EvidenceInput): boolean {
  if (beforeBlock === null) return false;
  const isNeeded = (block ?? null) !== null || finding.rule === "ownTransaction";
  return isNeeded && ledgerRoot(before.ledger) === beforeBlock.ledgerRoot;
}

function blockPart(block: unknown, parts: ReadonlySet<Part>): unknown {
  if (parts.has("transactions") || typeof block !== "object" || block === null) return block;
  const { transactions: _, ...header } = block as Partial<Block>;
  return conforms(sealedHeaderForm, header) ? header : block;
}

function proofPart(proof: ServedProof): ServedProof {
  return { ...proof, proposal: inCanonicalForm(proof.proposal) };
}

/** The one that says something else than the block, or the latest that shows that a round is over. */
function openingsFor({ finding, before, block }: EvidenceInput, { openings }: Held): readonly Opening[] {
  switch (finding.rule) {
    case "timestamp": {
      const { round, timestamp } = block as Partial<Block>;
      return openings.filter((opening) => opening.round === round && opening.closesAt !== timestamp).slice(0, 1);
    }
    case "ownRound":
    case "ownTransaction": {
      // A block of a later round says it by itself.
      const after = (block as Partial<Block> | null | undefined)?.round ?? 0;
      const onTip = openings.filter(({ prevHash, round }) => prevHash === before.tip.hash && round > after);
      return onTip.sort((a, b) => b.round - a.round).slice(0, 1);
    }
    default:
      return openings;
  }
}

function seedBlocksFor(
  { findSealed }: EvidenceInput,
  block: unknown,
  own: Held["transactions"],
): readonly SealedHeader[] {
  const tips = [...evidenceTips(block), ...evidenceTips({ transactions: own.map(({ transaction }) => transaction) })];
  return [...new Set(tips)].flatMap((hash) => {
    const sealed = findSealed(hash);
    return sealed === undefined ? [] : [sealedHeaderOf(sealed)];
  });
}

function clip(shown: string | number): string | number {
  return typeof shown === "string" ? shown.slice(0, MAX_TEXT_UNITS).toWellFormed() : shown;
}
