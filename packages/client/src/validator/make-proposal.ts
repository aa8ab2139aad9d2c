import type { Network } from "pos-shared/chain/network.ts";
import type { SecretKey } from "pos-shared/crypto/keys.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { Tip } from "pos-shared/rules/check.ts";

/** Signs a proposal for a round on a verified tip (SPEC §4). */
export function makeProposal(
  { chainId, rule }: Network,
  key: SecretKey,
  tip: { readonly hash: Hex; readonly seed: Tip["seed"] },
  round: number,
  bpm: number,
): Proposal {
  const claim = rule.makeClaim(chainId, key, round, tip.seed);
  const unsigned = { round, prevHash: tip.hash, bpm, publicKey: key.publicKey, claim };
  return { ...unsigned, signature: sign(key, "proposal", chainId, unsigned) };
}
