/** What a client has seen and nobody signed, made into evidence that says so (DESIGN §6). */
import { leafHash } from "pos-shared/crypto/merkle.ts";
import { toHex } from "pos-shared/encoding/hex.ts";
import type { SealedHeader } from "pos-shared/model/block.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { earlyCloseFinding, noReceiptFinding } from "./alarm.ts";
import type { EvidenceInput } from "./evidence/make-evidence.ts";
import type { VerifiedChain } from "./verified-chain.ts";

/** By the hub's clock, as `YYYY-MM-DDTHH:MM:SS.sssZ`: when a proposal went out, when its silence was certain. */
export interface SilenceSeen {
  readonly sentAt: string;
  readonly seenAt: string;
}

/** A proposal of an open round that was never answered; undefined where the chain is no longer at hand that it was made on. */
export function silenceEvidence(
  chain: VerifiedChain,
  opening: Opening,
  unanswered: Proposal,
  observed: SilenceSeen,
): EvidenceInput | undefined {
  const base = chain.evidenceBaseOn(opening.prevHash);
  if (base === undefined) return undefined;
  const index = base.before.tip.index + 1;
  return {
    ...base,
    // Whether it would have won, the evidence shows.
    finding: noReceiptFinding(index, opening.round, toHex(leafHash(unanswered)), false),
    block: blockOfRound(chain, index, opening) ?? null,
    held: { proposals: [], transactions: [], openings: [opening] },
    unanswered,
    observed,
  };
}

/**
 * A round that was over before its announced close.
 * @param later an opening of a later round, where the round has no block
 * @param seenAt by the hub's own clock, after the round's end had come
 */
export function earlyCloseEvidence(
  chain: VerifiedChain,
  opening: Opening,
  later: Opening | undefined,
  seenAt: string,
): EvidenceInput | undefined {
  const base = chain.evidenceBaseOn(opening.prevHash);
  if (base === undefined) return undefined;
  const index = base.before.tip.index + 1;
  const block = blockOfRound(chain, index, opening);
  if (block === undefined && later === undefined) return undefined;
  const openings = block === undefined && later !== undefined ? [opening, later] : [opening];
  return {
    ...base,
    finding: earlyCloseFinding(index, opening, seenAt),
    block: block ?? null,
    held: { proposals: [], transactions: [], openings },
    observed: { sentAt: null, seenAt },
  };
}

function blockOfRound({ recent }: VerifiedChain, index: number, { round }: Opening): SealedHeader | undefined {
  const block = recent.get(index)?.block;
  return block?.round === round ? block : undefined;
}
