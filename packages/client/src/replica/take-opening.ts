import type { Network } from "pos-shared/chain/network.ts";
import { isSignedOpening, provesTwoOpenings } from "pos-shared/evidence/dishonest-hub.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { Tip } from "pos-shared/rules/check.ts";
import { openingsFinding } from "./alarm.ts";
import type { EvidenceInput } from "./evidence/make-evidence.ts";
import type { HeldStore } from "./held-store.ts";

/**
 * Keeps an announcement of the hub's. `news` unless it is known; a finding, with both, where it contradicts another one.
 * @param tip of the verified chain
 */
export function takeOpening(
  { genesis, chainId }: Network,
  store: HeldStore,
  tip: Tip,
  opening: Opening,
): Result<"news" | "known" | "unsigned", Pick<EvidenceInput, "finding" | "held">> {
  if (!isSignedOpening(genesis, chainId, opening)) return ok("unsigned");
  const isKnown = store.openingOf(opening.round) !== undefined;
  const other = store.addOpening(opening);
  // One that is not signed came from a file of this machine and says nothing.
  if (other === undefined || !provesTwoOpenings(genesis, chainId, other, opening))
    return ok(isKnown ? "known" : "news");
  return err({
    finding: openingsFinding(other, opening, nextIndexOn(other.prevHash)),
    held: { proposals: [], transactions: [], openings: [other, opening] },
  });

  /** The index of the block that would follow a tip: this chain's, or genesis; 0 where that is not known. */
  function nextIndexOn(hash: string): number {
    if (hash === tip.hash) return tip.index + 1;
    return hash === chainId ? 1 : 0;
  }
}
