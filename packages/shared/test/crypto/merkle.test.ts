import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../src/crypto/hash.ts";
import {
  inclusionProof,
  leafHash,
  leafHashHex,
  merkleRoot,
  nodeHash,
  nodeHashHex,
  verifyConsistency,
  verifyInclusion,
} from "../../src/crypto/merkle.ts";
import { fromHex, toHex } from "../../src/encoding/hex.ts";
import { flipBit } from "../support/bytes.ts";
import { describeWithVectors } from "../support/vectors.ts";

interface TreeCase {
  size: number;
  leaves: string[];
  leafHashes: string[];
  root: string;
}

describeWithVectors<{ nodeHashes: string[][]; cases: TreeCase[] }>("merkle-rfc6962.json", ({ nodeHashes, cases }) => {
  test.each(cases)("the tree of $size leaves has the published root", ({ leaves, leafHashes, root }) => {
    expect(leaves.map((leaf) => toHex(sha256(Uint8Array.of(0), fromHex(leaf))))).toEqual(leafHashes);
    expect(merkleRoot(leafHashes.map(fromHex))).toBe(root);
  });

  test("every inner node of the tree of 8 leaves is the published one", () => {
    for (const [height, parents] of nodeHashes.slice(1).entries()) {
      const children = (nodeHashes[height] ?? []).map(fromHex);
      const pairs = children.flatMap((left, index) => {
        const right = children[index + 1];
        return index % 2 === 0 && right !== undefined ? [toHex(nodeHash(left, right))] : [];
      });
      expect(pairs).toEqual(parents);
    }
  });
});

interface InclusionCase {
  kind: "inclusion";
  name: string;
  leafIndex: string;
  treeSize: string;
  leafHash: string;
  root: string;
  proof: string[];
  expected: string;
}

interface ConsistencyCase {
  kind: "consistency";
  name: string;
  size1: string;
  size2: string;
  root1: string;
  root2: string;
  proof: string[];
  expected: string;
}

describeWithVectors<{ cases: (InclusionCase | ConsistencyCase)[] }>("merkle-rfc6962-proofs.json", ({ cases }) => {
  /** Its two equal "roots" are placeholders of 12 bytes. A hash has 32 here, so it is refused; with real roots it holds. */
  const placeholders = "consistency/additional/sizes-are-equal-one-and-proof-is-empty";

  test.each(cases)("$name: $expected", (entry) => {
    const expected = entry.expected === "valid" && entry.name !== placeholders;
    if (entry.kind === "inclusion") {
      // Sizes are decimal strings: two of them pass 2^53 and are refused as integers that are not safe.
      const [index, size] = [Number(entry.leafIndex), Number(entry.treeSize)];
      expect(verifyInclusion(fromHex(entry.leafHash), index, size, entry.proof, entry.root)).toBe(expected);
    } else {
      const [size1, size2] = [Number(entry.size1), Number(entry.size2)];
      expect(verifyConsistency(size1, size2, entry.proof, entry.root1, entry.root2)).toBe(expected);
    }
  });

  test("the case with placeholders holds with roots in their place", () => {
    const entry = cases.find(({ name }) => name === placeholders);
    if (entry?.kind !== "consistency") throw new Error(`${placeholders} is missing`);
    expect(entry.root1).toBe(entry.root2);
    const root = toHex(sha256(fromHex(entry.root1)));
    expect(verifyConsistency(Number(entry.size1), Number(entry.size2), entry.proof, root, root)).toBe(true);
  });
});

