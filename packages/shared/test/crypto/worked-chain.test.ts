import { expect, test } from "vitest";
import { taggedHash } from "../../src/crypto/hash.ts";
import { addressOf, isValidPublicKey, secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { leafHash, merkleRoot } from "../../src/crypto/merkle.ts";
import { sign, verifySignature } from "../../src/crypto/signature.ts";
import { vrfProve, vrfVerify } from "../../src/crypto/vrf.ts";
import { canonicalize } from "../../src/encoding/canonical-json.ts";
import { fromHex, toHex } from "../../src/encoding/hex.ts";
import { taggedBytes } from "../../src/encoding/tagged-bytes.ts";
import { describeWithVectors } from "../support/vectors.ts";

interface Roll {
  output: string;
  proof: string;
}

interface Signed {
  signature: string;
}

interface WorkedChain {
  chainId: string;
  genesis: unknown;
  keys: { name: string; seed: string; publicKey: string; address: string }[];
  shell: { header: string; hash: string };
  samples: {
    alpha: { round: number; seed: string; alphaHex: string; alice: Roll; hub: Roll };
    ticket: { beacon: string; vrf: string; ticket: string };
    login: { challenge: string; publicKey: string; signature: string };
    opening: Signed & { round: number; prevHash: string; closesAt: string };
    receipts: { of: Signed; receipt: Signed & { leaf?: string; tx?: string } }[];
  };
  rounds: {
    block: { proposalsRoot: string; transactionsRoot: string; transactions: unknown[] } | null;
    proposals: unknown[];
  }[];
}

describeWithVectors<WorkedChain>("worked-chain.json", ({ chainId, genesis, keys, shell, samples, rounds }) => {
  const [hub, alice] = ["hub", "alice"].map((wanted) => {
    const found = keys.find(({ name }) => name === wanted);
    if (found === undefined) throw new Error(`no key of ${wanted}`);
    return secretKeyFromSeed(fromHex(found.seed));
  });
  if (hub === undefined || alice === undefined) throw new Error("keys are missing");

  test.each(keys)("the key of $name has its public key and address", ({ seed, publicKey, address }) => {
    expect(secretKeyFromSeed(fromHex(seed)).publicKey).toBe(publicKey);
    expect(isValidPublicKey(publicKey)).toBe(true);
    expect(addressOf(publicKey)).toBe(address);
  });

  test("the chain id is the hash of the genesis (SPEC §2)", () => {
    expect(taggedHash("genesis", "", genesis)).toBe(chainId);
  });

  test("a header's hash is that of its canonical text (SPEC §1)", () => {
    const header: unknown = JSON.parse(shell.header);
    expect(canonicalize(header)).toBe(shell.header);
    expect(taggedHash("block", chainId, header)).toBe(shell.hash);
  });

  test("the input of round 1, and what alice and the hub roll from it (SPEC §4, §5)", () => {
    const { round, seed, alphaHex } = samples.alpha;
    const alpha = taggedBytes("alpha", chainId, { round, seed });
    expect(toHex(alpha)).toBe(alphaHex);
    for (const [key, roll] of [
      [alice, samples.alpha.alice],
      [hub, samples.alpha.hub],
    ] as const) {
      expect(vrfProve(key, alpha)).toEqual(roll);
      expect(vrfVerify(key.publicKey, alpha, roll.proof)).toBe(roll.output);
    }
  });

  test("a ticket is the hash of both rolls (SPEC §5)", () => {
    const { beacon, vrf, ticket } = samples.ticket;
    expect(taggedHash("ticket", chainId, { beacon, vrf })).toBe(ticket);
  });

  test("a login is a signature over the hub's challenge (SPEC §4)", () => {
    const { challenge, publicKey, signature } = samples.login;
    expect(sign(alice, "login", chainId, { challenge })).toBe(signature);
    expect(verifySignature(publicKey, "login", chainId, { challenge }, signature)).toBe(true);
  });

  test("an opening and receipts carry the hub's signature over the rest (SPEC §4)", () => {
    const signed = [
      ["opening", samples.opening] as const,
      ...samples.receipts.map((entry) => ["receipt", entry.receipt] as const),
    ];
    for (const [tag, { signature, ...rest }] of signed) {
      expect(sign(hub, tag, chainId, rest)).toBe(signature);
      expect(verifySignature(hub.publicKey, tag, chainId, rest, signature)).toBe(true);
    }
    for (const { of, receipt } of samples.receipts) expect(toHex(leafHash(of))).toBe(receipt.leaf ?? receipt.tx);
  });

  test("each block's roots are those of its proposals and transactions (SPEC §6)", () => {
    expect(rounds.some(({ block }) => block !== null)).toBe(true);
    for (const { block, proposals } of rounds) {
      if (block === null) continue;
      expect(merkleRoot(proposals.map(leafHash))).toBe(block.proposalsRoot);
      expect(merkleRoot(block.transactions.map(leafHash))).toBe(block.transactionsRoot);
    }
  });
});
