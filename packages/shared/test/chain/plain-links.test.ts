import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChainState, genesisState } from "../../src/chain/chain-state.ts";
import { type PlainFacts, PlainLinks } from "../../src/chain/plain-links.ts";
import { verifyBlock } from "../../src/chain/verify/verify-block.ts";
import { taggedHash } from "../../src/crypto/hash.ts";
import { addressOf } from "../../src/crypto/keys.ts";
import { canonicalize } from "../../src/encoding/canonical-json.ts";
import { accountsOf, ledgerRoot, positionOf } from "../../src/ledger/ledger.ts";
import { type Block, headerOf } from "../../src/model/block.ts";
import { MAX_INTEGER } from "../../src/model/limits.ts";
import type { Result } from "../../src/model/result.ts";
import { type Leaf, leavesOf, replaceAt } from "../support/json-tree.ts";
import { otherValues } from "../support/other-values.ts";
import { keyOf, SimulatedHub, testGenesis } from "../support/simulated-hub.ts";

const [ANNA, BEN] = [keyOf(11), keyOf(12)];
const hub = playedHub();
const { network } = hub;
const blocks = hub.rounds.map(({ block }) => block);
/** The chain before each block, and after the last. */
const states = statesOf(blocks);

/** Mostly plain rounds; between them bonds, an unbonding that falls due, a round without a winner. */
function playedHub(): SimulatedHub {
  const played = new SimulatedHub();
  const propose = (...keys: (typeof ANNA)[]) => {
    for (const key of keys) played.propose(key, 72);
    played.close();
  };
  played.join(ANNA, "anna", 100);
  propose(ANNA);
  propose(ANNA);
  propose(ANNA);
  played.join(BEN, "ben", 300);
  propose(ANNA, BEN);
  propose(ANNA, BEN);
  played.transact(BEN, { type: "unbond", nonce: 2, amount: 100 });
  for (let i = 0; i < 4; i++) propose(ANNA, BEN);
  played.transact(ANNA, { type: "transfer", nonce: 2, to: addressOf(BEN.publicKey), amount: 5 });
  propose();
  propose(BEN);
  propose(ANNA, BEN);
  return played;
}

function byObjects(state: ChainState, block: unknown): Result<ChainState, unknown> {
  return verifyBlock({ network, state, block, depth: "links", seedAfter: () => undefined });
}

function statesOf(chain: readonly Block[]): ChainState[] {
  const all = [genesisState(network)];
  for (const block of chain) {
    const after = byObjects(all.at(-1) ?? genesisState(network), block);
    if (!after.ok) throw new Error("an honest block does not follow");
    all.push(after.value);
  }
  return all;
}

function stateBefore(index: number): ChainState {
  const state = states[index - 1];
  if (state === undefined) throw new Error(`no state before ${index}`);
  return state;
}

/** Takes blocks from one on, until one is left to the general way. */
function run(from: number, text: Buffer): { readonly facts: PlainFacts[]; readonly links: PlainLinks } {
  const links = new PlainLinks(network, stateBefore(from));
  const facts: PlainFacts[] = [];
  for (let at = 0; at < text.length; at = (facts.at(-1)?.end ?? 0) + 1) {
    const taken = links.take(text, at);
    if (taken === undefined) break;
    facts.push(taken);
  }
  return { facts, links };
}

/** All that a state says; roots are worked out late and kept inside. */
function viewOf(state: ChainState | undefined) {
  if (state === undefined) return undefined;
  const { tip, ledger } = state;
  const { totals, bondedAccounts, minted, burned } = ledger;
  return { tip, root: ledgerRoot(ledger), accounts: accountsOf(ledger), totals, bondedAccounts, minted, burned };
}

function expectTaken(byObjects: Result<ChainState, unknown>, links: PlainLinks): void {
  if (!byObjects.ok) throw new Error(`taken, though it is refused: ${JSON.stringify(byObjects.error)}`);
  expect(viewOf(links.finish()?.state)).toEqual(viewOf(byObjects.value));
}