describe("a Merkle tree (RFC 9162 §2.1)", () => {
  const hashes = (count: number, salt: number) => Array.from({ length: count }, (_, index) => leafHash([salt, index]));
  const trees = fc.tuple(fc.integer({ min: 0, max: 70 }), fc.nat()).map(([count, salt]) => hashes(count, salt));
  const treesWithIndex = fc
    .tuple(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat())
    .map(([count, salt, pick]) => ({ leaves: hashes(count, salt), index: pick % count }));

  test("a leaf is SHA-256 over a zero byte and the canonical JSON (SPEC §1)", () => {
    expect(leafHash({ b: "é", a: 1 })).toEqual(sha256(Uint8Array.of(0), Buffer.from('{"a":1,"b":"é"}', "utf8")));
  });

  test("a node takes children of 32 bytes only", () => {
    const child = new Uint8Array(32);
    expect(() => nodeHash(child, new Uint8Array(31))).toThrow(RangeError);
    expect(() => nodeHash(new Uint8Array(33), child)).toThrow(RangeError);
    const hex = toHex(child);
    for (const wrong of ["", "00".repeat(31), "00".repeat(33), "0g".repeat(32), `${hex}0`]) {
      expect(() => nodeHashHex(hex, wrong)).toThrow(RangeError);
      expect(() => nodeHashHex(wrong, hex)).toThrow(RangeError);
    }
    expect(() => nodeHashHex("00".repeat(31), "00".repeat(33))).toThrow(RangeError);
  });

  test("leaves and nodes are the same as bytes and as hex", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.jsonValue({ maxDepth: 6 }), (one, other) => {
        const [left, right] = [leafHash(one), leafHash(other)];
        expect(leafHashHex(one)).toBe(toHex(left));
        expect(nodeHashHex(toHex(left), toHex(right))).toBe(toHex(nodeHash(left, right)));
      }),
    );
  });

  test("its root agrees with the recursive definition (§2.1.1)", () => {
    fc.assert(
      fc.property(trees, (leaves) => {
        expect(merkleRoot(leaves)).toBe(toHex(treeHash(leaves)));
      }),
      { numRuns: 1000 },
    );
  });

  test("its inclusion proofs are the recursively defined ones (§2.1.3.1), and verify", () => {
    fc.assert(
      fc.property(treesWithIndex, ({ leaves, index }) => {
        const proof = inclusionProof(leaves, index);
        expect(proof).toEqual(path(index, leaves).map(toHex));
        expect(verifyInclusion(leafAt(leaves, index), index, leaves.length, proof, merkleRoot(leaves))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("an inclusion proof breaks with a bit flipped in leaf, path or root, and at another place", () => {
    fc.assert(
      fc.property(treesWithIndex, fc.nat(), fc.integer({ min: 0, max: 255 }), ({ leaves, index }, pick, bit) => {
        const proof = inclusionProof(leaves, index);
        const root = merkleRoot(leaves);
        const [leaf, size] = [leafAt(leaves, index), leaves.length];
        expect(verifyInclusion(fromHex(flipBit(toHex(leaf), bit)), index, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, proof, flipBit(root, bit))).toBe(false);
        const bent = proof.map((hash, place) => (place === pick % proof.length ? flipBit(hash, bit) : hash));
        if (proof.length > 0) expect(verifyInclusion(leaf, index, size, bent, root)).toBe(false);
        if (size > 1)
          expect(verifyInclusion(leaf, (index + 1 + (pick % (size - 1))) % size, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, [...proof, root], root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, proof.slice(0, -1), root)).toBe(size === 1);
      }),
      { numRuns: 1000 },
    );
  });

  test("trees are consistent with their own beginnings (§2.1.4), and with no others", () => {
    fc.assert(
      fc.property(treesWithIndex, fc.nat(), fc.integer({ min: 0, max: 255 }), ({ leaves, index }, pick, bit) => {
        const size1 = index + 1;
        const [root1, root2] = [merkleRoot(leaves.slice(0, size1)), merkleRoot(leaves)];
        const proof = subproof(size1, leaves, true).map(toHex);
        expect(verifyConsistency(size1, leaves.length, proof, root1, root2)).toBe(true);
        expect(verifyConsistency(size1, leaves.length, proof, flipBit(root1, bit), root2)).toBe(false);
        expect(verifyConsistency(size1, leaves.length, proof, root1, flipBit(root2, bit))).toBe(false);
        expect(verifyConsistency(size1, leaves.length, [...proof, root1], root1, root2)).toBe(false);
        const bent = proof.map((hash, place) => (place === pick % proof.length ? flipBit(hash, bit) : hash));
        if (proof.length > 0) expect(verifyConsistency(size1, leaves.length, bent, root1, root2)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test("a path that goes on above the root shows nothing, not even for what it then leads to", () => {
    const [leaves, above] = [hashes(7, 0), leafHash("above")];
    const raised = (count: number) => toHex(nodeHash(above, fromHex(merkleRoot(leaves.slice(0, count)))));
    const path = [...inclusionProof(leaves, 4), toHex(above)];
    expect(verifyInclusion(leafAt(leaves, 4), 4, 7, path, raised(7))).toBe(false);
    const subpath = [...subproof(5, leaves, true).map(toHex), toHex(above)];
    expect(verifyConsistency(5, 7, subpath, raised(5), raised(7))).toBe(false);
  });

  test("a proof for a tree of more than 2^32 leaves is followed to its end", () => {
    // The left half is a full tree of 2^40 leaves known by its hash only; the leaf is the single one to the right of it.
    const [half, leaf] = [leafHash("half"), leafHash("leaf")];
    const root = toHex(nodeHash(half, leaf));
    expect(verifyInclusion(leaf, 2 ** 40, 2 ** 40 + 1, [toHex(half)], root)).toBe(true);
    expect(verifyInclusion(leaf, 2 ** 40 - 1, 2 ** 40 + 1, [toHex(half)], root)).toBe(false);
    expect(verifyInclusion(half, 0, 2 ** 40 + 1, [toHex(leaf)], root)).toBe(false);
  });

  test.each([
    ["a negative index", -1, 2],
    ["a fraction", 0.5, 2],
    ["an index as large as the tree", 2, 2],
    ["an empty tree", 0, 0],
    ["NaN", Number.NaN, 2],
    ["an infinite tree", 0, Number.POSITIVE_INFINITY],
    ["a size past 2^53−1", 0, 2 ** 53],
  ])("inclusion in %s is never shown", (_what, index, size) => {
    const leaves = hashes(2, 0);
    expect(verifyInclusion(leafAt(leaves, 0), index, size, inclusionProof(leaves, 0), merkleRoot(leaves))).toBe(false);
  });

  test("there is no proof for a leaf that is not there", () => {
    expect(() => inclusionProof(hashes(3, 0), 3)).toThrow(RangeError);
    expect(() => inclusionProof([], 0)).toThrow(RangeError);
    expect(() => inclusionProof(hashes(3, 0), -1)).toThrow(RangeError);
    expect(() => inclusionProof(hashes(3, 0), 0.5)).toThrow(RangeError);
  });
});

/** k of RFC 9162 §2.1.1: the largest power of two smaller than n. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** MTH(D_n), RFC 9162 §2.1.1, from leaf hashes. */
function treeHash(leaves: readonly Uint8Array[]): Uint8Array {
  const [first, second] = leaves;
  if (first === undefined) return sha256(new Uint8Array(0));
  if (second === undefined) return first;
  const k = split(leaves.length);
  return sha256(Uint8Array.of(1), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

/** PATH(m, D_n), RFC 9162 §2.1.3.1. */
function path(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m < k ? [...path(m, left), treeHash(right)] : [...path(m - k, right), treeHash(left)];
}

/** SUBPROOF(m, D_n, b), RFC 9162 §2.1.4.1. */
function subproof(m: number, leaves: readonly Uint8Array[], complete: boolean): Uint8Array[] {
  if (m === leaves.length) return complete ? [] : [treeHash(leaves)];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m <= k
    ? [...subproof(m, left, complete), treeHash(right)]
    : [...subproof(m - k, right, false), treeHash(left)];
}

function leafAt(leaves: readonly Uint8Array[], index: number): Uint8Array {
  const leaf = leaves[index];
  if (leaf === undefined) throw new Error(`no leaf ${index}`);
  return leaf;
}
