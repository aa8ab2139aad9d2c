/** What people do to a hub, at random: all that SPEC §3 and §4 allow, and much that they do not. */
import fc from "fast-check";
import { currentRound, workingLedger } from "../../src/chain/round/round-state.ts";
import type { SecretKey } from "../../src/crypto/keys.ts";
import { addressOf } from "../../src/crypto/keys.ts";
import { sign } from "../../src/crypto/signature.ts";
import { getAccount } from "../../src/ledger/ledger.ts";
import type { EvidenceKind } from "../../src/model/evidence.ts";
import type { StoredHub } from "./stored-hub.ts";

type TransactionAction =
  | { readonly kind: "join"; readonly who: number }
  | { readonly kind: "bond" | "unbond"; readonly who: number; readonly amount: number }
  | { readonly kind: "transfer"; readonly who: number; readonly to: number; readonly amount: number }
  | { readonly kind: "accuse"; readonly who: number; readonly of: EvidenceKind };

/** One thing that somebody does. Keys are given by their place in the list of the session's keys. */
export type Action =
  | TransactionAction
  | { readonly kind: "propose"; readonly who: number; readonly bpm: number | string | null }
  | { readonly kind: "proposeFalsely"; readonly who: number; readonly salt: number }
  /** The last transaction once more. */
  | { readonly kind: "again" }
  | { readonly kind: "close" }
  | { readonly kind: "restart"; readonly afterMs: number };

export function anyAction(keys: number, roundMs: number): fc.Arbitrary<Action> {
  const who = fc.nat(keys - 1);
  const amount = fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constant(0));
  const bpm = fc.oneof({ weight: 50, arbitrary: fc.constant(60) }, fc.constantFrom(61, 72.5, "fast", null, 300));
  const of = fc.constantFrom<EvidenceKind>("bpm", "equivocation", "vrf");
  const one = <K extends string, F extends object>(kind: K, fields: { [N in keyof F]: fc.Arbitrary<F[N]> }) =>
    fc.record({ kind: fc.constant(kind), ...fields } as { kind: fc.Arbitrary<K> } & typeof fields);
  return fc.oneof(
    { weight: 4, arbitrary: one("join", { who }) },
    { weight: 8, arbitrary: one("bond", { who, amount }) },
    { weight: 5, arbitrary: one("unbond", { who, amount }) },
    { weight: 3, arbitrary: one("transfer", { who, to: who, amount }) },
    { weight: 20, arbitrary: one("propose", { who, bpm }) },
    { weight: 2, arbitrary: one("proposeFalsely", { who, salt: fc.nat(5) }) },
    { weight: 1, arbitrary: one("accuse", { who, of }) },
    { weight: 1, arbitrary: one("again", {}) },
    { weight: 6, arbitrary: one("close", {}) },
    { weight: 2, arbitrary: one("restart", { afterMs: fc.constantFrom(0, 10, roundMs, 10 * roundMs) }) },
  ) as fc.Arbitrary<Action>;
}

/** Somebody who does what a script says, with keys of their own. */
export class Session {
  readonly hub: StoredHub;
  readonly keys: readonly SecretKey[];
  #lastTransaction: unknown = null;

  constructor(hub: StoredHub, keys: readonly SecretKey[]) {
    this.hub = hub;
    this.keys = keys;
  }

  perform(action: Action): void {
    switch (action.kind) {
      case "close":
        this.hub.closeRound();
        break;
      case "restart":
        this.hub.restart(action.afterMs);
        break;
      case "propose":
        this.hub.input({ kind: "proposal", proposal: this.#proposal(action.who, action.bpm) });
        break;
      case "proposeFalsely":
        this.hub.input({ kind: "proposal", proposal: this.#proposal(action.who, 70, action.salt) });
        break;
      case "again":
        this.hub.input({ kind: "transaction", transaction: this.#lastTransaction });
        break;
      default:
        this.#lastTransaction = this.#transaction(action);
        this.hub.input({ kind: "transaction", transaction: this.#lastTransaction });
    }
  }

  #transaction(action: TransactionAction): unknown {
    switch (action.kind) {
      case "join": {
        const { faucet } = this.hub.network.genesis;
        const grant = faucet === "unlimited" ? 500 : faucet;
        return this.#signed(action.who, { type: "join", name: `v${action.who}`, grant });
      }
      case "bond":
      case "unbond":
        return this.#signed(action.who, { type: action.kind, ...this.#nonce(action.who), amount: action.amount });
      case "transfer": {
        const to = addressOf(this.#key(action.to).publicKey);
        return this.#signed(action.who, { type: "transfer", ...this.#nonce(action.who), to, amount: action.amount });
      }
      case "accuse":
        return this.#accusation(action.who, action.of);
    }
  }

  #key(who: number): SecretKey {
    const key = this.keys[who];
    if (key === undefined) throw new Error(`no key ${who}`);
    return key;
  }

  #nonce(who: number): { nonce: number } {
    return { nonce: getAccount(workingLedger(this.hub.state), this.#key(who).publicKey)?.nonce ?? 1 };
  }

  #signed(who: number, fields: object): unknown {
    const key = this.#key(who);
    const unsigned = { ...fields, publicKey: key.publicKey };
    return { ...unsigned, signature: sign(key, "tx", this.hub.network.chainId, unsigned) };
  }

  /** A proposal for the current round on the tip; with a salt, one whose claim is made up. */
  #proposal(who: number, bpm: number | string | null, salt?: number, round = currentRound(this.hub.state)) {
    const { rule, chainId } = this.hub.network;
    const { tip } = this.hub.state.chain;
    const key = this.#key(who);
    const claim =
      salt === undefined
        ? rule.makeClaim(chainId, key, round, tip.seed)
        : { output: String(salt).padStart(128, "0"), proof: "00".repeat(80) };
    const unsigned = { round, prevHash: tip.hash, bpm, publicKey: key.publicKey, claim };
    return { ...unsigned, signature: sign(key, "proposal", chainId, unsigned) };
  }

  /** Evidence against an author who did it, but not at this hub. */
  #accusation(who: number, of: EvidenceKind): unknown {
    if (of === "equivocation") {
      const [first, second] = [this.#proposal(who, 60, 0, 1), this.#proposal(who, 61, 0, 1)];
      return { type: "slash", evidence: { kind: of, first, second } };
    }
    return { type: "slash", evidence: { kind: of, proposal: this.#proposal(who, of === "bpm" ? 1.5 : 60, 0, 1) } };
  }
}
