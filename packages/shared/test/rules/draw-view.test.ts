import { describe, expect, test } from "vitest";
import { BlockContext } from "../../src/chain/block-context.ts";
import { stakeOf } from "../../src/ledger/ledger.ts";
import type { Block } from "../../src/model/block.ts";
import { NOTHING_HELD } from "../../src/rules/check.ts";
import type { DrawView } from "../../src/rules/draw-view.ts";
import { formatScore, formatScores } from "../../src/rules/stake-lottery/draw-view.ts";
import { describeWithVectors } from "../support/vectors.ts";
import { sealedBlocks, stateBefore, verifyChain, type WorkedChain } from "../support/worked-chain.ts";

function never(): never {
  throw new Error("the worked chain has no such block");
}

describeWithVectors<WorkedChain>("worked-chain.json", (worked) => {
  const rounds = sealedBlocks(worked);
  const chain = verifyChain(worked.genesis, rounds, "replica");
  const { network } = chain;
  const { genesis, chainId } = network;

  /** The view of a block, or of what somebody made of it, by a client whose own chain is right. */
  function viewOf(index: number, change: (block: Block) => Block = (block) => block): DrawView {
    const round = rounds[index - 1];
    if (round === undefined) throw new Error(`no block ${index}`);
    const { block, proposals } = round;
    const { state, seedAfter } = stateBefore(chain, index);
    const held = NOTHING_HELD;
    const context = new BlockContext({ network, state, block, held, proposals, seedAfter, trusted: false });
    const ledger = context.ledgerAfterTransactions;
    const { seed } = state.tip;
    const own = (publicKey: string): number => stakeOf(ledger, publicKey);
    return network.rule.viewDraw({ genesis, chainId, block: change(block), proposals, seed, stakeOf: own });
  }

  const wrongSteps = (view: DrawView): string[] =>
    view.steps.filter(({ isRight }) => !isRight).map(({ label }) => label);

  test("each worked block shows its draw, best first, with the winner marked and every step right (SPEC §5)", () => {
    for (const { block, draws } of rounds) {
      const view = viewOf(block.index);
      expect(view.rows.map(({ publicKey }) => publicKey)).toEqual(draws.map(({ publicKey }) => publicKey));
      expect(view.rows.map(({ cells }) => cells.slice(1))).toEqual(
        draws.map(({ stake, ticket, score }) => [String(stake), ticket, formatScore(BigInt(score))]),
      );
      expect(view.rows.map(({ isWinner }) => isWinner)).toEqual(draws.map((_, i) => i === 0));
      expect(wrongSteps(view)).toEqual([]);
      for (const { cells } of view.rows) expect(cells).toHaveLength(view.columns.length);
    }
  });

  describe("a step that the client does not get itself is marked (SPEC §7)", () => {
    const withDraw = (part: Partial<Block["draw"]>) => (block: Block) => ({
      ...block,
      draw: { ...block.draw, ...part },
    });

    test.each([
      ["another seed", withDraw({ seed: "0".repeat(64) }), ["seed"]],
      ["a stake of 0", withDraw({ stake: 0 }), ["stake"]],
      ["one token more", withDraw({ stake: 301 }), ["stake"]],
    ])("%s", (_, change, wrong) => {
      expect(wrongSteps(viewOf(1, change))).toEqual(wrong);
    });

    test("a winner that is not the lowest", () => {
      const second = rounds[0]?.draws[1]?.publicKey;
      const proposal = rounds[0]?.proposals.find(({ publicKey }) => publicKey === second) ?? null;
      expect(wrongSteps(viewOf(1, (block) => ({ ...block, proposal })))).toEqual(["stake", "comparison"]);
    });

    test("a winner of whom the client knows no stake", () => {
      const publicKey = worked.keys.find(({ name }) => name === "niaj")?.publicKey ?? "";
      const stranger = (block: Block): Block =>
        block.proposal === null ? block : { ...block, proposal: { ...block.proposal, publicKey } };
      expect(wrongSteps(viewOf(1, stranger))).toEqual(["VRF output", "ticket", "stake", "score", "next seed"]);
    });
  });

  test("the last step compares the winner's score with the next one (SPEC §5)", () => {
    for (const { block, draws } of rounds) {
      const step = viewOf(block.index).steps.find(({ label }) => label === "comparison");
      const [lowest, next] = draws.map(({ score }) => BigInt(score));
      if (lowest === undefined) expect(step).toBeUndefined();
      else if (next === undefined) expect(step?.value).toBe("no other took part");
      else expect(step?.value).toBe(formatScores(lowest, next).join(" < "));
    }
  });

  test("counts who was drawn from: slashed authors' accepted proposals are not (SPEC §6)", () => {
    for (const { block, draws } of rounds) expect(viewOf(block.index).drawn).toBe(draws.length);
    expect(rounds.some(({ block, draws }) => draws.length < block.proposalCount)).toBe(true);
  });

  test("counts all accepted proposals where it cannot tell whose are missing from the table", () => {
    const { block } = rounds.find(({ draws }) => draws.length > 1) ?? never();
    const proposals = block.proposal === null ? [] : [block.proposal];
    const { seed } = stateBefore(chain, block.index).state.tip;
    const own = (): number => block.draw.stake;
    const view = network.rule.viewDraw({ genesis, chainId, block, proposals, seed, stakeOf: own });
    expect(view.rows).toHaveLength(1);
    expect(view.drawn).toBe(block.proposalCount);
  });

  test("says nothing of a comparison with others whose stakes are not at hand", () => {
    const { block, proposals } = rounds.find(({ draws }) => draws.length > 1) ?? rounds[0] ?? never();
    const own = (publicKey: string): number => (publicKey === block.proposal?.publicKey ? block.draw.stake : 0);
    const { seed } = stateBefore(chain, block.index).state.tip;
    const { steps } = network.rule.viewDraw({ genesis, chainId, block, proposals, seed, stakeOf: own });
    expect(steps.map(({ label }) => label)).not.toContain("comparison");
    expect(steps.map(({ label }) => label)).toContain("score");
  });

  test("two scores are shown with as many digits as it takes to tell them apart", () => {
    expect(formatScores(1n << 120n, (1n << 120n) + (1n << 90n))).toEqual(["0.003906250000", "0.003906250003"]);
    expect(formatScores(5n << 120n, 5n << 120n)[0]).toBe(formatScores(5n << 120n, 5n << 120n)[1]);
  });

  test("a score is shown with six digits after the point, more where it is small, rounded down", () => {
    expect(formatScore((1n << 128n) / 3_000_000n)).toBe("0.000000333333");
    expect(formatScore(1n)).toMatch(/^0\.0{38}293873/);
    expect(formatScore(0n)).toBe("0.000000");
    expect(formatScore(1n << 128n)).toBe("1.000000");
    expect(formatScore((1n << 128n) / 3n)).toBe("0.333333");
    expect(formatScore(256n << 128n)).toBe("256.000000");
  });
});
