/** What the draw leaves to do at the close: the same however many proposals there are. */
import { createHash } from "node:crypto";
import { compareEntries, drawEntry } from "pos-shared/lottery/entry.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { RuleRound } from "pos-shared/rules/consensus-rule.ts";
import { stakeLottery } from "pos-shared/rules/stake-lottery/stake-lottery.ts";
import { ownCpuMicros } from "../run/cpu.ts";
import { interleave } from "../run/interleave.ts";
import { count, pick, type Row } from "../run/row.ts";
import { benchNetwork, HUB_KEY, keysOf, STAKE } from "../support/bench-network.ts";
import { makeField } from "../support/field.ts";

const WHAT = "work between close and sealed block that depends on the draw, 1,000 and 100,000 proposals";
const GOAL = { of: "ratio", is: "at most", value: 1.5 } as const;

export const drawWork: Row = {
  name: "draw-work",
  async *run(bench) {
    const [few, many] = [pick(bench, 20, 1_000), pick(bench, 200, 100_000)];
    const { chainId } = benchNetwork(0);
    const slot = { round: 1, prevHash: chainId, seed: chainId };
    bench.note(`${count(many)} proposals are scored`);
    const proposals = makeField(chainId, slot, keysOf(0, few));
    const [small, large] = [fill(chainId, proposals), fill(chainId, crowd(chainId, proposals, many))];
    const size = `${count(many)} against ${count(few)}`;
    const figures = await interleave(
      bench.repetitions,
      () => micros(large, close),
      () => micros(small, close),
    );
    yield { what: WHAT, size, unit: "µs", ...figures, goal: GOAL };

    // The winner bonds more while the round is open: its score has to find its place anew.
    const winner = small.close().winner?.publicKey ?? "";
    const [smallRevised, largeRevised] = [small.reviseStake(winner, STAKE + 1), large.reviseStake(winner, STAKE + 1)];
    const revised = await interleave(
      bench.repetitions,
      () => micros(largeRevised, close),
      () => micros(smallRevised, close),
    );
    yield { what: `${WHAT}, the winner's stake changed`, size, unit: "µs", ...revised, goal: GOAL };
  },
};

function close(round: RuleRound): void {
  round.close();
}

/** Microseconds of CPU a close, over so many that the clock sees them. */
function micros(round: RuleRound, work: (round: RuleRound) => void): number {
  const [startedMs, startedMicros] = [performance.now(), ownCpuMicros()];
  let times = 0;
  while (performance.now() - startedMs < 20) {
    work(round);
    times += 1;
  }
  return (ownCpuMicros() - startedMicros) / times;
}

function fill(chainId: string, proposals: readonly Proposal[]): RuleRound {
  const empty = stakeLottery.openRound({ chainId, hubKey: HUB_KEY, round: 1, seed: chainId });
  return proposals.reduce((round, proposal) => round.accept(proposal, STAKE).round, empty);
}

/** More proposals after the first ones, none of them lower: the draw looks at no signature. */
function crowd(chainId: string, first: readonly Proposal[], size: number): Proposal[] {
  const { winner, draw } = fill(chainId, first).close();
  if (winner === null) throw new Error("a draw without a winner");
  const entryOf = (proposal: Proposal) => drawEntry(chainId, draw.beacon.output, proposal, STAKE);
  const lowest = entryOf(winner);
  const proposals = [...first];
  for (let i = 0; proposals.length < size; i++) {
    const output = createHash("sha512").update(`crowd ${i}`).digest("hex");
    const proposal = { ...winner, publicKey: output.slice(64), claim: { output, proof: winner.claim.proof } };
    // A new lowest would have to be true.
    if (compareEntries(lowest, entryOf(proposal)) < 0) proposals.push(proposal);
  }
  return proposals;
}
