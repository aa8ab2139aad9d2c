import { describe, expect, test } from "vitest";
import { verifyBlock } from "../../src/chain/verify/verify-block.ts";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { sign } from "../../src/crypto/signature.ts";
import { fromHex } from "../../src/encoding/hex.ts";
import type { Proposal } from "../../src/model/proposal.ts";
import { describeWithVectors } from "../support/vectors.ts";
import { sealedBlocks, stateBefore, verifyChain, type WorkedChain } from "../support/worked-chain.ts";

describeWithVectors<WorkedChain>("worked-chain.json", (worked) => {
  const rounds = sealedBlocks(worked);
  const chain = verifyChain(worked.genesis, rounds, "replica");
  const { network } = chain;

  /** Verifies a worked block with one more proposal, by somebody with a key of the worked chain. */
  function verifyWithOneMore(index: number, author: string) {
    const round = rounds[index - 1];
    const seed = worked.keys.find(({ name }) => name === author)?.seed;
    if (round === undefined || seed === undefined) throw new Error("no such round or key");
    const key = secretKeyFromSeed(fromHex(seed));
    const { state, seedAfter } = stateBefore(chain, index);
    const content = {
      round: round.round,
      prevHash: state.tip.hash,
      bpm: 60,
      publicKey: key.publicKey,
      claim: network.rule.makeClaim(network.chainId, key, round.round, state.tip.seed),
    };
    const proposal: Proposal = { ...content, signature: sign(key, "proposal", network.chainId, content) };
    const proposals = [...round.proposals, proposal];
    return verifyBlock({ network, state, block: round.block, depth: "full", proposals, seedAfter });
  }

  describe("whose proposal may be among those of a round (SPEC §7, proposals)", () => {
    test("not that of an account with transactions in the block of which none bonds: ivan only joined", () => {
      const { publicKey } = worked.keys.find(({ name }) => name === "ivan") ?? {};
      const own = rounds[11]?.block.transactions.filter((tx) => tx.type !== "slash" && tx.publicKey === publicKey);
      expect(own?.map(({ type }) => type)).toEqual(["join"]);
      expect(verifyWithOneMore(12, "ivan")).toMatchObject({ ok: false, error: { rule: "proposals" } });
    });

    test("that of an account that bonded in this very block: heidi; the count then tells that it is one too many", () => {
      expect(verifyWithOneMore(12, "heidi")).toMatchObject({ ok: false, error: { rule: "proposalCount" } });
    });
  });
});
