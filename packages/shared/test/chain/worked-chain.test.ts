import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { BlockContext } from "../../src/chain/block-context.ts";
import { leafHash } from "../../src/crypto/merkle.ts";
import { verifySignature } from "../../src/crypto/signature.ts";
import { toHex } from "../../src/encoding/hex.ts";
import { isSealedBlock, isSignedOpening } from "../../src/evidence/dishonest-hub.ts";
import { accountsOf, type Ledger, ledgerRoot, restoreLedger, stakeOf } from "../../src/ledger/ledger.ts";
import { compareEntries, drawEntry } from "../../src/lottery/entry.ts";
import { log2Fixed } from "../../src/lottery/log2.ts";
import { unsigned } from "../../src/model/proposal.ts";
import { NOTHING_HELD } from "../../src/rules/check.ts";
import { describeWithVectors } from "../support/vectors.ts";
import {
  sealedBlocks,
  stateBefore,
  type VerifiedChain,
  verifyChain,
  type WorkedChain,
  type WorkedEntry,
  type WorkedRound,
} from "../support/worked-chain.ts";

interface Shell {
  readonly shell: { readonly block: number; readonly command: string; readonly header: string; readonly hash: string };
}

describeWithVectors<WorkedChain & Shell>("worked-chain.json", (worked) => {
  describeChain(worked);

  test.runIf(process.platform === "linux")("a header's hash can be recomputed with sha256sum (SPEC §1)", () => {
    const printed = execFileSync("sh", ["-c", worked.shell.command], { encoding: "utf8" });
    expect(printed.slice(0, 64)).toBe(sealedBlocks(worked)[worked.shell.block - 1]?.block.hash);
  });
});

describeWithVectors<WorkedChain>("worked-chain-activation.json", describeChain);

function describeChain(worked: WorkedChain): void {
  const blocks = sealedBlocks(worked);
  const chain = verifyChain(worked.genesis, blocks, "full");
  const { genesis, chainId } = chain.network;

  test("its chain id is the hash of genesis (SPEC §2)", () => {
    expect(chainId).toBe(worked.chainId);
  });

  test.each(["links", "replica", "full"] as const)(
    "every block verifies to depth %s, to one state (SPEC §7)",
    (depth) => {
      const verified = verifyChain(worked.genesis, blocks, depth);
      expect(verified.states.map(({ tip }) => tip)).toEqual(chain.states.map(({ tip }) => tip));
      expect(verified.states.map(({ ledger }) => ledgerRoot(ledger))).toEqual([
        ledgerRoot(stateBefore(chain, 1).state.ledger),
        ...blocks.map(({ block }) => block.ledgerRoot),
      ]);
    },
  );

  test("replay ends in the final accounts, minted, burned and seed (SPEC §3, §6)", () => {
    const { ledger, tip } = stateBefore(chain, blocks.length + 1).state;
    expect(accountsOf(ledger)).toEqual(worked.finalAccounts);
    expect([ledger.minted, ledger.burned, tip.seed]).toEqual([worked.minted, worked.burned, worked.lastSeed]);
    expect(restoreLedger(worked.finalAccounts, worked.minted, worked.burned).totals).toEqual(ledger.totals);
  });

  describe.each(worked.rounds)("round $round", (round) => {
    const index = blocks.filter((sealed) => sealed.round < round.round).length + 1;
    const { state } = stateBefore(chain, index);

    test("its opening is the hub's, on the tip, and closes when the block says (SPEC §4)", () => {
      const { opening, block } = round;
      expect(isSignedOpening(genesis, chainId, opening)).toBe(true);
      expect(opening).toMatchObject({ round: round.round, prevHash: state.tip.hash });
      if (block !== null) expect(opening.closesAt).toBe(block.timestamp);
    });

    test("its receipts name what the hub took, and are the hub's (SPEC §4)", () => {
      const handedIn = [
        ...(round.block?.transactions ?? []).slice(0, round.receipts.length - round.proposals.length),
        ...round.proposals,
      ];
      const named = round.receipts.map((receipt) => ("tx" in receipt ? receipt.tx : receipt.leaf));
      expect(named).toEqual(handedIn.map((thing) => toHex(leafHash(thing))));
      for (const receipt of round.receipts) {
        expect(receipt.round).toBe(round.round);
        expect(verifySignature(genesis.hub, "receipt", chainId, unsigned(receipt), receipt.signature)).toBe(true);
      }
    });

    test("its seed is the one that the rounds before left, and so is the next one (SPEC §5)", () => {
      expect(state.tip.seed).toBe(round.seed);
      const { block, seed, nextSeed } = round;
      expect(block === null ? seed : stateBefore(chain, index + 1).state.tip.seed).toBe(nextSeed);
    });

    const { block } = round;
    if (block === null) return;

    test("its block is sealed (SPEC §6)", () => {
      expect(isSealedBlock(genesis, chainId, block)).toBe(true);
    });

    test("tickets, scores, order and stakes of its draws reproduce to the last digit (SPEC §5)", () => {
      const ledgers = ledgersOf(chain, index, round);
      const draws = [...round.rejectedDraws, round.draws];
      // Each rejected draw adds one slash to the end of the block; the last draw comes after all of them.
      for (const [i, draw] of draws.entries()) {
        const ledger = ledgers[ledgers.length - draws.length + i];
        if (ledger === undefined) throw new Error("a draw without a ledger");
        expect(redraw(chainId, round, ledger, block.draw.beacon.output)).toEqual(draw);
      }
      expect(round.draws[0]?.publicKey ?? null).toBe(block.proposal?.publicKey ?? null);
    });
  });
}

/** The ledger before each transaction of a round's block and after the last. */
function ledgersOf(chain: VerifiedChain, index: number, { block }: WorkedRound): readonly Ledger[] {
  if (block === null) throw new Error("no block");
  const { network } = chain;
  const { state, seedAfter } = stateBefore(chain, index);
  const given = { network, state, block, held: NOTHING_HELD, proposals: [], seedAfter, trusted: false };
  const { ledgers } = new BlockContext(given);
  if (!ledgers.ok) throw new Error("a transaction does not hold");
  return ledgers.value;
}

/** The whole draw of a round by a ledger, the winner first. */
function redraw(chainId: string, { proposals }: WorkedRound, ledger: Ledger, beaconOutput: string): WorkedEntry[] {
  return proposals
    .filter(({ publicKey }) => stakeOf(ledger, publicKey) > 0)
    .map((proposal) => drawEntry(chainId, beaconOutput, proposal, stakeOf(ledger, proposal.publicKey)))
    .sort(compareEntries)
    .map(({ proposal: { publicKey }, stake, ticket, score }) => ({
      publicKey,
      stake,
      ticket,
      log2: String(log2Fixed((1n << 256n) - BigInt(`0x${ticket}`))),
      score: String(score),
    }));
}
