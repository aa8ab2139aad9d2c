/**
 * A persistent map from hex digests to values: setting returns a new map, the old one stays valid, what did not change
 * is shared. A trie of sixteen branches by hex digit; digests are evenly spread, so it is about log16(n) deep.
 * Iteration is in ascending order of the keys.
 */
import type { Hex } from "../encoding/hex.ts";

interface Leaf<V> {
  readonly key: Hex;
  readonly value: V;
}
type Branch<V> = readonly (Node<V> | undefined)[];
/** While a map is made. */
type OwnBranch<V> = (Node<V> | undefined)[];
type Node<V> = Leaf<V> | Branch<V>;

export interface DigestMap<V> {
  readonly size: number;
  readonly root: Node<V> | undefined;
}

export const EMPTY_DIGEST_MAP: DigestMap<never> = { size: 0, root: undefined };

function isBranch<V>(node: Node<V>): node is Branch<V> {
  return Array.isArray(node);
}

function digitAt(key: Hex, depth: number): number {
  const code = key.charCodeAt(depth);
  return code < 58 ? code - 48 : code - 87;
}

export function getDigest<V>(map: DigestMap<V>, key: Hex): V | undefined {
  let node = map.root;
  for (let depth = 0; node !== undefined; depth++) {
    if (!isBranch(node)) return node.key === key ? node.value : undefined;
    node = node[digitAt(key, depth)];
  }
  return undefined;
}

/** A map that also has `key` → `value`, in place of what the key had before. */
export function setDigest<V>(map: DigestMap<V>, key: Hex, value: V): DigestMap<V> {
  const isNew = getDigest(map, key) === undefined;
  return { size: map.size + (isNew ? 1 : 0), root: setIn(map.root, { key, value }, 0) };
}

function setIn<V>(node: Node<V> | undefined, leaf: Leaf<V>, depth: number): Node<V> {
  if (node === undefined) return leaf;
  if (isBranch(node)) {
    const copy = node.slice();
    const digit = digitAt(leaf.key, depth);
    copy[digit] = setIn(node[digit], leaf, depth + 1);
    return copy;
  }
  if (node.key === leaf.key) return leaf;
  return setIn(split(node, depth), leaf, depth);
}

/** A branch in the place of a leaf. */
function split<V>(leaf: Leaf<V>, depth: number): OwnBranch<V> {
  const branch = new Array<Node<V> | undefined>(16).fill(undefined);
  branch[digitAt(leaf.key, depth)] = leaf;
  return branch;
}

/** A map of many keys at once: what setting one after the other comes to, without the maps in between. */
export function digestMapOf<V>(entries: Iterable<readonly [Hex, V]>): DigestMap<V> {
  const map: { size: number; root: Node<V> | undefined } = { size: 0, root: undefined };
  const put = (node: Node<V> | undefined, leaf: Leaf<V>, depth: number): Node<V> => {
    if (node !== undefined && !isBranch(node) && node.key === leaf.key) return leaf;
    if (node === undefined) {
      map.size++;
      return leaf;
    }
    // All branches of this map were made here, and nobody else has them yet.
    const branch = isBranch(node) ? (node as OwnBranch<V>) : split(node, depth);
    const digit = digitAt(leaf.key, depth);
    branch[digit] = put(branch[digit], leaf, depth + 1);
    return branch;
  };
  for (const [key, value] of entries) map.root = put(map.root, { key, value }, 0);
  return map;
}

/** All values, in ascending order of their keys. */
export function digestValues<V>(map: DigestMap<V>): V[] {
  const values: V[] = [];
  const visit = (node: Node<V> | undefined): void => {
    if (node === undefined) return;
    if (isBranch(node)) for (const child of node) visit(child);
    else values.push(node.value);
  };
  visit(map.root);
  return values;
}
