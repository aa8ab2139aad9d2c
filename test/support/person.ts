import { randomBytes } from "node:crypto";
import { addressOf, type SecretKey, secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import { vrfProve } from "pos-shared/crypto/vrf.ts";
import { alphaOf } from "pos-shared/lottery/alpha.ts";
import type { Claim, SignedProposal } from "pos-shared/model/proposal.ts";

/** What a proposal is signed for. */
export interface Slot {
  readonly round: number;
  /** Hash of the tip. */
  readonly prevHash: string;
  /** In force after the tip. */
  readonly seed: string;
}

let made = 0;

/** Somebody with a key, who signs what a client would, and also what no honest one would (SPEC §3, §4). */
export class Person {
  readonly name: string;
  readonly key: SecretKey;

  constructor(name = `p-${++made}`, seed: Uint8Array = randomBytes(32)) {
    this.name = name;
    this.key = secretKeyFromSeed(seed);
  }

  get publicKey(): string {
    return this.key.publicKey;
  }

  get address(): string {
    return addressOf(this.key.publicKey);
  }

  login(chainId: string, challenge: string, token: string | null = null): object {
    const signature = sign(this.key, "login", chainId, { challenge });
    return { type: "login", publicKey: this.publicKey, signature, token, tip: null };
  }

  /** A signed transaction: `fields` without key and signature. */
  transaction(chainId: string, fields: object): object {
    const unsigned = { ...fields, publicKey: this.publicKey };
    return { ...unsigned, signature: sign(this.key, "tx", chainId, unsigned) };
  }

  /** A signed proposal with a true claim, unless another one is given. The bpm may be anything. */
  proposal(chainId: string, { round, prevHash, seed }: Slot, bpm: unknown, claim?: Claim): SignedProposal {
    const { output, proof } = claim ?? vrfProve(this.key, alphaOf(chainId, round, seed));
    const unsigned = { round, prevHash, bpm, publicKey: this.publicKey, claim: { output, proof } };
    return { ...unsigned, signature: sign(this.key, "proposal", chainId, unsigned) } as SignedProposal;
  }
}
