import { describe, expect, it } from "vitest";
import { applyTransaction } from "../../src/chain/apply-transaction.ts";
import { allWaiting, rebase, transactionContext } from "../../src/chain/round/batches.ts";
import { laySlash } from "../../src/chain/round/lay-slash.ts";
import type { Waiting } from "../../src/chain/round/round-state.ts";
import { addressOf, type SecretKey } from "../../src/crypto/keys.ts";
import { accountsOf } from "../../src/ledger/ledger.ts";
import { keyOf, SimulatedHub, testGenesis } from "../support/simulated-hub.ts";

const [anna, ben] = [keyOf(2), keyOf(3)];
const accounts = [
  { publicKey: anna.publicKey, name: "anna", liquid: 60, bonded: 100 },
  { publicKey: ben.publicKey, name: "ben", liquid: 60, bonded: 0 },
];

/** A hub whose first round is full, on which a bond waits; then more that waits is added, and the bond's owner or another is slashed. */
function slashed(activationDelay: number, offender: SecretKey, bonder: SecretKey, more: (bond: Waiting) => Waiting[]) {
  const hub = new SimulatedHub({
    genesis: testGenesis({ accounts, activationDelay }),
    params: { maxTransactions: 1 },
  });
  const other = bonder === anna ? ben : anna;
  hub.transact(other, { type: "transfer", nonce: 1, to: addressOf(other.publicKey), amount: 1 });
  hub.transact(bonder, { type: "bond", nonce: 1, amount: 10 });
  const { chain, batches } = hub.state;
  const [bond] = batches[1]?.waiting ?? [];
  if (bond === undefined) throw new Error("no bond waits");
  const [first, ...later] = rebase(hub.params, chain, 1, [...allWaiting(batches), ...more(bond)]);
  const proposal = hub.proposalOf(offender, 70.5);
  const slash = { type: "slash", evidence: { kind: "bpm", proposal } } as const;
  const applied = applyTransaction(transactionContext(hub.params, chain, 1), first.ledger, slash);
  if (!applied.ok) throw new Error(`no slash: ${applied.error.code}`);
  const withSlash = {
    ...first,
    ledger: applied.value,
    waiting: [...first.waiting, { ...bond, round: 1, leaf: "00".repeat(32), transaction: slash }],
  };
  const laid = laySlash(hub.params, chain, withSlash, later, offender.publicKey);
  return { laid, anew: rebase(hub.params, chain, 1, allWaiting([withSlash, ...later])) };
}

function accountsIn(batches: ReturnType<typeof laySlash>) {
  return batches.map(({ ledger, aside }) => ({ accounts: accountsOf(ledger), totals: ledger.totals, aside }));
}

describe("a slash while others wait is laid as though all had been laid anew (SPEC §3, §6)", () => {
  it("where nobody has anything bonded any more, so that a bond of somebody else needs no delay", () => {
    const { laid, anew } = slashed(5, anna, ben, () => []);
    expect(accountsIn(laid)).toEqual(accountsIn(anew));
    expect(accountsOf(laid[1]?.ledger ?? laid[0].ledger)[1]).toMatchObject({ bonded: 10, activating: [] });
  });

  it("where something set aside holds only now, as what came before it fails", () => {
    const { laid, anew } = slashed(0, anna, anna, (bond) => {
      const { publicKey, signature } = bond.transaction as Extract<Waiting["transaction"], { type: "bond" }>;
      const to = addressOf(ben.publicKey);
      const transaction = { type: "transfer", publicKey, nonce: 1, to, amount: 7, signature } as const;
      return [{ ...bond, leaf: "11".repeat(32), transaction }];
    });
    expect(accountsIn(laid)).toEqual(accountsIn(anew));
    expect(accountsOf(laid[1]?.ledger ?? laid[0].ledger)[1]).toMatchObject({ liquid: 67 });
  });
});
