import { changedAccounts, EMPTY_ACCOUNT_TREE } from "../../ledger/account-tree.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { millisecondsOf } from "../../model/timestamp.ts";
import type { RoundOutcome } from "../../rules/consensus-rule.ts";
import { type ChainState, tipAfter } from "../chain-state.ts";
import { allWaiting, indexWaiting, rebase } from "./batches.ts";
import type { Broadcast, Effect, PersistRecord } from "./effects.ts";
import { openIfActive } from "./open-round.ts";
import { type Aside, andThen, type OpenRound, type RoundParams, type RoundState, type Step } from "./round-state.ts";
import { sealBlock } from "./seal-block.ts";
import { settleRound } from "./settle-round.ts";

/**
 * Enter sealed: the round's closesAt has passed. The draw is held, what was accepted is recorded, and the next round
 * opens, or the network is idle (SPEC §6, DESIGN §7).
 */
export function closeRound(params: RoundParams, state: RoundState, open: OpenRound, nowMs: number): Step {
  const closed = sealOrSkip(params, state, open);
  return andThen(closed, (after) => {
    const opened = openIfActive(params, after, nowMs);
    if (opened.state.open !== undefined) return opened;
    return { state: after, effects: [{ kind: "broadcast", broadcast: { kind: "idle", round: open.opening.round } }] };
  });
}

function sealOrSkip(params: RoundParams, state: RoundState, open: OpenRound): Step {
  const settled = settleRound(params, state, open);
  const { transactions, outcome, dropped } = settled;
  if (outcome.winner === null && transactions.length === 0) {
    const ended: PersistRecord = { kind: "roundEnded", round: open.opening.round };
    return startNext(params, state, state.chain, open, [{ kind: "persist", record: ended }, ...dropNews(dropped)]);
  }
  const ledger = withReward(params, settled.ledger, outcome);
  const block = sealBlock(params, { chain: state.chain, open, outcome, transactions, ledger });
  const chain: ChainState = { tip: tipAfter(params.network, block), ledger };
  const isFirst = block.index === 1;
  const record: PersistRecord = {
    kind: "block",
    block,
    nextSeed: chain.tip.seed,
    // Before block 1 the store has no accounts at all, not even those of genesis.
    accounts: changedAccounts(isFirst ? EMPTY_ACCOUNT_TREE : state.chain.ledger.accounts, ledger.accounts),
    minted: ledger.minted,
    burned: ledger.burned,
  };
  const news: Broadcast[] = [...settled.news, { kind: "block", block, lowest: outcome.lowest }];
  return startNext(params, state, chain, open, [
    { kind: "persist", record },
    ...news.map((broadcast): Effect => ({ kind: "broadcast", broadcast })),
    ...dropNews(dropped),
  ]);
}

/** What did not hold to the end is forgotten with its round, and its author told (SPEC §6). */
function dropNews(dropped: readonly Aside[]): Effect[] {
  return dropped.map(({ waiting: { leaf, transaction }, fault }) => ({
    kind: "broadcast",
    broadcast: { kind: "dropped", leaf, transaction, fault },
  }));
}

function withReward({ network }: RoundParams, ledger: Ledger, { winner }: RoundOutcome): Ledger {
  return winner === null ? ledger : network.rule.payReward(ledger, winner.publicKey, network.genesis.blockReward);
}

/** The state between two rounds: what waits for later ones is laid on the new chain. */
function startNext(
  params: RoundParams,
  state: RoundState,
  chain: ChainState,
  closed: OpenRound,
  effects: readonly Effect[],
): Step {
  const [, ...later] = state.batches;
  const batches = rebase(params, chain, closed.opening.round + 1, allWaiting(later));
  const previousClosesAtMs = millisecondsOf(closed.opening.closesAt);
  return { state: { chain, open: undefined, batches, waiting: indexWaiting(batches), previousClosesAtMs }, effects };
}
