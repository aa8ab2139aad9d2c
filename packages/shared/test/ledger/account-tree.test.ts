import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leafHash, merkleRoot } from "../../src/crypto/merkle.ts";
import {
  type AccountTree,
  accountsRoot,
  accountTreeOf,
  appendAccount,
  changedAccounts,
  EMPTY_ACCOUNT_TREE,
  getAccountAt,
  listAccounts,
  setAccountAt,
} from "../../src/ledger/account-tree.ts";
import { newAccount } from "../../src/ledger/ledger.ts";
import type { Account } from "../../src/model/account.ts";

const account = (serial: number): Account => newAccount(serial.toString(16).padStart(64, "0"), "a", serial, 0);
const grown = (size: number): AccountTree =>
  Array.from({ length: size }, (_, i) => account(i)).reduce(appendAccount, EMPTY_ACCOUNT_TREE);

/** A place is set anew, null appends. */
const changes = fc.array(fc.option(fc.nat(200), { nil: null }), { maxLength: 40 });

describe("the tree of accounts (SPEC §6, RFC 9162 §2.1.1)", () => {
  test("of 0 to 130 accounts has the root of the plain Merkle tree", () => {
    for (let size = 0; size <= 130; size++) {
      const tree = grown(size);
      expect(accountsRoot(tree)).toBe(merkleRoot(listAccounts(tree).map(leafHash)));
      expect(listAccounts(tree)).toHaveLength(size);
    }
  });

  test("made of many accounts at once is what appending one after the other comes to", () => {
    for (let size = 0; size <= 130; size++) {
      const accounts = Array.from({ length: size }, (_, i) => account(i));
      expect(accountTreeOf(accounts)).toEqual(grown(size));
    }
  });

  test("is what an array is, however it grew and whatever was set; older trees stay; changes are told exactly", () => {
    fc.assert(
      fc.property(fc.nat(70), changes, (size, happened) => {
        const before = grown(size);
        const twin = listAccounts(before);
        const root = accountsRoot(before);
        const touched = new Set<number>();
        let tree = before;
        let serial = 1000;
        for (const place of happened) {
          const next = account(serial++);
          const at = place === null || twin.length === 0 ? twin.length : place % twin.length;
          tree = at === twin.length ? appendAccount(tree, next) : setAccountAt(tree, at, next);
          twin[at] = next;
          touched.add(at);
        }
        expect(listAccounts(tree)).toEqual(twin);
        expect(accountsRoot(tree)).toBe(merkleRoot(twin.map(leafHash)));
        expect(accountsRoot(before)).toBe(root);
        expect(listAccounts(before)).toHaveLength(size);
        for (const [at, expected] of twin.entries()) expect(getAccountAt(tree, at)).toBe(expected);
        expect(changedAccounts(before, tree)).toEqual(
          [...touched].sort((a, b) => a - b).map((position) => ({ position, account: twin[position] })),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("has nothing at a place beyond its end, and sets nothing there", () => {
    const tree = grown(5);
    for (const place of [-1, 5, 6, 2 ** 40]) {
      expect(getAccountAt(tree, place)).toBeUndefined();
      expect(() => setAccountAt(tree, place, account(9))).toThrow(RangeError);
    }
  });
});
