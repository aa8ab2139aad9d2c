import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { applyTransaction } from "../../src/chain/apply-transaction.ts";
import { genesisState } from "../../src/chain/chain-state.ts";
import { networkOf } from "../../src/chain/network.ts";
import { type SecretKey, secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { sign } from "../../src/crypto/signature.ts";
import { getAccount, type Ledger } from "../../src/ledger/ledger.ts";
import type { EvidenceOfValidator } from "../../src/model/evidence.ts";
import type { SignedProposal } from "../../src/model/proposal.ts";

vi.mock(import("../../src/crypto/vrf.ts"), async (original) => {
  const { memoizedVrf } = await import("../support/memoized-vrf.ts");
  return memoizedVrf(original);
});

const keyOf = (byte: number): SecretKey => secretKeyFromSeed(new Uint8Array(32).fill(byte));
const [alice, bob, stranger] = [keyOf(2), keyOf(3), keyOf(4)];
const network = networkOf({
  version: 1,
  network: "offences",
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
  hub: keyOf(1).publicKey,
  accounts: [alice, bob].map(({ publicKey }, i) => ({ publicKey, name: `v${i}`, liquid: 50, bonded: 100 })),
});
const { chainId } = network;
const { ledger } = genesisState(network);
/** A later block of the chain, and the seed that it left. */
const LATER = { hash: "b".repeat(64), seed: "5".repeat(64) };
const seedAfter = (hash: string): string | undefined =>
  hash === chainId ? chainId : hash === LATER.hash ? LATER.seed : undefined;
const context = { network, round: 7, seedAfter };

type Content = Omit<SignedProposal, "signature" | "publicKey">;

function signed(content: Partial<Content> = {}, key = alice): SignedProposal {
  const claim = { output: "00".repeat(64), proof: "00".repeat(80) };
  const unsigned = { round: 1, prevHash: chainId, bpm: 60, claim, ...content, publicKey: key.publicKey };
  return { ...unsigned, signature: sign(key, "proposal", chainId, unsigned) };
}

function apply(evidence: unknown, to: Ledger = ledger) {
  return applyTransaction(context, to, { type: "slash", evidence });
}

function codeOf(evidence: unknown, to: Ledger = ledger): string {
  const applied = apply(evidence, to);
  return applied.ok ? "slashed" : applied.error.code;
}

const trueClaim = (round: number, seed: string) => network.rule.makeClaim(chainId, alice, round, seed);
const badSignature = <P extends SignedProposal>(proposal: P): P => ({ ...proposal, signature: "00".repeat(64) });

describe("evidence of a polluted bpm (SPEC §3)", () => {
  /** What may stand as a bpm in evidence. */
  const anyBpm = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constantFrom(null, true, false, 1e300, -5, 0, 2 ** 53, 72.5, "", "72", "fast", "é".repeat(64)),
    fc.string({ maxLength: 30 }),
  );

  test("holds for exactly those signed values that are no numbers with an integral value", () => {
    fc.assert(
      fc.property(anyBpm, fc.nat(), (bpm, round) => {
        const isIntegral = typeof bpm === "number" && Math.floor(bpm) === bpm;
        expect(codeOf({ kind: "bpm", proposal: signed({ bpm, round }) })).toBe(isIntegral ? "NO_OFFENCE" : "slashed");
      }),
      { numRuns: 1000 },
    );
  });

  test.each<[string, unknown]>([
    ["a list", [72]],
    ["an object", { value: 72 }],
    ["a number beyond JSON's", JSON.parse("1e400")],
    ["text of 65 UTF-16 code units", "é".repeat(65)],
    ["text of 33 emoji, which are 66 code units", "🙂".repeat(33)],
  ])("is malformed with %s as bpm", (_, bpm) => {
    expect(codeOf({ kind: "bpm", proposal: { ...signed(), bpm } })).toBe("MALFORMED");
  });
});

