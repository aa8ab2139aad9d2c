/** Verification with every signature and VRF proof, beside the same primitives alone. */

import { type ChainState, genesisState } from "pos-shared/chain/chain-state.ts";
import type { Network } from "pos-shared/chain/network.ts";
import { verifyBlock } from "pos-shared/chain/verify/verify-block.ts";
import { verifyingKey } from "pos-shared/crypto/keys.ts";
import { speedUpVrf } from "pos-shared/crypto/vrf.ts";
import { taggedBytes } from "pos-shared/encoding/tagged-bytes.ts";
import { alphaOf } from "pos-shared/lottery/alpha.ts";
import type { Block } from "pos-shared/model/block.ts";
import { type Proposal, unsigned } from "pos-shared/model/proposal.ts";
import { err, ok } from "pos-shared/model/result.ts";
import type { BlockSource } from "../../packages/client/src/replica/block-source.ts";
import { openPageCheckers, type PageCheckers } from "../../packages/client/src/replica/checking/page-checkers.ts";
import { VerifiedChain } from "../../packages/client/src/replica/verified-chain.ts";
import { verifyChain } from "../../packages/client/src/replica/verify-chain.ts";
import { systemRuntime } from "../../packages/client/src/runtime.ts";
import { type BlockPrimitives, verifyPrimitives } from "../baselines/verify-primitives.ts";
import { ownCpuMicros } from "../run/cpu.ts";
import { interleave } from "../run/interleave.ts";
import { count, pick, type Row } from "../run/row.ts";
import { startMemoryHub } from "../support/bench-hub.ts";
import { keysOf } from "../support/bench-network.ts";
import { makeField } from "../support/field.ts";
import { proposeAll } from "../support/seal.ts";

const MICROS_PER_SECOND = 1_000_000;
/** Smaller than usual, as the chain is short: at its end one thread has nothing to do for half a page. */
const PAGE_BLOCKS = 16;

/** Nothing in these blocks speaks of older ones. */
const none = async () => err({ kind: "lost", reason: "a bench serves no more" } as const);
const NO_SOURCE: BlockSource = { blocks: none, proposals: none, prove: none };

interface Round {
  readonly block: Block;
  readonly proposals: readonly Proposal[];
}

export const fullVerification: Row = {
  name: "full-verification",
  async *run(bench) {
    if (!(await speedUpVrf())) bench.note("without WebAssembly");
    for (const proposers of pick(bench, [2], [1, 30])) {
      const { network, rounds } = await sealRounds(pick(bench, 12, 256), proposers);
      const primitives = rounds.map((round) => primitivesOf(network, round));
      const what = "full verification with signatures and VRF";
      const size = `${count(rounds.length)} blocks of ${proposers} proposals`;
      const rateOfCpu = (verify: () => void | Promise<void>) => () => rateOf(rounds.length, ownCpuMicros, verify);
      const bare = rateOfCpu(() => verifyPrimitives(primitives));
      const here = await interleave(
        bench.repetitions,
        rateOfCpu(() => verifyHere(network, rounds)),
        bare,
      );
      yield {
        what,
        size: `${size}, no worker, per second of CPU`,
        unit: "1/s",
        ...here,
        goal: { of: "ratio", is: "at least", value: 0.85 },
      };
      const [one, two] = [openPageCheckers(network, 1), openPageCheckers(network, 2)];
      const alone = await interleave(
        bench.repetitions,
        rateOfCpu(() => verifyInThreads(network, rounds, one)),
        bare,
      );
      yield {
        what,
        size: `${size}, one worker, per second of CPU`,
        unit: "1/s",
        ...alone,
        goal: { of: "ratio", is: "at least", value: 0.85 },
      };
      const inThreads = (checkers: PageCheckers) => () =>
        rateOf(rounds.length, passingMicros, () => verifyInThreads(network, rounds, checkers));
      const both = await interleave(bench.repetitions, inThreads(two), inThreads(one));
      one.close();
      two.close();
      yield {
        what: `${what}, two workers against one`,
        size,
        unit: "1/s",
        ...both,
        goal: { of: "ratio", is: "at least", value: 1.5 },
      };
    }
  },
};

/** Blocks a second of a clock: the one on the wall, or the CPU that all threads of this process took. */
async function rateOf(blocks: number, clock: () => number, verify: () => void | Promise<void>): Promise<number> {
  const startedMicros = clock();
  await verify();
  return (blocks * MICROS_PER_SECOND) / (clock() - startedMicros);
}

function passingMicros(): number {
  return performance.now() * 1_000;
}

async function verifyInThreads(network: Network, rounds: readonly Round[], checkers: PageCheckers): Promise<void> {
  async function* serve() {
    for (const round of rounds) yield ok(round);
  }
  const verified = await verifyChain({
    chain: new VerifiedChain(network),
    blocks: serve(),
    seeds: NO_SOURCE,
    runtime: systemRuntime,
    onProgress: () => {},
    checkers,
    pageBlocks: PAGE_BLOCKS,
  });
  if (!verified.ok) throw new Error(`a chain of the bench is ${verified.error.kind}`);
}

async function sealRounds(count: number, proposers: number): Promise<{ network: Network; rounds: Round[] }> {
  const hub = startMemoryHub(proposers);
  hub.sequencer.start();
  const rounds: Round[] = [];
  let proposals: readonly Proposal[] = [];
  hub.sequencer.onBroadcast((news) => {
    if (news.kind === "block") rounds.push({ block: news.block, proposals });
  });
  for (let i = 0; i < count; i++) {
    proposals = makeField(hub.network.chainId, hub.slot(), keysOf(0, proposers));
    await proposeAll(hub, proposals);
    await hub.closeRound();
  }
  hub.sequencer.stop();
  return { network: hub.network, rounds };
}

function verifyHere(network: Network, rounds: readonly Round[]): void {
  let state: ChainState = genesisState(network);
  for (const { block, proposals } of rounds) {
    const verified = verifyBlock({ network, state, block, proposals, depth: "full", seedAfter: () => undefined });
    if (!verified.ok) throw new Error(`a block of the bench breaks the rule ${verified.error.rule}`);
    state = verified.value;
  }
}

function primitivesOf({ chainId, genesis }: Network, { block, proposals }: Round): BlockPrimitives {
  const { proposal: winner, draw, hash, round } = block;
  if (winner === null) throw new Error("a block without a winner");
  const alpha = alphaOf(chainId, round, draw.seed);
  const signed = (publicKey: string, message: Uint8Array, signature: string) => ({
    message: Buffer.from(message),
    key: verifyingKey(publicKey),
    signature: Buffer.from(signature, "hex"),
  });
  return {
    signatures: [
      signed(genesis.hub, taggedBytes("seal", chainId, { hash }), block.hubSignature),
      // The winner's is checked for itself, as in a block alone, and once more among all of the round.
      ...[winner, ...proposals].map((proposal) =>
        signed(proposal.publicKey, taggedBytes("proposal", chainId, unsigned(proposal)), proposal.signature),
      ),
    ],
    rolls: [
      { publicKey: genesis.hub, alpha, proof: draw.beacon.proof },
      { publicKey: winner.publicKey, alpha, proof: winner.claim.proof },
    ],
  };
}
