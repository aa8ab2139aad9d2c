import { type KeyObject, verify } from "node:crypto";

export interface Signed {
  readonly message: Buffer;
  readonly key: KeyObject;
  readonly signature: Buffer;
}

/** The least that accepting signed proposals can be: their signatures, with keys that are imported already. */
export function verifyAll(signed: readonly Signed[]): void {
  for (const { message, key, signature } of signed) {
    if (!verify(null, message, key, signature)) throw new Error("a wrong signature");
  }
}
