import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyTransaction } from "../../src/chain/apply-transaction.ts";
import { genesisState } from "../../src/chain/chain-state.ts";
import { networkOf } from "../../src/chain/network.ts";
import { addressOf, type SecretKey, secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { sign } from "../../src/crypto/signature.ts";
import { getAccount, type Ledger } from "../../src/ledger/ledger.ts";
import type { Genesis } from "../../src/model/genesis.ts";
import { MAX_INTEGER } from "../../src/model/limits.ts";
import { transactionForm } from "../../src/model/transaction.ts";
import { nearMissOf } from "../support/arbitrary-of-form.ts";
import { leavesOf, replaceAt } from "../support/json-tree.ts";
import { otherValues } from "../support/other-values.ts";

const keyOf = (byte: number): SecretKey => secretKeyFromSeed(new Uint8Array(32).fill(byte));
const [hub, alice, bob, carol] = [keyOf(1), keyOf(2), keyOf(3), keyOf(4)];

const genesis: Genesis = {
  version: 1,
  network: "transactions",
  rule: "stake-lottery",
  createdAt: "2026-01-01T00:00:00.000Z",
  roundMs: 1000,
  faucet: 1000,
  blockReward: 0,
  unbondingRounds: 5,
  activationDelay: 0,
  bpmMin: 30,
  bpmMax: 220,
  params: {},
  hub: hub.publicKey,
  accounts: [alice, bob].map(({ publicKey }, i) => ({
    publicKey,
    name: ["Alice", "bob"][i] ?? "",
    liquid: 50,
    bonded: 100,
  })),
};

function at(change: Partial<Genesis> = {}, round = 1) {
  const network = networkOf({ ...genesis, ...change });
  const context = { network, round, seedAfter: () => undefined };
  const signed = (key: SecretKey, fields: object) => {
    const unsigned = { ...fields, publicKey: key.publicKey };
    return { ...unsigned, signature: sign(key, "tx", network.chainId, unsigned) };
  };
  const codeOf = (transaction: unknown, ledger: Ledger = genesisState(network).ledger): string => {
    const applied = applyTransaction(context, ledger, transaction);
    return applied.ok ? "ok" : applied.error.code;
  };
  return { network, context, signed, codeOf, ledger: genesisState(network).ledger };
}

const whale = (liquid: number) => ({ publicKey: alice.publicKey, name: "a", liquid, bonded: 0 });

const join = { type: "join", name: "carol", grant: 1000 };
const bond = { type: "bond", nonce: 1, amount: 50 };
const unbond = { type: "unbond", nonce: 1, amount: 100 };
const transfer = { type: "transfer", nonce: 1, amount: 50, to: addressOf(bob.publicKey) };

describe("a transaction is refused with a code that says why (SPEC §3)", () => {
  test.each<[string, SecretKey, object, Partial<Genesis>, number?]>([
    ["ok", carol, join, {}],
    ["ok", carol, { ...join, grant: 10 ** 9 }, { faucet: "unlimited" }],
    ["ok", alice, bond, {}],
    ["ok", alice, unbond, {}],
    ["ok", alice, transfer, {}],
    ["ok", alice, { ...transfer, to: addressOf(alice.publicKey) }, {}],
    ["ok", alice, unbond, {}, MAX_INTEGER - 5],
    ["ok", alice, bond, { activationDelay: 2 }, MAX_INTEGER - 2],
    ["BAD_PUBLIC_KEY", hub, join, {}],
    ["ALREADY_JOINED", alice, { ...join, name: "other" }, {}],
    ["NAME_TAKEN", carol, { ...join, name: "aLICE" }, {}],
    ["WRONG_GRANT", carol, { ...join, grant: 999 }, {}],
    ["WRONG_GRANT", carol, { ...join, grant: 10 ** 9 + 1 }, { faucet: "unlimited" }],
    [
      "SUPPLY_LIMIT",
      carol,
      join,
      { accounts: [{ publicKey: alice.publicKey, name: "a", liquid: MAX_INTEGER, bonded: 0 }] },
    ],
    ["ok", carol, join, { accounts: [whale(MAX_INTEGER - 1000)] }],
    ["SUPPLY_LIMIT", carol, join, { accounts: [whale(MAX_INTEGER - 999)] }],
    ["UNKNOWN_ACCOUNT", carol, bond, {}],
    ["WRONG_NONCE", alice, { ...bond, nonce: 0 }, {}],
    ["WRONG_NONCE", alice, { ...bond, nonce: 2 }, {}],
    ["INSUFFICIENT_FUNDS", alice, { ...bond, amount: 51 }, {}],
    ["INSUFFICIENT_FUNDS", alice, { ...unbond, amount: 101 }, {}],
    ["INSUFFICIENT_FUNDS", alice, { ...transfer, amount: 51 }, {}],
    ["UNKNOWN_RECIPIENT", alice, { ...transfer, to: addressOf(carol.publicKey) }, {}],
    ["ROUND_LIMIT", alice, unbond, {}, MAX_INTEGER - 4],
    ["ROUND_LIMIT", alice, bond, { activationDelay: 2 }, MAX_INTEGER - 1],
    ["MALFORMED", alice, { ...bond, amount: 0 }, {}],
    ["MALFORMED", alice, { ...bond, amount: 0.5 }, {}],
    ["MALFORMED", carol, { ...join, name: "c a" }, {}],
  ])("%s", (code, key, fields, change, round) => {
    const { signed, codeOf } = at(change, round);
    expect(codeOf(signed(key, fields))).toBe(code);
  });

  test.each<[object, Partial<Genesis>, object]>([
    [{ grant: 999 }, {}, { code: "WRONG_GRANT", expected: 1000, actual: 999 }],
    [{ grant: 10 ** 9 + 1 }, { faucet: "unlimited" }, { code: "WRONG_GRANT", expected: "at most 1000000000" }],
    [{}, { accounts: [whale(MAX_INTEGER - 999)] }, { code: "SUPPLY_LIMIT", expected: 999, actual: 1000 }],
    [{ name: "BOB" }, {}, { code: "NAME_TAKEN", actual: "BOB" }],
  ])("and says what would have been right (%#)", (change, other, error) => {
    const { signed, context, ledger } = at(other);
    expect(applyTransaction(context, ledger, signed(carol, { ...join, ...change }))).toMatchObject({
      ok: false,
      error,
    });
  });

  test("BAD_SIGNATURE and nothing else decides where only the signature is wrong", () => {
    const { signed, codeOf, network } = at();
    const foreign = (key: SecretKey, fields: object) => ({ ...signed(bob, fields), publicKey: key.publicKey });
    expect(codeOf(foreign(alice, bond))).toBe("BAD_SIGNATURE");
    expect(codeOf(foreign(carol, join))).toBe("BAD_SIGNATURE");
    const unsigned = { ...bond, publicKey: alice.publicKey };
    for (const [tag, chainId] of [
      ["proposal", network.chainId],
      ["tx", "0".repeat(64)],
    ] as const)
      expect(codeOf({ ...unsigned, signature: sign(alice, tag, chainId, unsigned) })).toBe("BAD_SIGNATURE");
  });

  test("TOO_MANY_PENDING: the 65th entry of a list, until the others are due", () => {
    const { signed, context, ledger, codeOf } = at();
    let after = ledger;
    for (let nonce = 1; nonce <= 64; nonce++) {
      const applied = applyTransaction(context, after, signed(alice, { ...unbond, nonce, amount: 1 }));
      if (!applied.ok) throw new Error(applied.error.code);
      after = applied.value;
    }
    expect(applyTransaction(context, after, signed(alice, { ...unbond, nonce: 65, amount: 1 }))).toMatchObject({
      error: { code: "TOO_MANY_PENDING", expected: 64, actual: 65 },
    });
    expect(codeOf(signed(alice, { ...bond, nonce: 65, amount: 1 }), after)).toBe("ok");
  });
});

describe("a signed transaction (SPEC §3)", () => {
  test("that is wrong in one place of its form is malformed, and the place is named", () => {
    const { context, ledger } = at();
    fc.assert(
      fc.property(nearMissOf(transactionForm) ?? fc.constant({ value: null, path: "" }), ({ value, path }) => {
        expect(applyTransaction(context, ledger, value)).toMatchObject({
          ok: false,
          error: { code: "MALFORMED", path },
        });
      }),
      { numRuns: 2000 },
    );
  });

  test("holds with no other value in any of its fields, and cannot be made another type's", () => {
    const { signed, codeOf } = at();
    for (const transaction of [
      signed(carol, join),
      signed(alice, bond),
      signed(alice, unbond),
      signed(alice, transfer),
    ]) {
      expect(codeOf(transaction)).toBe("ok");
      for (const { path, value } of leavesOf(transaction)) {
        for (const other of otherValues(value)) expect(codeOf(replaceAt(transaction, path, other))).not.toBe("ok");
      }
    }
  });

  test("counts once: applied, it is refused (SPEC §3, nonce)", () => {
    const { signed, codeOf, context, ledger } = at();
    for (const [transaction, code] of [
      [signed(carol, join), "ALREADY_JOINED"],
      [signed(alice, { ...bond, amount: 1 }), "WRONG_NONCE"],
      [signed(alice, { ...transfer, amount: 1 }), "WRONG_NONCE"],
    ] as const) {
      const applied = applyTransaction(context, ledger, transaction);
      if (!applied.ok) throw new Error(applied.error.code);
      expect(codeOf(transaction, applied.value)).toBe(code);
    }
  });

  test("a first bond counts at once although there is a delay, as long as nobody has anything bonded", () => {
    const nobody = genesis.accounts.map((account) => ({ ...account, bonded: 0 }));
    const { signed, context, ledger } = at({ activationDelay: 3, accounts: nobody });
    const first = applyTransaction(context, ledger, signed(alice, bond));
    if (!first.ok) throw new Error(first.error.code);
    expect(getAccount(first.value, alice.publicKey)).toMatchObject({ bonded: 50, activating: [] });
    const second = applyTransaction(context, first.value, signed(bob, bond));
    if (!second.ok) throw new Error(second.error.code);
    expect(getAccount(second.value, bob.publicKey)).toMatchObject({
      bonded: 0,
      activating: [{ amount: 50, round: 4 }],
    });
  });
});
