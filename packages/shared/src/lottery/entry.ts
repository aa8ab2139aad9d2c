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
  // With the same stake a lower ticket has no higher score.
  if (a.stake !== b.stake && a.score !== b.score) return a.score < b.score ? -1 : 1;
  if (a.ticket !== b.ticket) return a.ticket < b.ticket ? -1 : 1;
  if (a.proposal.publicKey === b.proposal.publicKey) return 0;
  return a.proposal.publicKey < b.proposal.publicKey ? -1 : 1;
}

/**
 * Whether a ticket with a stake ranks after an entry for certain, its score not looked at: a higher ticket has no lower
 * weight, and no more stake no lower score. A score costs more than anything else that a draw does with a proposal.
 */
export function surelyRanksAfter({ stake, ticket }: Pick<DrawEntry, "stake" | "ticket">, entry: DrawEntry): boolean {
  return stake <= entry.stake && ticket > entry.ticket;
}

/** The first of a draw: the entry that ranks before all others. Undefined of none. */
export function lowestEntry(
  chainId: Hex,
  beaconOutput: Hex,
  candidates: Iterable<{ readonly proposal: Proposal; readonly stake: number }>,
): DrawEntry | undefined {
  let lowest: DrawEntry | undefined;
  for (const { proposal, stake } of candidates) {
    const ticket = ticketOf(chainId, beaconOutput, proposal.claim.output);
    if (lowest !== undefined && surelyRanksAfter({ stake, ticket }, lowest)) continue;
    const entry: DrawEntry = { proposal, stake, ticket, score: scoreOf(weightOf(ticket), stake) };
    if (lowest === undefined || compareEntries(entry, lowest) < 0) lowest = entry;
  }
  return lowest;
}
