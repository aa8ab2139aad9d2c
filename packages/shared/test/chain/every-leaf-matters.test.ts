import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { type Depth, verifyBlock } from "../../src/chain/verify/verify-block.ts";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { fromHex } from "../../src/encoding/hex.ts";
import type { Block } from "../../src/model/block.ts";
import type { Opening } from "../../src/model/opening.ts";
import { NOTHING_HELD, type RuleName } from "../../src/rules/check.ts";
import { type Leaf, leavesOf, type Path, replaceAt } from "../support/json-tree.ts";
import { otherValues, randomOther } from "../support/other-values.ts";
import { rootsAnew, sealAnew } from "../support/reseal.ts";
import { describeWithVectors } from "../support/vectors.ts";
import { sealedBlocks, stateBefore, verifyChain, type WorkedChain } from "../support/worked-chain.ts";

vi.mock(import("../../src/crypto/vrf.ts"), async (original) => {
  const { memoizedVrf } = await import("../support/memoized-vrf.ts");
  return memoizedVrf(original);
});

/** Rules that a hub passes by making its hashes and signatures anew: they may not be what catches a changed value. */
const SEALING_RULES: readonly RuleName[] = ["form", "hash", "hubSignature"];

/** The values that hash and signature are; they follow from the others. */
const SEALS: readonly unknown[] = ["hash", "hubSignature"];

/**
 * A block without a winner has three nulls, one without transactions an empty list: no other value has their form
 * (SPEC §6).
 */
const hasOtherValues = ({ path, value }: Leaf): boolean =>
  value !== null && !Array.isArray(value) && !SEALS.includes(path[0]);

describeWithVectors<WorkedChain>("worked-chain.json", describeChain);
describeWithVectors<WorkedChain>("worked-chain-activation.json", describeChain);

function describeChain(worked: WorkedChain): void {
  const blocks = sealedBlocks(worked);
  const chain = verifyChain(worked.genesis, blocks, "replica");
  const { network } = chain;
  const hubKey = secretKeyFromSeed(fromHex(worked.keys[0]?.seed ?? ""));
  const values = blocks.flatMap(({ block }) => leavesOf(block)).map(({ value }) => value);
  const leaves = blocks.flatMap(({ block }) =>
    leavesOf(block)
      .filter(hasOtherValues)
      .map((leaf) => ({ index: block.index, ...leaf, others: otherValues(leaf.value, values) })),
  );

  /** The rule that catches a block whose leaf has another value, everything of the hub's made anew; undefined if none does. */
  function ruleThatCatches(index: number, path: Path, value: unknown, depth: Depth, holdsOpening: boolean) {
    const round = blocks[index - 1];
    if (round === undefined) throw new Error(`no block ${index}`);
    const { state, seedAfter } = stateBefore(chain, index);
    const changed = replaceAt(round.block, path, value) as Block;
    // The winner's proposal is changed wherever it stands.
    const proposals = round.proposals.map((proposal) =>
      proposal.publicKey === round.block.proposal?.publicKey && changed.proposal !== null ? changed.proposal : proposal,
    );
    const block = sealAnew(network.chainId, hubKey, rootsAnew(network, state, changed, proposals, path[0]));
    const openings: Opening[] = holdsOpening ? [round.opening] : [];
    const held = { ...NOTHING_HELD, openings };
    const verified = verifyBlock({ network, state, block, depth, proposals, held, seedAfter });
    return verified.ok ? undefined : verified.error.rule;
  }

  /** The header's fields with a changed value that nothing catches. (Transactions are checked alike in all of this.) */
  function fieldsThatPass(depth: Depth, holdsOpening: boolean): Set<string> {
    const passing = new Set<string>();
    for (const { index, path, others } of leaves.filter(({ path }) => path[0] !== "transactions")) {
      for (const other of others) {
        if (ruleThatCatches(index, path, other, depth, holdsOpening) === undefined) passing.add(path.join("."));
      }
    }
    return passing;
  }

  describe("each leaf value of a block changed, all hashes and hub signatures made anew (SPEC §7)", () => {
    test("fails at a rule of its meaning, with the opening at hand and in full mode: every value matters", () => {
      const caughtBy: Record<string, Set<RuleName | undefined>> = {};
      let cases = 0;
      for (const { index, path, others } of leaves) {
        for (const other of others) {
          const [field = "", part] = path;
          const name = field === "draw" ? `draw.${part}` : String(field);
          caughtBy[name] ??= new Set();
          caughtBy[name].add(ruleThatCatches(index, path, other, "full", true));
          cases++;
        }
      }
      expect(caughtBy).toEqual({
        index: new Set(["index"]),
        // A round that was is refused as such; a later one has another beacon.
        round: new Set(["round", "beacon"]),
        timestamp: new Set(["timestamp"]),
        prevHash: new Set(["prevHash"]),
        bpm: new Set(["bpm"]),
        validator: new Set(["validator"]),
        proposal: new Set(["proposal"]),
        proposalCount: new Set(["proposalCount"]),
        proposalsRoot: new Set(["proposalsRoot"]),
        transactionCount: new Set(["transactionCount"]),
        transactionsRoot: new Set(["transactionsRoot"]),
        ledgerRoot: new Set(["ledgerRoot"]),
        "draw.seed": new Set(["seed"]),
        "draw.stake": new Set(["stake"]),
        "draw.eligibleStake": new Set(["stake", "eligibleStake"]),
        "draw.beacon": new Set(["beacon"]),
        transactions: new Set(["transaction"]),
      });
      expect(cases).toBeGreaterThan(1000);
    });

    test("without the opening only the timestamp is the hub's word: any later one passes (SPEC §6)", () => {
      expect(fieldsThatPass("full", false)).toEqual(new Set(["timestamp"]));
    });

    test("without the proposals, what sums them up passes, too: full mode and spot checks are for that (SPEC §7)", () => {
      expect(fieldsThatPass("replica", true)).toEqual(
        new Set(["proposalCount", "proposalsRoot", "draw.eligibleStake"]),
      );
    });

    test("fails so with any other value of the same form", () => {
      fc.assert(
        fc.property(fc.nat(leaves.length - 1), fc.uint8Array({ minLength: 80, maxLength: 80 }), (at, bytes) => {
          const { index, path, value } = leaves[at] ?? { index: 0, path: [], value: null };
          const other = randomOther(value, bytes);
          fc.pre(other !== value);
          const rule = ruleThatCatches(index, path, other, "full", true);
          expect(rule).toBeDefined();
          expect(SEALING_RULES).not.toContain(rule);
        }),
        { numRuns: 1000 },
      );
    });
  });
}
