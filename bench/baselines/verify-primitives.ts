import { type KeyObject, verify } from "node:crypto";
import { vrfVerify } from "pos-shared/crypto/vrf.ts";

export interface BlockPrimitives {
  readonly signatures: readonly { readonly message: Buffer; readonly key: KeyObject; readonly signature: Buffer }[];
  readonly rolls: readonly { readonly publicKey: string; readonly alpha: Uint8Array; readonly proof: string }[];
}

/** The least that verifying blocks in full can be: every signature and every VRF proof in them, and nothing else. */
export function verifyPrimitives(blocks: readonly BlockPrimitives[]): void {
  for (const { signatures, rolls } of blocks) {
    for (const { message, key, signature } of signatures) {
      if (!verify(null, message, key, signature)) throw new Error("a wrong signature");
    }
    for (const { publicKey, alpha, proof } of rolls) {
      if (vrfVerify(publicKey, alpha, proof) === undefined) throw new Error("a wrong proof");
    }
  }
}
