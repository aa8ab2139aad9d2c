/**
 * What a cheating hub changes in the moment in which it closes a round. Each takes the honest state of the open round
 * and returns the one that is sealed instead, or undefined where this round offers no occasion.
 */
import { holdingOf, rebase } from "pos-shared/chain/round/batches.ts";
import { reopenRound } from "pos-shared/chain/round/open-round.ts";
import type { AcceptedProposal, OpenRound, RoundParams, RoundState } from "pos-shared/chain/round/round-state.ts";
import { digestValues } from "pos-shared/ledger/digest-map.ts";
import { getAccount, type Ledger, updateAccount } from "pos-shared/ledger/ledger.ts";
import { millisecondsOf, timestampOf } from "pos-shared/model/timestamp.ts";
import type { Chance } from "./chance.ts";

export interface Tampered {
  readonly params: RoundParams;
  readonly state: RoundState;
  readonly open: OpenRound;
}

export type Tamper = (params: RoundParams, state: RoundState, open: OpenRound, chance: Chance) => Tampered | undefined;

/** `drop`: a receipted proposal, winning or not, is left out. */
export const dropProposal: Tamper = (params, state, open, chance) => {
  const accepted = digestValues(open.proposals);
  const victim = accepted[chance(accepted.length)];
  if (accepted.length < 2 || victim === undefined) return undefined;
  return withProposals(
    params,
    state,
    open,
    accepted.filter((item) => item !== victim),
  );
};

/** `skip`: the round ends as though nobody had proposed. Where transactions wait it would have to make a block all the same. */
export const skipRound: Tamper = (params, state, open) => {
  if (open.proposals.size === 0 || state.batches[0].waiting.length > 0) return undefined;
  return withProposals(params, state, open, []);
};

/** `second`: the best score is among the proposals, and counted, but does not win. */
export const recordSecondBest: Tamper = (params, state, open) => {
  const honest = open.draw.close();
  const accepted = digestValues(open.proposals);
  if (honest.winner === null || honest.slashes.length > 0 || honest.lowest.length < 2) return undefined;
  const others = accepted.filter(({ proposal }) => proposal !== honest.winner);
  const withoutBest = reopenRound(params, state, open.opening, others).draw;
  const draw: OpenRound["draw"] = {
    ...withoutBest,
    close: () => {
      const outcome = withoutBest.close();
      return { ...outcome, draw: { ...outcome.draw, eligibleStake: honest.draw.eligibleStake } };
    },
  };
  return { params, state, open: { ...open, draw } };
};

/** `ledger`: the reward goes to another account than the winner's, which never got anything it did not earn. */
export const payAnother: Tamper = (params, state, open, chance) => {
  const { winner } = open.draw.close();
  const others = digestValues(open.proposals).filter(({ proposal }) => proposal.publicKey !== winner?.publicKey);
  const friend = others[chance(others.length)]?.proposal.publicKey;
  if (winner === null || params.network.genesis.blockReward === 0) return undefined;
  const honestRule = params.network.rule;
  const payReward = (ledger: Ledger, publicKey: string, reward: number): Ledger =>
    friend === undefined ? mint(ledger, publicKey, reward) : honestRule.payReward(ledger, friend, reward);
  const network = { ...params.network, rule: { ...honestRule, payReward } };
  return { params: { ...params, network }, state, open };
};

/** Where nobody else is there to be paid, the winner gets twice as much. */
function mint(ledger: Ledger, publicKey: string, reward: number): Ledger {
  const account = getAccount(ledger, publicKey);
  if (account === undefined) return ledger;
  const paid = updateAccount(ledger, account, { ...account, liquid: account.liquid + 2 * reward });
  return { ...paid, minted: paid.minted + 2 * reward };
}

/** `lose`: a receipted transaction is never recorded. The last of its author's, so that nothing else hangs on it. */
export const loseTransaction: Tamper = (params, state, open, chance) => {
  const [batch, ...later] = state.batches;
  const holding = holdingOf(batch);
  const candidates = holding.filter(({ transaction }) => transaction.type !== "join");
  const victim = candidates[chance(candidates.length)];
  if (victim === undefined) return undefined;
  const author = victim.transaction.type === "slash" ? undefined : victim.transaction.publicKey;
  const last = holding.findLast(({ transaction }) => transaction.type !== "slash" && transaction.publicKey === author);
  const lost = author === undefined ? victim : (last ?? victim);
  const kept = batch.waiting.filter((item) => item !== lost);
  const batches = rebase(params, state.chain, batch.round, [...kept, ...later.flatMap(({ waiting }) => waiting)]);
  const tampered = { ...state, batches };
  return withProposals(params, tampered, open, digestValues(open.proposals));
};

/** `early`: the block bears another time than the announced close. */
export const sealWithOtherTime: Tamper = (params, state, open, chance) => {
  const shiftMs = 1 + chance(Math.floor(params.roundMs / 2));
  const earliest = millisecondsOf(state.chain.tip.timestamp);
  const closesAt = timestampOf(Math.max(millisecondsOf(open.opening.closesAt) - shiftMs, earliest));
  return { params, state, open: { ...open, opening: { ...open.opening, closesAt } } };
};

function withProposals(
  params: RoundParams,
  state: RoundState,
  open: OpenRound,
  accepted: readonly AcceptedProposal[],
): Tampered {
  return { params, state, open: reopenRound(params, state, open.opening, accepted) };
}
