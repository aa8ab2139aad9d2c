import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProposal } from "../../src/chain/check-proposal.ts";
import { networkOf } from "../../src/chain/network.ts";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { sign } from "../../src/crypto/signature.ts";
import { proposalForm } from "../../src/model/proposal.ts";
import { nearMissOf } from "../support/arbitrary-of-form.ts";
import { leavesOf, replaceAt } from "../support/json-tree.ts";
import { otherValues } from "../support/other-values.ts";

const alice = secretKeyFromSeed(new Uint8Array(32).fill(2));
const network = networkOf({
  version: 1,
  network: "proposals",
  rule: "stake-lottery",
  createdAt: "2026-01-01T00:00:00.000Z",
  roundMs: 1000,
  faucet: 0,
  blockReward: 0,
  unbondingRounds: 5,
  activationDelay: 0,
  bpmMin: 30,
  bpmMax: 220,
  params: {},
  hub: secretKeyFromSeed(new Uint8Array(32).fill(1)).publicKey,
  accounts: [],
});
const ROUND = 7;
const TIP = "a".repeat(64);

function signed(content: object = {}) {
  const claim = { output: "00".repeat(64), proof: "00".repeat(80) };
  const unsigned = { round: ROUND, prevHash: TIP, bpm: 60, claim, publicKey: alice.publicKey, ...content };
  return { ...unsigned, signature: sign(alice, "proposal", network.chainId, unsigned) };
}

function codeOf(proposal: unknown): string {
  const checked = checkProposal(network, proposal, ROUND, TIP);
  return checked.ok ? "ok" : checked.error.code;
}

describe("what a proposal must be for a round on a tip (SPEC §4)", () => {
  test.each<[string, object]>([
    ["ok", {}],
    ["ok", { bpm: 30 }],
    ["ok", { bpm: 220 }],
    ["ROUND_CLOSED", { round: ROUND - 1 }],
    ["ROUND_NOT_OPEN", { round: ROUND + 1 }],
    ["STALE_TIP", { prevHash: "b".repeat(64) }],
    ["BPM_OUT_OF_RANGE", { bpm: 29 }],
    ["BPM_OUT_OF_RANGE", { bpm: 221 }],
    ["MALFORMED", { bpm: 72.5 }],
    ["MALFORMED", { bpm: -1 }],
    ["MALFORMED", { bpm: "72" }],
    ["MALFORMED", { extra: 1 }],
  ])("%s: %o", (code, content) => {
    expect(codeOf(signed(content))).toBe(code);
  });

  test("one that is wrong in one place of its form is malformed, and the place is named", () => {
    fc.assert(
      fc.property(nearMissOf(proposalForm) ?? fc.constant({ value: null, path: "" }), ({ value, path }) => {
        expect(checkProposal(network, value, ROUND, TIP)).toMatchObject({
          ok: false,
          error: { code: "MALFORMED", path },
        });
      }),
      { numRuns: 1000 },
    );
  });

  test("its signature holds for no other value of any field", () => {
    const proposal = signed();
    for (const { path, value } of leavesOf(proposal)) {
      for (const other of otherValues(value)) expect(codeOf(replaceAt(proposal, path, other))).not.toBe("ok");
    }
  });
});