const textOf = (some: readonly unknown[]) => Buffer.from(some.map(canonicalize).join(","));
/** With its hash made anew. */
const rehashed = (block: Block): Block => ({ ...block, hash: taggedHash("block", network.chainId, headerOf(block)) });

describe("the links of plain blocks, from their text (SPEC §7, depth links)", () => {
  test("a run of them comes to the same chain as block by block, from wherever it starts", () => {
    const taken = blocks.map(({ index }) => {
      const { facts, links } = run(index, textOf(blocks.slice(index - 1)));
      const done = links.finish();
      const last = blocks[index + facts.length - 2];
      const expected = stateBefore(index + facts.length);
      if (facts.length === 0) {
        expect(done).toBeUndefined();
      } else {
        expect(done?.block).toEqual(last);
        expect(viewOf(done?.state)).toEqual(viewOf(expected));
      }
      return facts.length;
    });
    // Bonds, an unbonding, its falling due and a transfer are left to the general way.
    expect(taken).toEqual([0, 2, 1, 0, 1, 0, 1, 0, 1, 0, 2, 1]);
  });

  test("it tells what a client keeps of each", () => {
    const [second, third] = [blocks[1], blocks[2]];
    const { facts } = run(2, textOf([second, third]));
    expect(facts).toMatchObject(
      [second, third].map((block) => ({
        index: block?.index,
        hash: block?.hash,
        round: block?.round,
        timestampMs: Date.parse(block?.timestamp ?? ""),
        bpm: 72,
        winner: positionOf(stateBefore(2).ledger, block?.validator ?? ""),
      })),
    );
  });

  test("whatever byte is changed, it takes nothing that is refused block by block", () => {
    const text = textOf([blocks[1]]);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), (at, byte) => {
        const changed = Buffer.from(text);
        changed[at] = byte;
        const { facts, links } = run(2, changed);
        if (facts.length === 0) expect(links.finish()).toBeUndefined();
        else expectTaken(byObjects(stateBefore(2), JSON.parse(changed.toString())), links);
      }),
    );
  });

  test("whatever value is changed under a right hash, it takes nothing that is refused block by block", () => {
    const plain = blocks.filter(({ index }) => run(index, textOf([blocks[index - 1]])).facts.length === 1);
    const valuesOf = (block: Block) => leavesOf(block).filter(({ path }) => path[0] !== "transactions");
    const values = plain.flatMap(valuesOf).map(({ value }) => value);
    const leaves: { index: number; leaf: Leaf; others: readonly unknown[] }[] = plain.flatMap((block) =>
      valuesOf(block).map((leaf) => ({ index: block.index, leaf, others: otherValues(leaf.value, values) })),
    );
    let refused = 0;
    for (const { index, leaf, others } of leaves) {
      for (const other of others) {
        const changed = rehashed(replaceAt(blocks[index - 1], leaf.path, other) as Block);
        const { facts, links } = run(index, textOf([changed]));
        if (facts.length === 0) refused += 1;
        else expectTaken(byObjects(stateBefore(index), changed), links);
      }
    }
    expect(refused).toBeGreaterThan(0);
  });

  test("where a reward could pass what can be minted, it leaves the block to the general way (SPEC §3)", () => {
    const accounts = [{ publicKey: ANNA.publicKey, name: "anna", liquid: MAX_INTEGER - 115, bonded: 100 }];
    const rich = new SimulatedHub({ genesis: testGenesis({ accounts }) });
    for (let i = 0; i < 3; i++) {
      rich.propose(ANNA, 72);
      rich.close();
    }
    const links = new PlainLinks(rich.network, genesisState(rich.network));
    const text = textOf(rich.rounds.map(({ block }) => block));
    const first = links.take(text, 0);
    expect(first).toMatchObject({ index: 1 });
    expect(links.take(text, (first?.end ?? 0) + 1)).toBeUndefined();
  });
});
