/**
 * All proposals of a round, signed, without rolling a VRF for each: that takes 6 ms. A hub verifies the claims of new
 * lowest scores only, about ln n a round, so those are true and the others made up so that they never are the lowest.
 * What the hub does is the same as for a field of true claims.
 */
import { createHash } from "node:crypto";
import type { SecretKey } from "pos-shared/crypto/keys.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import { vrfProve } from "pos-shared/crypto/vrf.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { alphaOf } from "pos-shared/lottery/alpha.ts";
import { scoreOf, weightOf } from "pos-shared/lottery/score.ts";
import { ticketOf } from "pos-shared/lottery/ticket.ts";
import type { Claim, Proposal } from "pos-shared/model/proposal.ts";
import { HUB_KEY, STAKE } from "./bench-network.ts";

export interface Slot {
  readonly round: number;
  /** Hash of the tip. */
  readonly prevHash: Hex;
  /** In force after the tip. */
  readonly seed: Hex;
}

/** Proposals of all these keys, each with the usual stake, in the order in which they are to arrive. */
export function makeField(chainId: Hex, slot: Slot, keys: readonly SecretKey[]): Proposal[] {
  const alpha = alphaOf(chainId, slot.round, slot.seed);
  const beacon = vrfProve(HUB_KEY, alpha).output;
  const scoreOfClaim = ({ output }: Claim): bigint => scoreOf(weightOf(ticketOf(chainId, beacon, output)), STAKE);
  const [places, count] = [recordPlaces(keys.length), keys.length];
  const records = keys
    .slice(0, places.length)
    .map((key) => ({ key, claim: vrfProve(key, alpha) }))
    .map(({ key, claim }) => ({ key, claim, score: scoreOfClaim(claim) }))
    .sort((a, b) => (a.score < b.score ? 1 : -1));
  const others = keys.slice(places.length);
  const proposals: Proposal[] = [];
  let lowest: bigint | undefined;
  let madeUp = 0;
  for (let position = 0; position < count; position++) {
    const record = places.includes(position) ? records.shift() : undefined;
    if (record !== undefined) {
      lowest = record.score;
      proposals.push(signed(chainId, slot, record.key, record.claim));
      continue;
    }
    const key = others.pop();
    if (key === undefined || lowest === undefined) throw new Error("fewer keys than places");
    let claim = madeUpClaim(slot, madeUp++);
    while (scoreOfClaim(claim) <= lowest) claim = madeUpClaim(slot, madeUp++);
    proposals.push(signed(chainId, slot, key, claim));
  }
  return proposals;
}

/** Where new lowest scores come in a field of n: at 1, e, e², … as often as they do on average. */
export function recordPlaces(count: number): number[] {
  const places = new Set<number>();
  for (let at = 1; at <= count; at *= Math.E) places.add(Math.round(at) - 1);
  return [...places].filter((place) => place < count);
}

function madeUpClaim({ seed }: Slot, number: number): Claim {
  const output = createHash("sha512").update(`${seed} ${number}`).digest("hex");
  return { output, proof: (output + output).slice(0, 160) };
}

function signed(chainId: Hex, { round, prevHash }: Slot, key: SecretKey, claim: Claim): Proposal {
  const unsigned = { round, prevHash, bpm: 72, publicKey: key.publicKey, claim };
  return { ...unsigned, signature: sign(key, "proposal", chainId, unsigned) };
}
