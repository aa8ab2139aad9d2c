/**
 * The accounts in order of first appearance, as a persistent list whose Merkle root (RFC 9162 §2.1.1) is kept node by
 * node: a block that touches k of n accounts hashes about k·log2(n) nodes anew, whatever n is.
 *
 * The tree is binary and filled from the left. A node without a right side has the hash of its left side, which gives
 * exactly the tree of RFC 9162: a full left half of the largest power of two, the rest on the right.
 */

import { leafHashHex, merkleRoot, nodeHashHex } from "../crypto/merkle.ts";
import type { Hex } from "../encoding/hex.ts";
import type { Account } from "../model/account.ts";

interface LeafNode {
  readonly account: Account;
  /** Computed when it is first asked for; the same for ever, as the account never changes. */
  hash: Hex | undefined;
}
interface BranchNode {
  readonly left: Node;
  readonly right: Node | undefined;
  hash: Hex | undefined;
}
type Node = LeafNode | BranchNode;

export interface AccountTree {
  readonly size: number;
  /** Levels above the leaves; the tree has room for 2^height accounts. */
  readonly height: number;
  readonly root: Node | undefined;
}

export const EMPTY_ACCOUNT_TREE: AccountTree = { size: 0, height: 0, root: undefined };

const EMPTY_ROOT = merkleRoot([]);

function isLeaf(node: Node): node is LeafNode {
  return "account" in node;
}

function leaf(account: Account): LeafNode {
  return { account, hash: undefined };
}

function branch(left: Node, right: Node | undefined): BranchNode {
  return { left, right, hash: undefined };
}

/** Which way leads to a position, from a node that has `level` levels below it. */
function goesRight(position: number, level: number): boolean {
  return Math.floor(position / 2 ** (level - 1)) % 2 === 1;
}

export function getAccountAt(tree: AccountTree, position: number): Account | undefined {
  if (position < 0 || position >= tree.size) return undefined;
  let node = tree.root;
  for (let level = tree.height; node !== undefined; level--) {
    if (isLeaf(node)) return node.account;
    node = goesRight(position, level) ? node.right : node.left;
  }
  return undefined;
}

/** A tree with the account at an existing position replaced. */
export function setAccountAt(tree: AccountTree, position: number, account: Account): AccountTree {
  if (tree.root === undefined || position < 0 || position >= tree.size)
    throw new RangeError(`no account at ${position}`);
  return { ...tree, root: setIn(tree.root, tree.height, position, account) };
}

/** A tree with one more account at its end. */
export function appendAccount(tree: AccountTree, account: Account): AccountTree {
  if (tree.root === undefined) return { size: 1, height: 0, root: leaf(account) };
  if (tree.size === 2 ** tree.height) {
    const root = branch(tree.root, setIn(undefined, tree.height, 0, account));
    return { size: tree.size + 1, height: tree.height + 1, root };
  }
  return { size: tree.size + 1, height: tree.height, root: setIn(tree.root, tree.height, tree.size, account) };
}

function setIn(node: Node | undefined, level: number, position: number, account: Account): Node {
  if (level === 0) return leaf(account);
  const existing = node !== undefined && !isLeaf(node) ? node : undefined;
  if (existing !== undefined && goesRight(position, level)) {
    return branch(existing.left, setIn(existing.right, level - 1, position, account));
  }
  return branch(setIn(existing?.left, level - 1, position, account), existing?.right);
}

/** A tree of many accounts at once: what appending one after the other comes to, without the trees in between. */
export function accountTreeOf(accounts: readonly Account[]): AccountTree {
  let nodes: readonly Node[] = accounts.map(leaf);
  let height = 0;
  for (; nodes.length > 1; height++) {
    const below = nodes;
    nodes = Array.from({ length: Math.ceil(below.length / 2) }, (_, i) =>
      branch(below[2 * i] as Node, below[2 * i + 1]),
    );
  }
  return { size: accounts.length, height, root: nodes[0] };
}

/** The Merkle root over all accounts, hex (SPEC §6, `ledgerRoot`). */
export function accountsRoot(tree: AccountTree): Hex {
  return tree.root === undefined ? EMPTY_ROOT : hashOf(tree.root);
}

function hashOf(node: Node): Hex {
  if (node.hash !== undefined) return node.hash;
  if (isLeaf(node)) node.hash = leafHashHex(node.account);
  else node.hash = node.right === undefined ? hashOf(node.left) : nodeHashHex(hashOf(node.left), hashOf(node.right));
  return node.hash;
}

/** All accounts, in order of first appearance. */
export function listAccounts(tree: AccountTree): Account[] {
  return changedAccounts(EMPTY_ACCOUNT_TREE, tree).map(({ account }) => account);
}

/** The accounts of `after` that `before` does not have just so, with their positions. Shared parts cost nothing. */
export function changedAccounts(before: AccountTree, after: AccountTree): { position: number; account: Account }[] {
  const changed: { position: number; account: Account }[] = [];
  const visit = (old: Node | undefined, now: Node | undefined, level: number, start: number): void => {
    if (now === undefined || now === old) return;
    if (isLeaf(now)) {
      changed.push({ position: start, account: now.account });
      return;
    }
    const was = old !== undefined && !isLeaf(old) ? old : undefined;
    visit(was?.left, now.left, level - 1, start);
    visit(was?.right, now.right, level - 1, start + 2 ** (level - 1));
  };
  // A tree that grew by a level has the old one as its leftmost part.
  let root = before.root;
  for (let height = before.height; root !== undefined && height < after.height; height++)
    root = branch(root, undefined);
  visit(root, after.root, after.height, 0);
  return changed;
}
