import { randomBytes } from "node:crypto";
import { type SecretKey, secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import { vrfProve } from "pos-shared/crypto/vrf.ts";
import { alphaOf } from "pos-shared/lottery/alpha.ts";
import type { TestHub } from "./test-hub.ts";

/** Somebody with a key, who signs what a client of a network would. */
export class Person {
  readonly name: string;
  readonly key: SecretKey;
  readonly #of: TestHub | undefined;

  constructor(hub: TestHub | undefined, name: string, key: SecretKey = secretKeyFromSeed(randomBytes(32))) {
    this.#of = hub;
    this.name = name;
    this.key = key;
  }

  get #hub(): TestHub {
    if (this.#of === undefined) throw new Error("of no network");
    return this.#of;
  }

  get publicKey(): string {
    return this.key.publicKey;
  }

  /** A login's fields for a challenge. */
  login(challenge: string, changes: object = {}): object {
    const signature = sign(this.key, "login", this.#hub.port.chainId, { challenge });
    return { type: "login", publicKey: this.publicKey, signature, token: null, tip: null, ...changes };
  }

  transaction(fields: object): object {
    const unsigned = { ...fields, publicKey: this.publicKey };
    return { ...unsigned, signature: sign(this.key, "tx", this.#hub.port.chainId, unsigned) };
  }

  join(grant = 1000): object {
    return this.transaction({ type: "join", name: this.name, grant });
  }

  bond(amount: number, nonce = 1): object {
    return this.transaction({ type: "bond", nonce, amount });
  }

  /** A proposal for the open round (or whatever is said instead), with a true claim. */
  proposal(bpm: unknown, changes: { round?: number; prevHash?: string } = {}): object {
    const { port, seed } = this.#hub;
    const status = port.status();
    const { round = status.round, prevHash = status.tip.hash } = changes;
    const { output, proof } = vrfProve(this.key, alphaOf(port.chainId, round, seed()));
    const unsigned = {
      round,
      prevHash,
      bpm,
      publicKey: this.publicKey,
      claim: { output, proof },
    };
    return { ...unsigned, signature: sign(this.key, "proposal", port.chainId, unsigned) };
  }
}
