/** Two people compare what a hub has shown them: two signed blocks of one index, or two openings of one round, prove it dishonest. */
import { genesisState } from "pos-shared/chain/chain-state.ts";
import type { Network } from "pos-shared/chain/network.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { isSealedBlock, provesTwoOpenings } from "pos-shared/evidence/dishonest-hub.ts";
import { sealedHeaderForm } from "pos-shared/model/block.ts";
import { anything, hex, list, literal, nullable, type Of, record } from "pos-shared/model/form.ts";
import { openingForm } from "pos-shared/model/opening.ts";
import { blocksFinding, openingsFinding } from "./alarm.ts";
import type { EvidenceInput } from "./evidence/make-evidence.ts";

export const knownTipFields = {
  block: sealedHeaderForm,
  /** The opening of the block's round, where it was heard. */
  opening: nullable(openingForm),
};
const knownTipForm = record(knownTipFields);

/** A block that somebody verified. What is in it the hub signed, or it says nothing. */
export type KnownTip = Of<typeof knownTipForm>;

/** The last blocks that somebody verified, for others to compare with. */
export const tipsFileForm = record({
  kind: literal("pos-tips"),
  version: literal(1),
  chainId: hex(32),
  genesis: anything,
  /** Oldest first. */
  tips: list(knownTipForm),
});

/** What was verified here. */
export interface OwnChain {
  readonly network: Network;
  /** Undefined for a block that is not known here. */
  readonly hashAt: (index: number) => Hex | undefined;
  readonly tips: readonly KnownTip[];
}

export interface Comparison {
  /** `unknown`: nobody knows a block that the other one has. */
  readonly result: "same" | "different" | "unknown";
  /** The last block that both know, or the first one found different; null where there is none. */
  readonly index: number | null;
  readonly ownHash: Hex | null;
  readonly otherHash: Hex | null;
  /** Where what differs proves the hub dishonest. */
  readonly evidence: EvidenceInput | undefined;
}

interface Common {
  readonly index: number;
  readonly own: Hex;
  readonly other: KnownTip;
}

/** What the hub did not sign in `others` says nothing and is passed over. */
export function compareTips(own: OwnChain, others: readonly KnownTip[]): Comparison {
  const { network, hashAt } = own;
  const { genesis, chainId } = network;
  const common = others
    .filter(({ block }) => isSealedBlock(genesis, chainId, block))
    .flatMap((other): Common[] => {
      const hash = hashAt(other.block.index);
      return hash === undefined ? [] : [{ index: other.block.index, own: hash, other }];
    })
    .sort((a, b) => a.index - b.index);
  const different = common.filter(({ own: hash, other }) => hash !== other.block.hash);
  const provable = different.find((one) => findOwn(own, one) !== undefined);
  const found = provable ?? different[0];
  if (found !== undefined) return comparison("different", found, blocksEvidence(own, found));
  const openings = openingsEvidence(own, others);
  const last = common.at(-1);
  if (openings !== undefined) return comparison("different", last, openings);
  return comparison(last === undefined ? "unknown" : "same", last, undefined);
}

function comparison(
  result: Comparison["result"],
  found: Common | undefined,
  evidence: EvidenceInput | undefined,
): Comparison {
  const { index = null, own: ownHash = null } = found ?? {};
  return { result, index, ownHash, otherHash: found?.other.block.hash ?? null, evidence };
}

function findOwn({ network, tips }: OwnChain, { own: hash }: Common): KnownTip["block"] | undefined {
  const { genesis, chainId } = network;
  return tips.find(({ block }) => block.hash === hash && isSealedBlock(genesis, chainId, block))?.block;
}

function blocksEvidence(own: OwnChain, found: Common): EvidenceInput | undefined {
  const otherBlock = findOwn(own, found);
  if (otherBlock === undefined) return undefined;
  const finding = blocksFinding(found.index, found.own, found.other.block.hash);
  return { ...baseOf(own.network), finding, block: found.other.block, otherBlock };
}

function openingsEvidence({ network, tips }: OwnChain, others: readonly KnownTip[]): EvidenceInput | undefined {
  const { genesis, chainId } = network;
  for (const { opening: first } of tips) {
    const second = others.find(({ opening }) => opening?.round === first?.round)?.opening ?? null;
    if (first === null || second === null || !provesTwoOpenings(genesis, chainId, first, second)) continue;
    const finding = openingsFinding(first, second, first.prevHash === chainId ? 1 : 0);
    return { ...baseOf(network), finding, held: { proposals: [], transactions: [], openings: [first, second] } };
  }
  return undefined;
}

/** What two of a kind prove, they prove without the chain. */
function baseOf(
  network: Network,
): Pick<EvidenceInput, "network" | "before" | "beforeBlock" | "seedAfter" | "findSealed"> {
  const nothing = (): undefined => undefined;
  return { network, before: genesisState(network), beforeBlock: null, seedAfter: nothing, findSealed: nothing };
}
