/** A ledger and its dumb twin side by side, and what happens to them at random (SPEC §3). */
import fc from "fast-check";
import { applyTransaction } from "../../src/chain/apply-transaction.ts";
import { networkOf } from "../../src/chain/network.ts";
import { addressOf, secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { genesisLedger, getAccount, type Ledger } from "../../src/ledger/ledger.ts";
import { processDueEntries } from "../../src/ledger/mature.ts";
import { payReward } from "../../src/ledger/reward.ts";
import type { Genesis } from "../../src/model/genesis.ts";
import { MAX_INTEGER } from "../../src/model/limits.ts";
import { NaiveLedger, type NaiveTransaction } from "./naive-ledger.ts";

const keys = [2, 3, 4, 5, 6].map((byte) => secretKeyFromSeed(new Uint8Array(32).fill(byte)).publicKey);
const hub = secretKeyFromSeed(new Uint8Array(32).fill(1)).publicKey;

export const anyLedgerGenesis: fc.Arbitrary<Genesis> = fc
  .record({
    faucet: fc.constantFrom<Genesis["faucet"]>(0, 100, "unlimited"),
    blockReward: fc.constantFrom(0, 10),
    unbondingRounds: fc.constantFrom(0, 1, 3, MAX_INTEGER - 40),
    activationDelay: fc.constantFrom(0, 1, 3),
    balances: fc.array(fc.tuple(fc.nat(300), fc.nat(300)), { minLength: 1, maxLength: 3 }),
    /** Tokens of somebody who does nothing but leave next to nothing to be minted. */
    whale: fc.constantFrom(0, MAX_INTEGER - 1805, MAX_INTEGER - 2500),
  })
  .map(({ balances, whale, ...rest }) => ({
    version: 1,
    network: "ledger",
    rule: "stake-lottery",
    createdAt: "2026-01-01T00:00:00.000Z",
    roundMs: 1000,
    bpmMin: 30,
    bpmMax: 220,
    params: {},
    hub,
    ...rest,
    accounts: balances.map(([liquid, bonded], i) => ({
      publicKey: keys[i] ?? "",
      name: `v${i}`,
      liquid: i === 0 ? liquid + whale : liquid,
      bonded,
    })),
  }));

/** What happens to a ledger. `nonceOff` is what is added to the right nonce. */
export type LedgerEvent =
  | { readonly kind: "round"; readonly step: number }
  | { readonly kind: "reward"; readonly who: number }
  | { readonly kind: "join"; readonly who: number; readonly name: string; readonly grant: number }
  | {
      readonly kind: "bond" | "unbond" | "transfer";
      readonly who: number;
      readonly to: number;
      readonly amount: number;
      readonly nonceOff: number;
      readonly times: number;
    }
  | { readonly kind: "slash"; readonly who: number };

const who = fc.nat(keys.length - 1);
export const anyLedgerEvent: fc.Arbitrary<LedgerEvent> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("round" as const), step: fc.constantFrom(1, 1, 2, 30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("reward" as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("join" as const),
      who,
      name: fc.constantFrom("v0", "V3", "v3", "v4", "Élan", "éLAN"),
      grant: fc.constantFrom(0, 100, 100, 600, 1_000_000_000, 1_000_000_001),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      kind: fc.constantFrom("bond" as const, "unbond" as const, "transfer" as const),
      who,
      to: fc.nat(keys.length),
      amount: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 120 }) }, fc.constantFrom(0, 1, MAX_INTEGER)),
      nonceOff: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.constantFrom(-1, 1)),
      // Enough to fill a list of 64 entries now and then.
      times: fc.oneof({ weight: 12, arbitrary: fc.constant(1) }, fc.constant(40)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("slash" as const), who }) },
);

/** Both ledgers; each step fails unless they agree on what holds. */
export class LedgerTwins {
  readonly network;
  readonly naive: NaiveLedger;
  ledger: Ledger;
  round = 1;

  constructor(genesis: Genesis) {
    this.network = networkOf(genesis);
    this.naive = new NaiveLedger(genesis);
    this.ledger = genesisLedger(genesis);
  }

  step(event: LedgerEvent): void {
    const key = "who" in event ? (keys[event.who] ?? "") : "";
    switch (event.kind) {
      case "round":
        this.round += event.step;
        this.ledger = processDueEntries(this.ledger, this.round);
        this.naive.mature(this.round);
        break;
      case "reward":
        if (getAccount(this.ledger, key) === undefined) break;
        this.ledger = payReward(this.ledger, key, this.network.genesis.blockReward);
        this.naive.reward(key);
        break;
      case "join":
        this.#apply({ type: "join", publicKey: key, name: event.name, grant: event.grant });
        break;
      case "slash":
        this.#apply({ type: "slash", publicKey: key });
        break;
      default:
        for (let i = 0; i < event.times; i++) this.#apply(amountTransaction(event, key, this.ledger));
    }
  }

  #apply(transaction: NaiveTransaction): void {
    // Signatures and evidence are not what is tested here.
    const context = { network: this.network, round: this.round, seedAfter: () => undefined, trusted: true };
    const applied = applyTransaction(context, this.ledger, asRealTransaction(transaction));
    const holds = this.naive.apply(transaction, this.round);
    if (applied.ok !== holds) throw new Error(`${JSON.stringify(transaction)}: the twin says ${holds}`);
    if (applied.ok) this.ledger = applied.value;
  }
}

function amountTransaction(
  { kind, to, amount, nonceOff }: Extract<LedgerEvent, { kind: "bond" | "unbond" | "transfer" }>,
  publicKey: string,
  ledger: Ledger,
): NaiveTransaction {
  const nonce = Math.max((getAccount(ledger, publicKey)?.nonce ?? 1) + nonceOff, 0);
  const recipient = keys[to];
  if (kind !== "transfer") return { type: kind, publicKey, nonce, amount };
  return { type: kind, publicKey, nonce, amount, to: recipient === undefined ? "00".repeat(32) : addressOf(recipient) };
}

function asRealTransaction(transaction: NaiveTransaction): unknown {
  const signature = "00".repeat(64);
  if (transaction.type !== "slash") return { ...transaction, signature };
  const claim = { output: "00".repeat(64), proof: "00".repeat(80) };
  const proposal = {
    round: 1,
    prevHash: "00".repeat(32),
    bpm: 0.5,
    publicKey: transaction.publicKey,
    claim,
    signature,
  };
  return { type: "slash", evidence: { kind: "bpm", proposal } };
}
