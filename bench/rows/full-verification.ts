/** Verification with every signature and VRF proof, beside the same primitives alone. */

import { type ChainState, genesisState } from "pos-shared/chain/chain-state.ts";
import type { Network } from "pos-shared/chain/network.ts";
import { verifyBlock } from "pos-shared/chain/verify/verify-block.ts";
import { verifyingKey } from "pos-shared/crypto/keys.ts";
import { taggedBytes } from "pos-shared/encoding/tagged-bytes.ts";
import { alphaOf } from "pos-shared/lottery/alpha.ts";
import type { Block } from "pos-shared/model/block.ts";
import { type Proposal, unsigned } from "pos-shared/model/proposal.ts";
import { type BlockPrimitives, verifyPrimitives } from "../baselines/verify-primitives.ts";
import { interleave } from "../run/interleave.ts";
import { count, pick, type Row } from "../run/row.ts";
import { startMemoryHub } from "../support/bench-hub.ts";
import { keysOf } from "../support/bench-network.ts";
import { makeField } from "../support/field.ts";
import { proposeAll } from "../support/seal.ts";

const MS_PER_SECOND = 1_000;

interface Round {
  readonly block: Block;
  readonly proposals: readonly Proposal[];
}

export const fullVerification: Row = {
  name: "full-verification",
  async *run(bench) {
    for (const proposers of pick(bench, [2], [1, 30])) {
      const { network, rounds } = await sealRounds(pick(bench, 2, 60), proposers);
      const primitives = rounds.map((round) => primitivesOf(network, round));
      const rate = (verify: () => void) => {
        const startedMs = performance.now();
        verify();
        return (rounds.length * MS_PER_SECOND) / (performance.now() - startedMs);
      };
      const figures = await interleave(
        bench.repetitions,
        () => rate(() => verifyAll(network, rounds)),
        () => rate(() => verifyPrimitives(primitives)),
      );
      yield {
        what: "full verification with signatures and VRF",
        size: `${count(rounds.length)} blocks of ${proposers} proposals, one worker`,
        unit: "1/s",
        ...figures,
        goal: { of: "ratio", is: "at least", value: 0.85 },
      };
    }
    bench.note("two workers: not yet, the verification of a chain has one");
  },
};

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

function verifyAll(network: Network, rounds: readonly Round[]): void {
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
