import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { openStoredNetwork } from "../../src/data/stored-network.ts";
import { verifyChain } from "../../src/data/verify-chain.ts";
import { sentenceOfVerifyFinding, sentenceOfVerifyReport } from "../../src/words/verify.ts";
import { anna, filledDirectory, zoe } from "../support/filled-directory.ts";

/** What verifying a directory comes to, as a sentence; with the progress that it told. */
function verify(directory: string): { sentence: string; progress: [number, number][] } {
  const stored = openStoredNetwork(directory);
  if (!stored.ok) throw new Error(stored.error.code);
  const progress: [number, number][] = [];
  const { network, reader, close } = stored.value;
  const result = verifyChain(network, reader, (index, tipIndex) => progress.push([index, tipIndex]));
  close();
  const sentence = result.ok ? sentenceOfVerifyReport(result.value) : sentenceOfVerifyFinding(result.error);
  return { sentence, progress };
}

describe("verifying a stored chain (SPEC §7)", () => {
  it("looks at every block in full, and says how far it is", () => {
    const { directory, data } = filledDirectory(3);
    expect(verify(directory)).toEqual({
      sentence: "All holds: 3 blocks, 2 accounts.",
      progress: [
        [1, 3],
        [2, 3],
        [3, 3],
      ],
    });
    data.close();
  });

  it("takes in what a hub adds meanwhile", () => {
    const { directory, data, chain } = filledDirectory(2);
    const stored = openStoredNetwork(directory);
    if (!stored.ok) throw new Error(stored.error.code);
    const { network, reader, close } = stored.value;
    const result = verifyChain(network, reader, (index) => {
      if (index < 4) chain.run(1, []);
    });
    // A round without proposals makes no block: only the round that was open before has one.
    expect(result).toEqual({ ok: true, value: { full: 3, replica: 0, accounts: 2 } });
    close();
    data.close();
  });

  it("checks the blocks whose proposals are no longer kept without them, and says so", () => {
    const { directory, data } = filledDirectory(3);
    data.store.pruneProposals(3);
    data.close();
    expect(verify(directory).sentence).toBe(
      "All holds: 3 blocks (2 without their proposals, which are no longer kept), 2 accounts.",
    );
  });

  it("follows a round without a winner, and a slash whose evidence speaks of an earlier block", () => {
    const { directory, data, chain, blocks } = filledDirectory(3);
    chain.equivocate(anna, 73);
    chain.close();
    // A claim that is right for another round only, signed for the round after block 1.
    const prevHash = blocks[0]?.hash ?? "";
    const proposal = chain.signProposal(zoe, { round: 2, prevHash, bpm: 72 }, chain.claimOf(zoe, 9));
    chain.handIn({ type: "slash", evidence: { kind: "vrf", proposal } });
    chain.close();
    data.close();
    expect(blocks.at(-1)?.transactions).toMatchObject([{ type: "slash", evidence: { kind: "vrf" } }]);
    expect(verify(directory).sentence).toBe("All holds: 5 blocks, 2 accounts.");
  });

  it.each([
    [
      "a changed block",
      "UPDATE blocks SET json = json_replace(json, '$.bpm', 99) WHERE block_index = 2",
      /^block 2 breaks the rule hash: expected [0-9a-f]{64}, got [0-9a-f]{64}$/,
    ],
    [
      "a block that is no JSON",
      "UPDATE blocks SET json = 'x' WHERE block_index = 1",
      /^block 1 breaks the rule form: /,
    ],
    ["a missing block", "DELETE FROM blocks WHERE block_index = 2", /^block 2 breaks the rule index: /],
    ["a missing last block", "DELETE FROM blocks WHERE block_index = 3", /does not fit: account [01]: /],
    [
      "a missing proposal",
      "DELETE FROM proposals WHERE arrival = (SELECT min(arrival) FROM proposals WHERE round = 3)",
      /^block 3 breaks the rule proposalCount: expected 1, got 2$/,
    ],
    [
      "a changed proposal",
      "UPDATE proposals SET json = json_replace(json, '$.bpm', 99) WHERE round = 2",
      /^block 2 breaks the rule proposals: expected an acceptable proposal, got proposal of [0-9a-f]{64}: BAD_SIGNATURE$/,
    ],
    [
      "a changed seed",
      `UPDATE blocks SET next_seed = '${"0".repeat(64)}' WHERE block_index = 2`,
      /does not fit: block 2, column next_seed: /,
    ],
    [
      "a changed hash column",
      `UPDATE blocks SET hash = '${"0".repeat(64)}' WHERE block_index = 2`,
      /does not fit: block 2, column hash: /,
    ],
    ["a changed account", "UPDATE accounts SET json = json_set(json, '$.liquid', 1)", /does not fit: account 0: /],
    ["a missing account", "DELETE FROM accounts WHERE position = 1", /does not fit: accounts: expected 2, got 1$/],
    ["a changed win", "UPDATE wins SET wins = wins + 1", /does not fit: wins of [0-9a-f]{64}: expected \d+, got \d+$/],
    ["a changed total", "UPDATE state SET burned = 1", /does not fit: burned tokens: expected 0, got 1$/],
  ])("names %s", (_, sql, sentence) => {
    const { directory, data } = filledDirectory(3);
    data.close();
    const database = new DatabaseSync(join(directory, "chain.db"));
    database.exec(sql);
    database.close();
    expect(verify(directory).sentence).toMatch(sentence);
  });
});
