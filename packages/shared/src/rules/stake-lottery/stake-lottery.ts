/**
 * The first consensus rule: a stake-weighted lottery (SPEC §5). Every staked token is a die that only its owner's key
 * can roll and that anyone can check; the lowest roll of the round records its block.
 */
import { vrfProve } from "../../crypto/vrf.ts";
import type { Hex } from "../../encoding/hex.ts";
import { findEquivocationFault } from "../../evidence/equivocation.ts";
import { findFalseClaimFault, type SeedAfter } from "../../evidence/false-claim.ts";
import { findPollutedBpmFault } from "../../evidence/polluted-bpm.ts";
import { payReward } from "../../ledger/reward.ts";
import { alphaOf } from "../../lottery/alpha.ts";
import { nextSeed } from "../../lottery/seed.ts";
import type { EvidenceOfValidator } from "../../model/evidence.ts";
import type { Fault } from "../../model/fault.ts";
import { findFault, record } from "../../model/form.ts";
import type { ConsensusRule } from "../consensus-rule.ts";
import { checkBeacon } from "./beacon.ts";
import { checkDraw } from "./draw.ts";
import { viewDraw } from "./draw-view.ts";
import { checkEligibleStake } from "./eligibleStake.ts";
import { openLotteryRound } from "./lottery-round.ts";
import { checkOwnScore } from "./ownScore.ts";
import { checkSeed } from "./seed.ts";
import { checkStake, findStakeFinding } from "./stake.ts";
import { checkVrf } from "./vrf.ts";

const paramsForm = record({});

export const stakeLottery: ConsensusRule = {
  name: "stake-lottery",
  findParamsFault: (params) => findFault(paramsForm, params, "params"),
  makeClaim: (chainId, key, round, seed) => vrfProve(key, alphaOf(chainId, round, seed)),
  signingSlot: (round) => `proposal/${round}`,
  openRound: openLotteryRound,
  nextSeed,
  findEvidenceFault,
  payReward,
  fitsOnTrust: (ledger, winner, draw) => findStakeFinding(ledger, winner, draw) === undefined,
  checks: {
    // A winner without a stake has no score.
    links: [checkStake],
    beforeTransactions: [checkSeed, checkBeacon],
    afterTransactions: [checkStake, checkVrf, checkOwnScore],
    full: [checkEligibleStake, checkDraw],
  },
  viewDraw,
};

function findEvidenceFault(chainId: Hex, evidence: EvidenceOfValidator, seedAfter: SeedAfter): Fault | undefined {
  switch (evidence.kind) {
    case "bpm":
      return findPollutedBpmFault(chainId, evidence);
    case "equivocation":
      return findEquivocationFault(chainId, evidence);
    case "vrf":
      return findFalseClaimFault(chainId, evidence, seedAfter);
  }
}
