/** Proposals of sealed rounds are read and hashed once for all who ask (PERFORMANCE, rule 6). */
import { inclusionProof, inclusionProofIn, leafHash } from "pos-shared/crypto/merkle.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { expect, test } from "vitest";
import { RecentRounds } from "../../src/sequencer/recent-rounds.ts";
import { keyOf, TestChain, testGenesis } from "../support/test-chain.ts";
import { testStore } from "../support/test-store.ts";

const VALIDATORS = [2, 3, 4, 5, 6].map(keyOf);

/** Three rounds of five validators, and which rounds were read from the store. */
function sealedRounds() {
  const { store } = testStore();
  const chain = new TestChain(testGenesis(), (records) => store().commit(records));
  for (const [i, key] of VALIDATORS.entries()) chain.join(key, `v-${i}`, 100);
  chain.run(3, VALIDATORS);
  const read: number[] = [];
  const rounds = new RecentRounds({
    findBlock: (index) => store().findBlock(index),
    readProposals: (round) => {
      read.push(round);
      return store().readProposals(round);
    },
  });
  return { rounds, read };
}

test("a round is read once while it is the newest or the last that was asked for", () => {
  const { rounds, read } = sealedRounds();
  for (const index of [3, 3, 1, 1, 3, 1, 3]) expect(rounds.find(index)).toMatchObject({ texts: { length: 5 } });
  expect(read).toEqual([3, 1]);
  rounds.find(2);
  rounds.find(1);
  rounds.find(3);
  expect(read).toEqual([3, 1, 2, 1]);
});

test("its proofs are those of RFC 9162 over its leaves", () => {
  const { rounds } = sealedRounds();
  const found = rounds.find(2);
  if (typeof found === "string") throw new Error(found);
  const proposals = found.texts.map((text) => JSON.parse(text) as Proposal);
  expect(found.keys).toEqual(proposals.map(({ publicKey }) => publicKey));
  expect(found.keys).toEqual(VALIDATORS.map(({ publicKey }) => publicKey).sort());
  for (const position of proposals.keys()) {
    expect(inclusionProofIn(found.levels, position)).toEqual(inclusionProof(proposals.map(leafHash), position));
  }
});

test("there is none of a block that does not exist", () => {
  expect(sealedRounds().rounds.find(4)).toBe("NOT_FOUND");
});
