import type { Hex } from "../encoding/hex.ts";
import type { Proposal } from "../model/proposal.ts";
import { scoreOf, weightOf } from "./score.ts";
import { ticketOf } from "./ticket.ts";

/** One proposal's part in a draw. */
export interface DrawEntry {
  readonly proposal: Proposal;
  /** The author's bonded tokens after the block's transactions, at least 1. */
  readonly stake: number;
  readonly ticket: Hex;
  readonly score: bigint;
}

/** A proposal's entry in the draw with this beacon. `stake` is at least 1 token. */
export function drawEntry(chainId: Hex, beaconOutput: Hex, proposal: Proposal, stake: number): DrawEntry {
  const ticket = ticketOf(chainId, beaconOutput, proposal.claim.output);
  return { proposal, stake, ticket, score: scoreOf(weightOf(ticket), stake) };
}

/** Order of a draw: the lower score, then the lower ticket, then the lower public key (SPEC §5). Negative: a ranks before b. */
export function compareEntries(a: DrawEntry, b: DrawEntry): number {
  if (a.score !== b.score) return a.score < b.score ? -1 : 1;
  if (a.ticket !== b.ticket) return a.ticket < b.ticket ? -1 : 1;
  if (a.proposal.publicKey === b.proposal.publicKey) return 0;
  return a.proposal.publicKey < b.proposal.publicKey ? -1 : 1;
}
