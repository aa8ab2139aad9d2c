/**
 * The VRF, each result worked out once. It is a pure function that costs milliseconds, and thousands of cases ask it the
 * same few questions; what it answers is its own answer, and who changed it would see these tests fail. Use it so:
 *
 *     vi.mock(import("../../src/crypto/vrf.ts"), async (original) => {
 *       const { memoizedVrf } = await import("../support/memoized-vrf.ts");
 *       return memoizedVrf(original);
 *     });
 */
import type { SecretKey } from "../../src/crypto/keys.ts";
import type * as vrf from "../../src/crypto/vrf.ts";
import { toHex } from "../../src/encoding/hex.ts";

export async function memoizedVrf(original: () => Promise<typeof vrf>): Promise<typeof vrf> {
  const { vrfProve, vrfVerify, speedUpVrf } = await original();
  const proved = new Map<string, ReturnType<typeof vrfProve>>();
  const verified = new Map<string, ReturnType<typeof vrfVerify>>();
  return {
    speedUpVrf,
    vrfProve: (key: SecretKey, alpha) => once(proved, `${key.publicKey} ${toHex(alpha)}`, () => vrfProve(key, alpha)),
    vrfVerify: (publicKey, alpha, proof) =>
      once(verified, `${publicKey} ${toHex(alpha)} ${proof}`, () => vrfVerify(publicKey, alpha, proof)),
  };
}

function once<Value>(known: Map<string, Value>, question: string, compute: () => Value): Value {
  const answer = known.get(question);
  if (answer !== undefined || known.has(question)) return answer as Value;
  const computed = compute();
  known.set(question, computed);
  return computed;
}
