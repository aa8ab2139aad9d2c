import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf } from "../../src/crypto/keys.ts";
import { leafHash, merkleRoot } from "../../src/crypto/merkle.ts";
import { changedAccounts } from "../../src/ledger/account-tree.ts";
import {
  accountsOf,
  getAccount,
  getAccountByAddress,
  getAccountByName,
  isActive,
  type Ledger,
  ledgerRoot,
  newAccount,
  restoreLedger,
  stakeOf,
} from "../../src/ledger/ledger.ts";
import { processDueEntries } from "../../src/ledger/mature.ts";
import { sumOf } from "../../src/model/account.ts";
import { MAX_INTEGER } from "../../src/model/limits.ts";
import { anyLedgerEvent, anyLedgerGenesis, LedgerTwins } from "../support/ledger-twins.ts";

describe("the ledger under random transactions, slashes, rewards and rounds (SPEC §3)", () => {
  const runs = { numRuns: 1000 };
  const events = fc.array(anyLedgerEvent, { maxLength: 40, size: "max" });

  test("does what its dumb twin does, and refuses what that refuses", () => {
    fc.assert(
      fc.property(anyLedgerGenesis, events, (genesis, happened) => {
        const twins = new LedgerTwins(genesis);
        for (const event of happened) twins.step(event);
        expect(accountsOf(twins.ledger)).toEqual(twins.naive.accounts);
        expect([twins.ledger.minted, twins.ledger.burned]).toEqual([twins.naive.minted, twins.naive.burned]);
      }),
      runs,
    );
  });

  test("conserves tokens: Σ (liquid + bonded + activating + unbonding) + burned = minted ≤ 2^53−1", () => {
    fc.assert(
      fc.property(anyLedgerGenesis, events, (genesis, happened) => {
        const twins = new LedgerTwins(genesis);
        for (const event of happened) {
          twins.step(event);
          const { totals, minted, burned, bondedAccounts } = twins.ledger;
          const accounts = accountsOf(twins.ledger);
          const total = (part: (account: (typeof accounts)[number]) => number) =>
            accounts.reduce((sum, account) => sum + part(account), 0);
          expect(totals).toEqual({
            liquid: total(({ liquid }) => liquid),
            bonded: total(({ bonded }) => bonded),
            activating: total(({ activating }) => sumOf(activating)),
            unbonding: total(({ unbonding }) => sumOf(unbonding)),
          });
          expect(bondedAccounts).toBe(accounts.filter(({ bonded }) => bonded > 0).length);
          expect(totals.liquid + totals.bonded + totals.activating + totals.unbonding + burned).toBe(minted);
          expect(minted).toBeLessThanOrEqual(MAX_INTEGER);
          expect(isActive(twins.ledger)).toBe(totals.bonded + totals.activating + totals.unbonding > 0);
        }
      }),
      runs,
    );
  });

  test("its root is the Merkle root over all accounts in order, and it finds each by key, address and name (SPEC §6)", () => {
    fc.assert(
      fc.property(anyLedgerGenesis, events, (genesis, happened) => {
        const twins = new LedgerTwins(genesis);
        for (const event of happened) twins.step(event);
        const accounts = accountsOf(twins.ledger);
        expect(ledgerRoot(twins.ledger)).toBe(merkleRoot(accounts.map(leafHash)));
        for (const account of accounts) {
          const { publicKey, name, bonded, tombstoned } = account;
          expect(getAccount(twins.ledger, publicKey)).toBe(account);
          expect(getAccountByAddress(twins.ledger, addressOf(publicKey))).toBe(account);
          expect(getAccountByName(twins.ledger, name.toUpperCase())).toBe(account);
          expect(stakeOf(twins.ledger, publicKey)).toBe(tombstoned ? 0 : bonded);
        }
      }),
      runs,
    );
  });

  test("older values stay valid: what a ledger was, it is for ever (DESIGN §3)", () => {
    fc.assert(
      fc.property(anyLedgerGenesis, events, (genesis, happened) => {
        const twins = new LedgerTwins(genesis);
        const seen: { ledger: Ledger; accounts: string; totals: string }[] = [];
        for (const event of happened) {
          const { ledger } = twins;
          seen.push({ ledger, accounts: JSON.stringify(accountsOf(ledger)), totals: JSON.stringify(ledger.totals) });
          twins.step(event);
        }
        for (const { ledger, accounts, totals } of seen) {
          expect(JSON.stringify(accountsOf(ledger))).toBe(accounts);
          expect(JSON.stringify(ledger.totals)).toBe(totals);
          expect(ledgerRoot(ledger)).toBe(merkleRoot(accountsOf(ledger).map(leafHash)));
        }
      }),
      runs,
    );
  });

  test("restored from its accounts it is the same, now and in what becomes of it", () => {
    fc.assert(
      fc.property(anyLedgerGenesis, events, events, (genesis, before, after) => {
        const twins = new LedgerTwins(genesis);
        for (const event of before) twins.step(event);
        const restored = new LedgerTwins(genesis);
        Object.assign(restored, { round: twins.round, naive: twins.naive });
        const { ledger } = twins;
        restored.ledger = restoreLedger(accountsOf(ledger), ledger.minted, ledger.burned);
        expect(restored.ledger.totals).toEqual(ledger.totals);
        expect(ledgerRoot(restored.ledger)).toBe(ledgerRoot(ledger));
        for (const event of after) restored.step(event);
        expect(accountsOf(restored.ledger)).toEqual(twins.naive.accounts);
      }),
      runs,
    );
  });

  test("restored, it pays out in the order of the rounds, not of the accounts (SPEC §6, step 1)", () => {
    const waiting = (i: number, round: number) => ({
      ...newAccount(String(i).repeat(64), `v${i}`, 0, 0),
      unbonding: [{ amount: 10 * i, round }],
      activating: [{ amount: i, round }],
    });
    const restored = restoreLedger([waiting(1, 9), waiting(2, 5), waiting(3, 7)], 66, 0);
    const at = (round: number) => processDueEntries(restored, round).totals;
    expect(at(4)).toEqual({ liquid: 0, bonded: 0, activating: 6, unbonding: 60 });
    expect(at(5)).toEqual({ liquid: 20, bonded: 2, activating: 4, unbonding: 40 });
    expect(at(7)).toEqual({ liquid: 50, bonded: 5, activating: 1, unbonding: 10 });
    expect(at(9)).toEqual({ liquid: 60, bonded: 6, activating: 0, unbonding: 0 });
  });

  test("what changed between two ledgers is exactly what a comparison of all accounts shows", () => {
    fc.assert(
      fc.property(anyLedgerGenesis, events, events, (genesis, before, after) => {
        const twins = new LedgerTwins(genesis);
        for (const event of before) twins.step(event);
        const old = twins.ledger;
        for (const event of after) twins.step(event);
        const was = accountsOf(old).map((account) => JSON.stringify(account));
        const expected = accountsOf(twins.ledger)
          .map((account, position) => ({ position, account }))
          .filter(({ position, account }) => JSON.stringify(account) !== was[position]);
        expect(changedAccounts(old.accounts, twins.ledger.accounts)).toEqual(expected);
      }),
      runs,
    );
  });
});
