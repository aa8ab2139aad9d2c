import { join } from "node:path";
import { resumeRounds } from "pos-shared/chain/round/round-machine.ts";
import type { RoundState } from "pos-shared/chain/round/round-state.ts";
import { addressOf } from "pos-shared/crypto/keys.ts";
import { accountsOf } from "pos-shared/ledger/ledger.ts";
import { expect, test } from "vitest";
import { resumeFrom } from "../../src/sequencer/resume.ts";
import { createChainFile } from "../../src/store/create-chain.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { keyOf, TestChain, testGenesis } from "../support/test-chain.ts";

const [anna, ben, eve] = [keyOf(2), keyOf(3), keyOf(5)];
const genesis = testGenesis({
  accounts: [
    { publicKey: anna.publicKey, name: "anna", liquid: 0, bonded: 200 },
    { publicKey: ben.publicKey, name: "ben", liquid: 0, bonded: 100 },
    { publicKey: eve.publicKey, name: "eve", liquid: 9000, bonded: 100 },
  ],
});

/** A hub of so many transactions a round, on a store in a file, with the first round filled. */
function filledHub(maxTransactions: number) {
  const path = join(temporaryDirectory(), "chain.db");
  createChainFile(path, genesis);
  const store = openSqliteStore(path);
  const chain = new TestChain(genesis, store.commit, undefined, { maxTransactions });
  for (let nonce = 1; nonce <= maxTransactions; nonce++) {
    chain.transact(eve, { type: "transfer", nonce, to: addressOf(eve.publicKey), amount: 1 });
  }
  /** What a hub that was killed now would go on with. */
  const afterKill = (): RoundState => {
    const copy = openSqliteStore(path);
    try {
      return resumeRounds(chain.params, resumeFrom(chain.network, copy.load())).state;
    } finally {
      copy.close();
    }
  };
  return { chain, afterKill, close: store.close };
}

function waitingOf({ batches }: RoundState) {
  return batches
    .map(({ round, waiting }) => ({ round, leaves: waiting.map(({ leaf }) => leaf) }))
    .filter(({ leaves }) => leaves.length > 0);
}

/** All but the order in which the ledgers came about. */
function plainly({ batches }: RoundState) {
  return batches.map(({ ledger: { totals, burned, ...ledger }, ...batch }) => {
    return { ...batch, totals, burned, accounts: accountsOf({ totals, burned, ...ledger }) };
  });
}

test("evidence that waits for a later round, and that the hub then finds itself, is kept for this one, also on disk (SPEC §6)", () => {
  const { chain, afterKill, close } = filledHub(3);
  const polluted = [anna, ben].map((key) => chain.proposalOf(key, 70.5));
  for (const proposal of polluted) chain.handIn({ type: "slash", evidence: { kind: "bpm", proposal } });
  expect(waitingOf(chain.state).map(({ round, leaves }) => [round, leaves.length])).toEqual([
    [1, 3],
    [2, 2],
  ]);
  // The other way round: their order in the block is that in which this hub found them.
  for (const proposal of polluted.toReversed()) chain.offend(proposal);
  expect(waitingOf(chain.state).map(({ round, leaves }) => [round, leaves.length])).toEqual([[1, 5]]);
  expect(waitingOf(afterKill())).toEqual(waitingOf(chain.state));
  expect(plainly(afterKill())).toEqual(plainly(chain.state));
  close();
});

test("what is set aside until its round closes is on disk, too, and forgotten with its round (SPEC §6)", () => {
  const { chain, afterKill, close } = filledHub(1);
  chain.transact(anna, { type: "unbond", nonce: 1, amount: 100 });
  chain.transact(ben, { type: "unbond", nonce: 1, amount: 100 });
  chain.offend(chain.proposalOf(anna, 70.5));
  const asideOf = ({ batches }: RoundState) => batches.map(({ aside }) => aside.map(({ fault }) => fault.code));
  expect(asideOf(chain.state)).toEqual([[], ["INSUFFICIENT_FUNDS"], []]);
  expect(plainly(afterKill())).toEqual(plainly(chain.state));
  chain.close();
  expect(asideOf(afterKill())).toEqual([["INSUFFICIENT_FUNDS"], []]);
  // Nobody proposed, and what was promised for round 2 does not hold: it ends without a block.
  chain.close();
  expect(chain.state.chain.tip.round).toBe(1);
  expect(waitingOf(afterKill()).map(({ round, leaves }) => [round, leaves.length])).toEqual([[3, 1]]);
  close();
});
