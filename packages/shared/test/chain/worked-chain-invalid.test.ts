import { describe, expect, test } from "vitest";
import { verifyGenesis } from "../../src/chain/verify/genesis.ts";
import { type Depth, verifyBlock, verifyHeld } from "../../src/chain/verify/verify-block.ts";
import { provesTwoBlocks, provesTwoOpenings } from "../../src/evidence/dishonest-hub.ts";
import type { Block } from "../../src/model/block.ts";
import type { Opening } from "../../src/model/opening.ts";
import type { Proposal } from "../../src/model/proposal.ts";
import type { ReceiptedProposal, ReceiptedTransaction } from "../../src/model/receipt.ts";
import type { CheckFailure, Held } from "../../src/rules/check.ts";
import { RULE_NAMES } from "../../src/rules/check.ts";
import { describeWithVectors, loadVectors } from "../support/vectors.ts";
import {
  sealedBlocks,
  stateBefore,
  type VerifiedChain,
  verifyChain,
  type WorkedChain,
} from "../support/worked-chain.ts";

interface Patch {
  readonly genesis?: unknown;
  readonly before?: readonly Block[];
  readonly block?: unknown;
  readonly proposals?: readonly Proposal[];
  readonly own?: readonly (ReceiptedProposal | ReceiptedTransaction)[];
  readonly openings?: readonly Opening[];
}

interface Accepted {
  readonly what: string;
  readonly index: number;
  readonly mode: Depth;
  readonly patch: Patch;
}

interface Case extends Accepted {
  readonly rule: string;
}

interface Proof {
  readonly what: string;
  readonly proves: boolean;
  readonly kind: "openings" | "blocks";
  readonly first: Opening & Block;
  readonly second: Opening & Block;
}

interface Vectors {
  readonly rules: readonly string[];
  readonly cases: readonly Case[];
  readonly accepted: readonly Accepted[];
  readonly proofs: readonly Proof[];
}

describeWithVectors<Vectors>("worked-chain-invalid.json", ({ rules, cases, accepted, proofs }) => {
  const worked = loadVectors<WorkedChain>("worked-chain.json");
  const base = verifyChain(worked.genesis, sealedBlocks(worked), "replica");

  test("the rules are those of SPEC §7, in its order", () => {
    expect(RULE_NAMES).toEqual(rules);
  });

  test("the file holds as many cases as its readme says", () => {
    expect([cases.length, accepted.length, proofs.length]).toEqual([179, 13, 9]);
  });

  describe("a chain broken in one place fails first at the rule of SPEC §7 that must catch it", () => {
    test.each(cases)("$rule: $what", ({ rule, index, mode, patch }) => {
      expect(firstFailure(base, index, mode, patch)).toMatchObject({ rule, index });
    });
  });

  describe("a failure says what should stand there and what does, for whoever reads the alarm", () => {
    test.each<[string, string | number, string | number]>([
      ["index gap", 5, 6],
      [
        "timestamp that is no calendar date",
        "timestamp: an existing date as YYYY-MM-DDTHH:MM:SS.sssZ",
        '"2026-02-30T00:00:00.000Z"',
      ],
      ["proposalCount missing", "proposalCount: this key", "missing"],
      ["genesis without params", "params: this key", "missing"],
      ["winner bpm out of range", "30 to 220", "BPM_OUT_OF_RANGE: 221"],
      [
        "winner: claim.output in upper case, signed so",
        "claim.output: 128 lowercase hex digits",
        "MALFORMED: text of 128 characters",
      ],
      ["a nonce used twice", "3", "transaction 1: WRONG_NONCE: 2"],
      ["transfer of a fraction", "amount: an integer of at least 1", "transaction 1: MALFORMED: 1.5"],
      ["join with a taken name in other case", "valid", "transaction 2: NAME_TAKEN: CAROL"],
      ["stake one higher", 20, 21],
      ["eligibleStake above the sum of all bonded", "an eligible stake of 110 to 651", 652],
    ])("%s: expected %s, actual %s", (name, expected, actual) => {
      const found = cases.find(({ what }) => what === name);
      if (found === undefined) throw new Error(`no such case: ${name}`);
      expect(firstFailure(base, found.index, found.mode, found.patch)).toMatchObject({ expected, actual });
    });

    test("in words, whatever the case", () => {
      for (const { index, mode, patch } of cases) {
        const { expected, actual } = firstFailure(base, index, mode, patch) ?? { expected: "", actual: "" };
        for (const side of [expected, actual]) expect(String(side)).toMatch(/^(?!.*(undefined|\[object|NaN)).+$/);
        expect(expected).not.toBe(actual);
      }
    });
  });

  describe("what only looks broken passes (SPEC §3, §7)", () => {
    test.each(accepted)("$what", ({ index, mode, patch }) => {
      expect(firstFailure(base, index, mode, patch)).toBeUndefined();
    });
  });

  describe("what proves a dishonest hub by itself, and what does not (SPEC §7)", () => {
    test.each(proofs)("$what: $proves", ({ kind, proves, first, second }) => {
      const { genesis, chainId } = base.network;
      const isProof = kind === "openings" ? provesTwoOpenings : provesTwoBlocks;
      expect(isProof(genesis, chainId, first, second)).toBe(proves);
      expect(isProof(genesis, chainId, second, first)).toBe(proves);
    });
  });
});

/** Reads a case as the note of the file says. */
function firstFailure(base: VerifiedChain, index: number, mode: Depth, patch: Patch): CheckFailure | undefined {
  if (patch.genesis !== undefined) {
    const genesis = verifyGenesis(patch.genesis);
    if (!genesis.ok) return genesis.error;
  }
  const isOther = patch.genesis !== undefined || patch.before !== undefined;
  const before = (patch.before ?? []).map((block) => ({ block }));
  const chain = isOther ? verifyChain(patch.genesis ?? base.network.genesis, before, "replica") : base;
  const { network } = chain;
  const { state, seedAfter } = stateBefore(chain, index);
  const held = heldOf(patch);
  if (patch.block === undefined) return verifyHeld({ network, state, held, seedAfter });
  const { block, proposals = [] } = patch;
  const verified = verifyBlock({ network, state, block, depth: mode, held, proposals, seedAfter });
  return verified.ok ? undefined : verified.error;
}

function heldOf({ own = [], openings = [] }: Patch): Held {
  return {
    proposals: own.filter((thing) => "proposal" in thing),
    transactions: own.filter((thing) => "transaction" in thing),
    openings,
  };
}
