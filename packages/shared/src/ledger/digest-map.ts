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
/** One that no map has yet. */
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
  return put(map, { key, value }, (branch) => branch.slice());
}

/** A map of many keys at once: what setting one after the other comes to, without the maps in between. */
export function digestMapOf<V>(entries: Iterable<readonly [Hex, V]>): DigestMap<V> {
  let map: DigestMap<V> = EMPTY_DIGEST_MAP;
  // Its branches were all made here, and nobody else has them yet.
  for (const [key, value] of entries) map = put(map, { key, value }, (branch) => branch as OwnBranch<V>);
  return map;
}

/** @param open what may be changed in the place of a branch */
function put<V>(map: DigestMap<V>, leaf: Leaf<V>, open: (branch: Branch<V>) => OwnBranch<V>): DigestMap<V> {
  const setIn = (node: Node<V> | undefined, depth: number): Node<V> => {
    if (node === undefined || (!isBranch(node) && node.key === leaf.key)) return leaf;
    const branch = isBranch(node) ? open(node) : split(node, depth);
    const digit = digitAt(leaf.key, depth);
    branch[digit] = setIn(branch[digit], depth + 1);
    return branch;
  };
  const isNew = getDigest(map, leaf.key) === undefined;
  return { size: map.size + (isNew ? 1 : 0), root: setIn(map.root, 0) };
}

/** A branch in the place of a leaf. */
function split<V>(leaf: Leaf<V>, depth: number): OwnBranch<V> {
  const branch = new Array<Node<V> | undefined>(16).fill(undefined);
  branch[digitAt(leaf.key, depth)] = leaf;
  return branch;
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
