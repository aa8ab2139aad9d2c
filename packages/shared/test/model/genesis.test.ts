import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openNetwork } from "../../src/chain/network.ts";
import { verifyGenesis } from "../../src/chain/verify/genesis.ts";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { accountsOf, genesisLedger } from "../../src/ledger/ledger.ts";
import { checkGenesis, type Genesis, genesisForm } from "../../src/model/genesis.ts";
import { MAX_INTEGER } from "../../src/model/limits.ts";
import { nearMissOf } from "../support/arbitrary-of-form.ts";

const keyOf = (byte: number): string => secretKeyFromSeed(new Uint8Array(32).fill(byte)).publicKey;
const account = (byte: number, name: string, liquid = 10, bonded = 5) => ({
  publicKey: keyOf(byte),
  name,
  liquid,
  bonded,
});

const genesis: Genesis = {
  version: 1,
  network: "classroom",
  rule: "stake-lottery",
  createdAt: "2026-01-01T00:00:00.000Z",
  roundMs: 30_000,
  faucet: 1000,
  blockReward: 10,
  unbondingRounds: 10,
  activationDelay: 0,
  bpmMin: 30,
  bpmMax: 220,
  params: {},
  hub: keyOf(1),
  accounts: [account(2, "alice"), account(3, "bob")],
};
/** The identity, in its one canonical encoding: a point of small order. */
const SMALL_ORDER = `01${"00".repeat(31)}`;

describe("a genesis (SPEC §2)", () => {
  test("is right as in SPEC §2, and at the edges of its ranges", () => {
    const edges: Partial<Genesis>[] = [
      {},
      { faucet: "unlimited" },
      { faucet: 0, blockReward: 0, unbondingRounds: 0 },
      { roundMs: 200, bpmMin: 0, bpmMax: 0 },
      { network: "x" },
      { network: "한".repeat(32) },
      { accounts: [] },
      { accounts: [account(2, "a", MAX_INTEGER - 7, 7)] },
      { faucet: MAX_INTEGER, roundMs: MAX_INTEGER, activationDelay: MAX_INTEGER },
    ];
    for (const edge of edges) expect(openNetwork({ ...genesis, ...edge })).toMatchObject({ ok: true });
  });

  test.each<[string, object, string]>([
    ["another version", { version: 2 }, "version"],
    ["an unknown rule", { rule: "proof-of-work" }, "rule"],
    ["params of another rule", { params: { difficulty: 1 } }, "params.difficulty"],
    ["a round below 200 ms", { roundMs: 199 }, "roundMs"],
    ["a faucet that is neither number nor word", { faucet: "endless" }, "faucet"],
    ["bpmMin above bpmMax", { bpmMin: 221 }, "bpmMin"],
    ["a network without a name", { network: "" }, "network"],
    ["a network's name of 33 letters", { network: "x".repeat(33) }, "network"],
    ["a network's name with a space", { network: "class room" }, "network"],
    ["a date that does not exist", { createdAt: "2026-02-29T00:00:00.000Z" }, "createdAt"],
    ["a hub's key of small order", { hub: SMALL_ORDER }, "hub"],
    [
      "an account's key of small order",
      { accounts: [{ ...account(2, "a"), publicKey: SMALL_ORDER }] },
      "accounts[0].publicKey",
    ],
    ["an account with the hub's key", { accounts: [account(1, "hub")] }, "accounts[0].publicKey"],
    ["one key twice", { accounts: [account(2, "a"), account(2, "b")] }, "accounts[1].publicKey"],
    ["one name twice, in other case", { accounts: [account(2, "Élan"), account(3, "éLAN")] }, "accounts[1].name"],
    ["more tokens than 2^53−1", { accounts: [account(2, "a", MAX_INTEGER, 0), account(3, "b", 1, 0)] }, "accounts"],
    [
      "more bonded tokens than 2^53−1",
      { accounts: [account(2, "a", 0, MAX_INTEGER), account(3, "b", 0, 1)] },
      "accounts",
    ],
    ["more in one account's two amounts", { accounts: [account(2, "a", MAX_INTEGER, 1)] }, "accounts"],
  ])("fails with %s, naming the place", (_, change, path) => {
    const wrong = { ...genesis, ...change };
    expect(openNetwork(wrong)).toMatchObject({ ok: false, error: { path } });
    expect(verifyGenesis(wrong)).toMatchObject({ ok: false, error: { rule: "genesis", index: 0 } });
  });

  test("fails where it is wrong in one place of its form", () => {
    fc.assert(
      fc.property(nearMissOf(genesisForm) ?? fc.constant({ value: null, path: "" }), ({ value, path }) => {
        expect(checkGenesis(value)).toMatchObject({ ok: false, error: { path } });
      }),
      { numRuns: 1000 },
    );
  });

  test("begins with its accounts, each with nonce 1, and has minted what they hold (SPEC §3)", () => {
    const ledger = genesisLedger(genesis);
    expect(accountsOf(ledger)).toEqual(
      genesis.accounts.map((given) => ({ ...given, nonce: 1, activating: [], unbonding: [], tombstoned: false })),
    );
    expect([ledger.minted, ledger.burned]).toEqual([30, 0]);
  });

  test("any other value in it makes another chain (SPEC §2)", () => {
    const ids = [{}, { roundMs: 30_001 }, { hub: keyOf(9) }, { faucet: 999 }, { network: "Classroom" }].map(
      (change) => {
        const opened = openNetwork({ ...genesis, ...change });
        return opened.ok ? opened.value.chainId : "wrong";
      },
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain("wrong");
  });
});