describe("evidence of equivocation (SPEC §3)", () => {
  const anyContent = fc.record({
    round: fc.constantFrom(1, 2),
    bpm: fc.constantFrom<Content["bpm"]>(60, 61, "x"),
    prevHash: fc.constantFrom(chainId, "f".repeat(64)),
    claim: fc.constantFrom("00", "11").map((byte) => ({ output: byte.repeat(64), proof: "00".repeat(80) })),
  });

  test("holds for exactly two signed proposals of one key and round that differ in more than the signature", () => {
    fc.assert(
      fc.property(anyContent, anyContent, fc.constantFrom(alice, bob), (a, b, author) => {
        const evidence = { kind: "equivocation", first: signed(a), second: signed(b, author) };
        const proves = author === alice && a.round === b.round && JSON.stringify(a) !== JSON.stringify(b);
        expect(codeOf(evidence)).toBe(proves ? "slashed" : "NO_OFFENCE");
      }),
      { numRuns: 1000 },
    );
  });

  test("does not hold where either one is not signed by its author", () => {
    const [first, second] = [signed({ bpm: 60 }), signed({ bpm: 61 })];
    expect(codeOf({ kind: "equivocation", first: badSignature(first), second })).toBe("BAD_SIGNATURE");
    expect(codeOf({ kind: "equivocation", first, second: badSignature(second) })).toBe("BAD_SIGNATURE");
    expect(codeOf({ kind: "equivocation", first, second })).toBe("slashed");
  });
});

describe("evidence of a false claim (SPEC §3)", () => {
  const proof = (claim: Content["claim"], round = 1, prevHash = chainId) => ({
    kind: "vrf",
    proposal: signed({ claim, round, prevHash }),
  });

  test.each([
    ["genesis", chainId, chainId],
    ["a later block", LATER.hash, LATER.seed],
  ])("is judged by the seed in force after the block that the proposal names: %s", (_, prevHash, seed) => {
    expect(codeOf(proof(trueClaim(1, seed), 1, prevHash))).toBe("NO_OFFENCE");
    expect(codeOf(proof(trueClaim(9, seed), 9, prevHash))).toBe("NO_OFFENCE");
    expect(codeOf(proof(trueClaim(2, seed), 1, prevHash))).toBe("slashed");
    const other = seed === chainId ? LATER.seed : chainId;
    expect(codeOf(proof(trueClaim(1, other), 1, prevHash))).toBe("slashed");
  });

  test("holds for a wrong output beside a right proof, and for the other way round", () => {
    const claim = trueClaim(1, chainId);
    const other = trueClaim(2, chainId);
    expect(codeOf(proof({ ...claim, output: other.output }))).toBe("slashed");
    expect(codeOf(proof({ ...claim, proof: other.proof }))).toBe("slashed");
    expect(codeOf(proof(claim))).toBe("NO_OFFENCE");
  });

  test("says nothing on a block that is none of this chain", () => {
    expect(codeOf(proof(trueClaim(2, chainId), 1, "e".repeat(64)))).toBe("UNKNOWN_BLOCK");
  });
});

describe("a slash (SPEC §3)", () => {
  const polluted = (key: SecretKey): EvidenceOfValidator => ({ kind: "bpm", proposal: signed({ bpm: 0.5 }, key) });

  test("burns bonded, activating and unbonding, tombstones, and leaves name and liquid", () => {
    const applied = apply(polluted(alice));
    if (!applied.ok) throw new Error(applied.error.code);
    expect(getAccount(applied.value, alice.publicKey)).toEqual({
      publicKey: alice.publicKey,
      name: "v0",
      nonce: 1,
      liquid: 50,
      bonded: 0,
      activating: [],
      unbonding: [],
      tombstoned: true,
    });
    expect(applied.value.burned).toBe(100);
    expect(getAccount(ledger, alice.publicKey)?.bonded).toBe(100);
  });

  test("happens once: a second offence of the same key changes nothing", () => {
    const once = apply(polluted(alice));
    if (!once.ok) throw new Error(once.error.code);
    expect(codeOf(polluted(alice), once.value)).toBe("ALREADY_SLASHED");
    expect(codeOf(polluted(bob), once.value)).toBe("slashed");
  });

  test("needs an author with an account, whether anything is bonded or not", () => {
    expect(codeOf(polluted(stranger))).toBe("UNKNOWN_ACCOUNT");
    const unbond = { type: "unbond", publicKey: bob.publicKey, nonce: 1, amount: 100 };
    const idle = applyTransaction(context, ledger, { ...unbond, signature: sign(bob, "tx", chainId, unbond) });
    if (!idle.ok) throw new Error(idle.error.code);
    const applied = apply(polluted(bob), idle.value);
    expect(applied).toMatchObject({ ok: true, value: { burned: 100 } });
  });

  test("needs the author's own signature, whatever the kind", () => {
    for (const kind of ["bpm", "vrf"]) {
      const proposal = badSignature(signed({ bpm: kind === "bpm" ? 0.5 : 60 }));
      expect(codeOf({ kind, proposal })).toBe("BAD_SIGNATURE");
    }
  });
});
