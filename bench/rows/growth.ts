/** What ten times as much costs: validators, proposals, blocks. Both sizes in one run, each in a process of its own. */
import { join } from "node:path";
import { type Child, startChild } from "../run/child.ts";
import { interleave } from "../run/interleave.ts";
import type { Goal, Line } from "../run/line.ts";
import { type Bench, count, pick, type Row } from "../run/row.ts";
import type { Core } from "../servers/core-server.ts";
import { longChain } from "../support/long-chain.ts";

const TEN = 10;
/** Linear, and a little for what grows with the logarithm. */
const LINEAR: Goal = { of: "ratio", is: "at most", value: 11 };
const FLAT: Goal = { of: "ratio", is: "at most", value: 1.2 };
const CHAIN_VALIDATORS = 8;

/** One of the two sizes. */
interface Side {
  readonly directory: string;
  readonly validators: number;
  readonly isThere?: boolean;
  readonly proposers: number;
}

export const growth: Row = {
  name: "growth",
  isDurable: true,
  async *run(bench) {
    const few = pick(bench, 5, 300);
    const many = few * TEN;
    const place = (name: string) => join(bench.directory, name);
    yield* compare(
      bench,
      "cost growth: a round, all validators propose",
      `${count(many)} against ${count(few)} validators`,
      { directory: place("few"), validators: few, proposers: few },
      { directory: place("many"), validators: many, proposers: many },
      LINEAR,
    );
    yield* compare(
      bench,
      "cost growth: a round, ten times as many proposals",
      `${count(many)} against ${count(few)} of ${count(many)} validators`,
      { directory: place("quiet"), validators: many, proposers: few },
      { directory: place("busy"), validators: many, proposers: many },
      LINEAR,
    );
    const blocks = pick(bench, 50, 100_000);
    const chainOf = (length: number) => longChain(pick(bench, bench.directory, bench.cache), length, bench.note);
    const onChain = { validators: CHAIN_VALIDATORS, proposers: CHAIN_VALIDATORS, isThere: true };
    yield* compare(
      bench,
      "cost growth: a block on a longer chain",
      `${count(blocks * TEN)} against ${count(blocks)} blocks`,
      { directory: chainOf(blocks), ...onChain },
      { directory: chainOf(blocks * TEN), ...onChain },
      FLAT,
    );
  },
};

async function* compare(
  { repetitions, note }: Bench,
  what: string,
  size: string,
  small: Side,
  large: Side,
  goal: Goal,
): AsyncIterable<Line> {
  note(size);
  const start = async (side: Side): Promise<Child<Core>> => {
    const child = startChild<Core>(new URL("../servers/core-server.ts", import.meta.url));
    await child.call("open", side);
    return child;
  };
  const [one, other] = [await start(small), await start(large)];
  try {
    const figures = await interleave(
      repetitions,
      () => roundOf(other, large.proposers),
      () => roundOf(one, small.proposers),
    );
    yield { what, size, unit: "ms", ...figures, goal };
    const exponents = figures.ours.map((cost, i) => Math.log10(cost / (figures.baseline[i] ?? Number.NaN)));
    yield { what: `${what}, exponent`, size, unit: "exponent", ours: exponents, baseline: null, goal: null };
  } finally {
    await one.stop();
    await other.stop();
  }
}

/** Milliseconds of a whole round: proposals in, receipts out, block sealed and told. */
async function roundOf(core: Child<Core>, proposers: number): Promise<number> {
  await core.call("prepare", proposers);
  return (await core.call("accept", null)) + (await core.call("close", null));
}
