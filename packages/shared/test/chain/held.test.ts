import { describe, expect, test } from "vitest";
import { validHeld } from "../../src/chain/block-context.ts";
import { networkOf } from "../../src/chain/network.ts";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { leafHash } from "../../src/crypto/merkle.ts";
import { sign } from "../../src/crypto/signature.ts";
import { fromHex, toHex } from "../../src/encoding/hex.ts";
import { NOTHING_HELD } from "../../src/rules/check.ts";
import { describeWithVectors } from "../support/vectors.ts";
import { sealedBlocks, type WorkedChain } from "../support/worked-chain.ts";

describeWithVectors<WorkedChain>("worked-chain.json", (worked) => {
  const network = networkOf(worked.genesis);
  const { chainId } = network;
  const [hubKey, aliceKey] = worked.keys.map(({ seed }) => secretKeyFromSeed(fromHex(seed)));
  const round = sealedBlocks(worked)[1];
  const [proposal, otherProposal] = round?.proposals ?? [];
  const [transaction, otherTransaction] = round?.block.transactions ?? [];
  if (!(hubKey && aliceKey && round && proposal && otherProposal && transaction && otherTransaction))
    throw new Error("the worked chain lacks what is held");

  const leafOf = (value: unknown): string => toHex(leafHash(value));
  const receipt = <T extends object>(content: T, key = hubKey, tag: "receipt" | "opening" = "receipt") => ({
    ...content,
    signature: sign(key, tag, chainId, content),
  });

  describe("a receipt says something if the hub signed it for what it stands beside (SPEC §4, §7)", () => {
    const leaf = leafOf(proposal);
    const right = receipt({ round: proposal.round, leaf });

    test.each([
      ["the right one", true, right],
      ["one of another key", false, receipt({ round: proposal.round, leaf }, aliceKey)],
      ["one for another proposal", false, receipt({ round: proposal.round, leaf: leafOf(otherProposal) })],
      ["one for another round than the proposal's", false, receipt({ round: proposal.round + 1, leaf })],
      ["one changed after it was signed", false, { ...right, leaf: leafOf(otherProposal) }],
      ["one signed as something else", false, receipt({ round: proposal.round, leaf }, hubKey, "opening")],
    ])("of a proposal: %s: %s", (_, counts, given) => {
      const held = { ...NOTHING_HELD, proposals: [{ proposal, receipt: given }] };
      expect(validHeld(network, held)).toEqual(counts ? held : NOTHING_HELD);
    });

    const tx = leafOf(transaction);

    test.each([
      ["the right one", true, receipt({ round: 2, tx })],
      ["one for a later round, where it is to wait", true, receipt({ round: 9, tx })],
      ["one of another key", false, receipt({ round: 2, tx }, aliceKey)],
      ["one for another transaction", false, receipt({ round: 2, tx: leafOf(otherTransaction) })],
      ["one changed after it was signed", false, { ...receipt({ round: 2, tx }), round: 3 }],
    ])("of a transaction: %s: %s", (_, counts, given) => {
      const held = { ...NOTHING_HELD, transactions: [{ transaction, receipt: given }] };
      expect(validHeld(network, held)).toEqual(counts ? held : NOTHING_HELD);
    });
  });

  test("an opening says something if the hub signed it (SPEC §4, §7)", () => {
    const { signature: _, ...content } = round.opening;
    const openings = [round.opening, receipt(content, aliceKey, "opening"), receipt(content, hubKey, "receipt")];
    expect(validHeld(network, { ...NOTHING_HELD, openings })).toEqual({ ...NOTHING_HELD, openings: [round.opening] });
  });
});
