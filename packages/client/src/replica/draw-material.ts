import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Block } from "pos-shared/model/block.ts";
import { FULL_CHECK_PROPOSALS } from "pos-shared/model/limits.ts";
import { MAX_PROOFS } from "pos-shared/protocol/limits.ts";
import type { BlockSource, ServedProof } from "./block-source.ts";

/** Places chosen by chance where a draw is too large to be checked in full, and own keys whose place is asked for. */
const RANDOM_PLACES = 8;
const OWN_PLACES = 4;
/** Who has more keys in a round, as bots have, takes all its proposals instead, up to so many. */
const FULL_FOR_OWN_PROPOSALS = 2_000;

/** What there is to check a draw with (SPEC §7, depths; DESIGN §6). */
export type DrawMaterial =
  | { readonly depth: "full"; readonly proposals: readonly unknown[] }
  | { readonly depth: "spot"; readonly places: readonly Place[] }
  /** The round's proposals are no longer kept, or not to be had now: no failed check. */
  | { readonly depth: "replica" };

/** A place of the round's tree that was asked for, and what came. */
export interface Place {
  /** The position asked for, or the key. */
  readonly asked: { readonly position: number } | { readonly publicKey: Hex };
  /** Undefined where the hub has no such. */
  readonly proof: ServedProof | undefined;
}

/** Fetches what it takes to check the draw of a block. The block's form is right. */
export async function gatherDrawMaterial(
  block: Block,
  source: BlockSource,
  ownKeys: readonly Hex[],
  random: () => number,
): Promise<DrawMaterial> {
  if (block.proposalCount === 0) return { depth: "full", proposals: [] };
  const most = ownKeys.length > OWN_PLACES ? FULL_FOR_OWN_PROPOSALS : FULL_CHECK_PROPOSALS;
  if (block.proposalCount > most) return gatherPlaces(block, source, chooseSome(ownKeys, OWN_PLACES, random), random);
  const proposals = await source.proposals(block.index, block.proposalCount);
  if (proposals.ok) return { depth: "full", proposals: proposals.value };
  return { depth: "replica" };
}

async function gatherPlaces(
  { index, proposalCount }: Block,
  source: BlockSource,
  ownKeys: readonly Hex[],
  random: () => number,
): Promise<DrawMaterial> {
  const positions = choosePositions(proposalCount, random);
  const [first, ...others] = ownKeys.length === 0 ? [null] : ownKeys;
  const places: Place[] = [];
  for (const publicKey of [first ?? null, ...others]) {
    const asked = places.length === 0 ? positions : [];
    const proofs = await source.prove(index, asked, publicKey);
    if (!proofs.ok) {
      // Pruned, or gone: nothing is wrong. That a round has no such places is.
      if (proofs.error.kind === "lost" || proofs.error.fault.code !== "NOT_FOUND") return { depth: "replica" };
      return { depth: "spot", places: [...places, { asked: askedFirst(asked, publicKey), proof: undefined }] };
    }
    for (const position of asked) {
      places.push({ asked: { position }, proof: proofs.value.find((proof) => proof.position === position) });
    }
    if (publicKey !== null) {
      places.push({ asked: { publicKey }, proof: proofs.value.find(({ proposal }) => isBy(proposal, publicKey)) });
    }
  }
  return { depth: "spot", places };
}

function askedFirst([position]: readonly number[], publicKey: Hex | null): Place["asked"] {
  return publicKey === null || position !== undefined ? { position: position ?? 0 } : { publicKey };
}

function choosePositions(count: number, random: () => number): number[] {
  return chooseNumbers(Math.min(RANDOM_PLACES, MAX_PROOFS, count), count, random);
}

function chooseSome<T>(items: readonly T[], most: number, random: () => number): readonly T[] {
  if (items.length <= most) return items;
  return chooseNumbers(most, items.length, random).flatMap((at) => items.slice(at, at + 1));
}

/** So many different whole numbers from 0 to `below` − 1. */
function chooseNumbers(howMany: number, below: number, random: () => number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < howMany) chosen.add(Math.floor(random() * below));
  return [...chosen];
}

function isBy(proposal: unknown, publicKey: Hex): boolean {
  return (
    typeof proposal === "object" && proposal !== null && "publicKey" in proposal && proposal.publicKey === publicKey
  );
}
