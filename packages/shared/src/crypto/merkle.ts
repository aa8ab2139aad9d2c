import { canonicalize } from "../encoding/canonical-json.ts";
import { fromHex, type Hex, isHex, toHex } from "../encoding/hex.ts";
import { hexDigest, sha256, sha256OfText } from "./hash.ts";

/*
 * Merkle trees of RFC 9162 §2.1 over SHA-256. Leaves are given by their hashes. Level by level, an odd node left over
 * at the right end moves up as it is: that yields the same tree as the RFC's recursive definition.
 */

const HASH_BYTES = 32;
const LEAF_PREFIX = "\0";
const NODE_PREFIX = 0x01;

/**
 * `leaf(value)` of SPEC §1: SHA-256 over a zero byte and the canonical JSON of `value`; 32 bytes.
 *
 * @throws TypeError if `value` has no canonical form.
 */
export function leafHash(value: unknown): Uint8Array {
  return leafHashOfText(canonicalize(value));
}

/** The same for a value whose canonical JSON is known. */
export function leafHashOfText(canonical: string): Uint8Array {
  return sha256OfText(LEAF_PREFIX + canonical);
}

/** The same as hex, 0.7 µs sooner than through bytes. */
export function leafHashHexOfText(canonical: string): Hex {
  return hexDigest(LEAF_PREFIX + canonical);
}

/** Overwritten whole for every inner node and read before its hash is returned, so one is enough. */
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES).fill(NODE_PREFIX, 0, 1);

/**
 * The hash of an inner node (RFC 9162 §2.1.1): SHA-256 over a one byte and its two children.
 *
 * @throws RangeError if a child is not 32 bytes.
 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) throw new RangeError("a hash that is not 32 bytes");
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return sha256(nodeInput);
}

/**
 * {@link leafHash} as hex: for a hash that is kept. A small Buffer is a view of a slab that Node shares among many, so
 * that one which is kept keeps 64 KiB.
 *
 * @throws TypeError if `value` has no canonical form.
 */
export function leafHashHex(value: unknown): Hex {
  return hexDigest(LEAF_PREFIX + canonicalize(value));
}

/**
 * {@link nodeHash} from hex to hex.
 *
 * @throws RangeError if a child is not the hex of 32 bytes.
 */
export function nodeHashHex(left: Hex, right: Hex): Hex {
  const written =
    nodeInput.write(left, 1, HASH_BYTES, "hex") + nodeInput.write(right, 1 + HASH_BYTES, HASH_BYTES, "hex");
  if (left.length + right.length !== 4 * HASH_BYTES || written !== 2 * HASH_BYTES) {
    throw new RangeError("a hash that is not 32 bytes");
  }
  return hexDigest(nodeInput);
}

/** The Merkle tree hash (RFC 9162 §2.1.1) over leaf hashes; of an empty list, SHA-256 of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Hex {
  let level = leaves;
  while (level.length > 1) level = parentsOf(level);
  return toHex(level[0] ?? sha256());
}

/** All levels of a tree, from its leaf hashes up to the last two nodes: with them a proof needs no hashing. */
export function merkleLevels(leaves: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  const levels: (readonly Uint8Array[])[] = [leaves];
  for (let level = leaves; level.length > 2; levels.push(level)) level = parentsOf(level);
  return levels;
}

/**
 * The inclusion proof of the leaf at `index` (RFC 9162 §2.1.3.1): the sibling hashes from the leaf up to the root.
 *
 * @throws RangeError if there is no leaf at `index`.
 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Hex[] {
  return inclusionProofIn(merkleLevels(leaves), index);
}

/**
 * The same from {@link merkleLevels}.
 *
 * @throws RangeError if there is no leaf at `index`.
 */
export function inclusionProofIn(levels: readonly (readonly Uint8Array[])[], index: number): Hex[] {
  const [leaves = []] = levels;
  if (leaves[index] === undefined) throw new RangeError(`no leaf ${index} among ${leaves.length}`);
  const proof: Hex[] = [];
  let position = index;
  for (const level of levels) {
    const sibling = level[isOdd(position) ? position - 1 : position + 1];
    if (sibling !== undefined) proof.push(toHex(sibling));
    position = half(position);
  }
  return proof;
}

/**
 * Whether `proof` shows that the leaf with hash `leaf` is the one at `index` of the tree of `size` leaves with the hash
 * `root` (RFC 9162 §2.1.3.2). False for anything malformed: index and size are integers up to 2^53−1, hashes 32 bytes.
 */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Hex[],
  root: Hex,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (leaf.length !== HASH_BYTES || !proof.every(isHash)) return false;
  let fn = index;
  let sn = size - 1;
  let r = leaf;
  for (const p of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      r = nodeHash(fromHex(p), r);
      for (; !isOdd(fn) && fn !== 0; fn = half(fn)) sn = half(sn);
    } else {
      r = nodeHash(r, fromHex(p));
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && toHex(r) === root;
}

/**
 * Whether `proof` shows that the tree of `size1` leaves with the hash `root1` is a beginning of the tree of `size2`
 * leaves with the hash `root2` (RFC 9162 §2.1.4.2). Trees of one size are consistent if they are the same and the proof
 * is empty; the empty tree is left out, as in the RFC. False for anything malformed.
 */
export function verifyConsistency(
  size1: number,
  size2: number,
  proof: readonly Hex[],
  root1: Hex,
  root2: Hex,
): boolean {
  if (!isCount(size1) || !isCount(size2) || size1 === 0 || size1 > size2) return false;
  if (!isHash(root1) || !isHash(root2) || !proof.every(isHash)) return false;
  if (size1 === size2) return proof.length === 0 && root1 === root2;
  let fn = size1 - 1;
  let sn = size2 - 1;
  for (; isOdd(fn); fn = half(fn)) sn = half(sn);
  // Here fn is 0 exactly if size1 is a power of two; then the first tree is itself the first node of the path.
  const [first, ...path] = fn === 0 ? [root1, ...proof] : proof;
  if (first === undefined) return false;
  let fr = fromHex(first);
  let sr = fr;
  for (const element of path) {
    if (sn === 0) return false;
    const c = fromHex(element);
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      for (; !isOdd(fn) && fn !== 0; fn = half(fn)) sn = half(sn);
    } else {
      sr = nodeHash(sr, c);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && toHex(fr) === root1 && toHex(sr) === root2;
}

function parentsOf(level: readonly Uint8Array[]): Uint8Array[] {
  const parents: Uint8Array[] = [];
  let left: Uint8Array | undefined;
  for (const node of level) {
    if (left === undefined) {
      left = node;
    } else {
      parents.push(nodeHash(left, node));
      left = undefined;
    }
  }
  if (left !== undefined) parents.push(left);
  return parents;
}

function isHash(text: unknown): text is Hex {
  return isHex(text, HASH_BYTES);
}

function isCount(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0;
}

function isOdd(integer: number): boolean {
  return integer % 2 === 1;
}

/** Shifted right by one bit; the operator >> would cut at 32. */
function half(integer: number): number {
  return (integer - (integer % 2)) / 2;
}
