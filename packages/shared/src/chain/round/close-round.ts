import { changedAccounts, EMPTY_ACCOUNT_TREE } from "../../ledger/account-tree.ts";
import { slashableOf } from "../../ledger/burn.ts";
import { getAccount, type Ledger } from "../../ledger/ledger.ts";
import { millisecondsOf } from "../../model/timestamp.ts";
import type { Slash } from "../../model/transaction.ts";
import type { RoundOutcome } from "../../rules/consensus-rule.ts";
import { applyTransaction, authorOf } from "../apply-transaction.ts";
import { type ChainState, tipAfter } from "../chain-state.ts";
import { allWaiting, indexWaiting, rebase, transactionContext } from "./batches.ts";
import { dropEffects } from "./dropped.ts";
import type { Effect } from "./effects.ts";
import { openIfActive } from "./open-round.ts";
import { andThen, type OpenRound, type RoundParams, type RoundState, type Step } from "./round-state.ts";
import { sealBlock } from "./seal-block.ts";

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
  const outcome = open.draw.close();
  const [batch, ...later] = state.batches;
  const transactions = [...batch.waiting.map(({ transaction }) => transaction), ...outcome.slashes];
  if (outcome.winner === null && transactions.length === 0) {
    return startNext(params, state, state.chain, open, [
      { kind: "persist", record: { kind: "roundEnded", round: open.opening.round } },
    ]);
  }
  const slashed = applySlashes(params, state, batch.ledger, outcome.slashes);
  const ledger = withReward(params, slashed.ledger, outcome);
  const block = sealBlock(params, { chain: state.chain, open, outcome, transactions, ledger });
  const chain: ChainState = { tip: tipAfter(params.network, block), ledger };
  const isFirst = block.index === 1;
  const record: Effect = {
    kind: "persist",
    record: {
      kind: "block",
      block,
      nextSeed: chain.tip.seed,
      // Before block 1 the store has no accounts at all, not even those of genesis.
      accounts: changedAccounts(isFirst ? EMPTY_ACCOUNT_TREE : state.chain.ledger.accounts, ledger.accounts),
      minted: ledger.minted,
      burned: ledger.burned,
    },
  };
  const news: Effect = { kind: "broadcast", broadcast: { kind: "block", block, lowest: outcome.lowest } };
  return startNext(params, { ...state, batches: [batch, ...later] }, chain, open, [record, ...slashed.effects, news]);
}

function withReward({ network }: RoundParams, ledger: Ledger, { winner }: RoundOutcome): Ledger {
  return winner === null ? ledger : network.rule.payReward(ledger, winner.publicKey, network.genesis.blockReward);
}

/** Slashes that the draw itself proved come after the round's transactions (SPEC §5). */
function applySlashes(
  params: RoundParams,
  state: RoundState,
  before: Ledger,
  slashes: readonly Slash[],
): { ledger: Ledger; effects: Effect[] } {
  const { round } = state.batches[0];
  let ledger = before;
  const effects: Effect[] = [];
  for (const slash of slashes) {
    const publicKey = authorOf(slash.evidence);
    const account = getAccount(ledger, publicKey);
    const applied = applyTransaction(transactionContext(params, state.chain, round), ledger, slash);
    if (!applied.ok || account === undefined) throw new Error("the draw slashed somebody without proof");
    ledger = applied.value;
    const { name } = account;
    const amount = slashableOf(account);
    effects.push({
      kind: "broadcast",
      broadcast: { kind: "slashed", publicKey, name, evidence: slash.evidence.kind, amount, round },
    });
  }
  return { ledger, effects };
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
  const { batches, dropped } = rebase(params, chain, closed.opening.round + 1, allWaiting(later));
  const previousClosesAtMs = millisecondsOf(closed.opening.closesAt);
  return {
    state: { chain, open: undefined, batches, waiting: indexWaiting(batches), previousClosesAtMs },
    effects: [...effects, ...dropEffects(dropped)],
  };
}
