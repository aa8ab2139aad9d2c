/** What a hub that was restored from a copy takes back of the round in which it was lost (DESIGN §9). */
import { startRounds } from "pos-shared/chain/round/round-machine.ts";
import type { RoundParams } from "pos-shared/chain/round/round-state.ts";
import { verifyBlock } from "pos-shared/chain/verify/verify-block.ts";
import type { Block } from "pos-shared/model/block.ts";
import { keyOf, SimulatedHub, testGenesis } from "pos-shared/test-support/simulated-hub.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RestoreKind } from "../../src/sequencer/hub-port.ts";
import type { Missing } from "../../src/sequencer/missing.ts";
import { RecoveryWatch } from "../../src/sequencer/recovery-watch.ts";
import { resumeFrom } from "../../src/sequencer/resume.ts";
import { Sequencer } from "../../src/sequencer/sequencer.ts";
import { openMemoryStore, type SqliteStore } from "../../src/store/sqlite-store.ts";

const [ANNA, BOB] = [keyOf(2), keyOf(3)];
const PATIENCE_MS = 30_000;
/** Longer than it takes the hub to show what came back. */
const A_WHILE_MS = 2_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Recovering {
  readonly sequencer: Sequencer;
  readonly store: SqliteStore;
  readonly give: (kind: RestoreKind, values: readonly unknown[]) => void;
  /** What is missing once its patience is over; "nothing" where it goes on. */
  readonly end: () => Missing | "nothing" | undefined;
}

/** A hub on a copy that has the opening of round 1 and nothing of what came then. */
function recoverFrom(lost: SimulatedHub, records: SimulatedHub["records"], params: RoundParams): Recovering {
  const store = openMemoryStore(lost.network.genesis);
  store.commit(records);
  const clock = { nowMs: () => lost.nowMs, elapsedMs: () => 0 };
  const sequencer = new Sequencer({ params, store, clock, isResting: true });
  let ended: Missing | "nothing" | undefined;
  const onEnd = (_blocks: number, missing: Missing | undefined): void => {
    ended = missing ?? "nothing";
  };
  const watch = new RecoveryWatch({ params, store, sequencer, patienceMs: PATIENCE_MS, onEnd });
  return {
    sequencer,
    store,
    give: (kind, values) => {
      for (const value of values) expect(watch.restore(kind, value)).toBe(true);
    },
    end: () => {
      vi.advanceTimersByTime(PATIENCE_MS);
      watch.stop();
      sequencer.stop();
      return ended;
    },
  };
}

/** Bob bonds in the open round, and then he and anna propose in it: a copy from before that. */
function loseBobsRound(activationDelay = 0) {
  const genesis = testGenesis({
    activationDelay,
    accounts: [
      { publicKey: ANNA.publicKey, name: "anna", liquid: 0, bonded: 100 },
      { publicKey: BOB.publicKey, name: "bob", liquid: 100, bonded: activationDelay === 0 ? 0 : 1 },
    ],
  });
  const lost = new SimulatedHub({ genesis });
  const copy = lost.records.slice();
  expect(lost.transact(BOB, { type: "bond", nonce: 1, amount: 50 })).toBe("receipted");
  for (const key of [ANNA, BOB]) expect(lost.propose(key, 70)).toBe("accepted");
  return { lost, recovering: recoverFrom(lost, copy, lost.params) };
}

/** The block that the hub seals of what is in its store, as a client that checks in full finds it. */
function findingOf(lost: SimulatedHub, { store }: Recovering) {
  const resumed = resumeFrom(lost.network, store.load());
  const { effects } = startRounds(lost.params, resumed, lost.nowMs + PATIENCE_MS);
  const [block] = effects.flatMap((effect): Block[] =>
    effect.kind === "persist" && effect.record.kind === "block" ? [effect.record.block] : [],
  );
  if (block === undefined) throw new Error("no block");
  const proposals = lost.heldProposals.map(({ proposal }) => proposal);
  const { network } = lost;
  const state = resumed.chain;
  const verified = verifyBlock({ network, state, block, depth: "full", proposals, seedAfter: () => undefined });
  return verified.ok ? { proposals: block.proposalCount } : verified.error;
}

test("a proposal whose author's bond did not come back is still missing: the hub seals no block that clients must refuse", () => {
  const { lost, recovering } = loseBobsRound();
  recovering.give("proposal", lost.heldProposals);
  expect(findingOf(lost, recovering)).toMatchObject({ rule: "proposals" });
  expect(recovering.end()).toEqual({ code: "HUB_INCOMPLETE", round: 1 });
  expect(recovering.sequencer.isResting).toBe(true);
});

test.each<[string, readonly RestoreKind[]]>([
  ["before", ["transaction", "proposal"]],
  ["after", ["proposal", "transaction"]],
])("with the bond, given %s the proposal, its block is in order", (_, kinds) => {
  const { lost, recovering } = loseBobsRound();
  for (const kind of kinds) recovering.give(kind, kind === "proposal" ? lost.heldProposals : lost.heldTransactions);
  expect(findingOf(lost, recovering)).toEqual({ proposals: 2 });
  expect(recovering.end()).toBe("nothing");
  expect(recovering.sequencer.isResting).toBe(false);
});

test("who had something bonded before the round needs no transaction of it", () => {
  const { lost, recovering } = loseBobsRound(2);
  recovering.give("proposal", lost.heldProposals);
  expect(findingOf(lost, recovering)).toEqual({ proposals: 2 });
  expect(recovering.end()).toBe("nothing");
});

test("the round's state is made anew once for all that comes back together, and then shows it", () => {
  const { lost, recovering } = loseBobsRound();
  const dream = vi.spyOn(recovering.sequencer, "dream");
  recovering.give("transaction", lost.heldTransactions);
  recovering.give("proposal", lost.heldProposals);
  expect(dream).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(A_WHILE_MS);
  expect(dream).toHaveBeenCalledTimes(1);
  expect(recovering.sequencer.state.open?.proposals.size).toBe(2);
  expect(recovering.sequencer.state.waiting.size).toBe(1);
  expect(recovering.end()).toBe("nothing");
});
