import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { combine, combineWithBase, decodePoint, encodePoint, GROUP_ORDER } from "../../src/crypto/group.ts";
import { sha512 } from "../../src/crypto/hash.ts";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { vrfProve, vrfVerify } from "../../src/crypto/vrf.ts";
import { fromHex, toHex } from "../../src/encoding/hex.ts";
import { flipBit, fromLittleEndian, toLittleEndian } from "../support/bytes.ts";
import { describeWithVectors } from "../support/vectors.ts";

interface EcvrfCase {
  name: string;
  SK: string;
  PK: string;
  alpha: string;
  x: string;
  H: string;
  k: string;
  U: string;
  V: string;
  pi: string;
  beta: string;
}

describeWithVectors<{ cases: EcvrfCase[] }>("ecvrf-rfc9381.json", ({ cases }) => {
  describe.each(cases)("$name (RFC 9381 appendix B.3)", (entry) => {
    const key = secretKeyFromSeed(fromHex(entry.SK));
    const alpha = fromHex(entry.alpha);

    test("is proved to the byte", () => {
      expect(key.publicKey).toBe(entry.PK);
      expect(vrfProve(key, alpha)).toEqual({ output: entry.beta, proof: entry.pi });
    });

    test("verifies to its output", () => {
      expect(vrfVerify(entry.PK, alpha, entry.pi)).toBe(entry.beta);
    });

    test("has the intermediate values U, V, k", () => {
      const { gamma, c, s } = takeApart(entry.pi);
      const [y, h, gammaPoint] = [point(entry.PK), point(entry.H), point(gamma)];
      expect(toHex(encodePoint(combineWithBase(s, y, c)))).toBe(entry.U);
      expect(toHex(encodePoint(combine(s, h, c, gammaPoint)))).toBe(entry.V);
      const x = fromLittleEndian(entry.x);
      expect(toLittleEndian((((s - c * x) % GROUP_ORDER) + GROUP_ORDER) % GROUP_ORDER)).toBe(entry.k);
    });
  });
});

const key = secretKeyFromSeed(new Uint8Array(32).fill(2));
const alpha = Buffer.from("round 1");
const { output, proof } = vrfProve(key, alpha);

describe("a VRF proof (RFC 9381)", () => {
  const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const inputs = fc.uint8Array({ maxLength: 200 });

  test("of any key for any input verifies to the prover's output", () => {
    fc.assert(
      fc.property(seeds, inputs, (seed, input) => {
        const someKey = secretKeyFromSeed(seed);
        const result = vrfProve(someKey, input);
        expect(vrfVerify(someKey.publicKey, input, result.proof)).toBe(result.output);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test("fails with any bit of it flipped", () => {
    for (let bit = 0; bit < 640; bit++) {
      expect(vrfVerify(key.publicKey, alpha, flipBit(proof, bit)), `bit ${bit}`).toBeUndefined();
    }
  }, 60_000);

  test("fails for the key with any bit of it flipped", () => {
    for (let bit = 0; bit < 256; bit++) {
      expect(vrfVerify(flipBit(key.publicKey, bit), alpha, proof), `bit ${bit}`).toBeUndefined();
    }
  }, 60_000);

  test("fails for another input", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        fc.pre(Buffer.compare(input, alpha) !== 0);
        expect(vrfVerify(key.publicKey, input, proof)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
    for (let bit = 0; bit < 8 * alpha.length; bit++) {
      expect(vrfVerify(key.publicKey, fromHex(flipBit(toHex(alpha), bit)), proof)).toBeUndefined();
    }
  }, 60_000);

  test("fails with s raised by the group's order, which would be the same modulo L (§5.4.4)", () => {
    const { gamma, cString, s } = takeApart(proof);
    expect(vrfVerify(key.publicKey, alpha, gamma + cString + toLittleEndian(s))).toBe(output);
    expect(vrfVerify(key.publicKey, alpha, gamma + cString + toLittleEndian(s + GROUP_ORDER))).toBeUndefined();
  });

  test.each([
    ["no point", toLittleEndian(2n)],
    ["y of p or more", toLittleEndian(2n ** 255n - 19n + 3n)],
    ["x = 0 with the sign bit set", toLittleEndian(1n + 2n ** 255n)],
  ])("fails with a Gamma that does not decode: %s (RFC 8032 §5.1.3)", (_what, gamma) => {
    expect(decodePoint(fromHex(gamma))).toBeUndefined();
    expect(vrfVerify(key.publicKey, alpha, gamma + proof.slice(64))).toBeUndefined();
  });

  test.each([
    ["capitals", proof.toUpperCase()],
    ["too short", proof.slice(2)],
    ["too long", `${proof}00`],
    ["empty", ""],
    ["no hex", "g".repeat(160)],
  ])("fails where it is malformed: %s", (_what, malformed) => {
    expect(vrfVerify(key.publicKey, alpha, malformed)).toBeUndefined();
  });
});

/*
 * Forgeries that only the owner of a key can make, put together from the RFC's own steps. They must not change what an
 * output is: one key and one input have one output.
 */
describe("what a dishonest owner can do", () => {
  const { Point } = ed25519;
  const order2 = Point.fromAffine({ x: 0n, y: Point.Fp.ORDER - 1n });
  const suite = (front: number) => Uint8Array.of(0x03, front);
  const x = fromLittleEndian(toHex(clamp(sha512(key.seed).subarray(0, 32)))) % GROUP_ORDER;

  test("another proof with torsion in Gamma verifies, to the same output", () => {
    const h = encodeToCurve(key.publicKey);
    const gamma = h.multiply(x).add(order2);
    // The challenge multiplies the torsion: half of all nonces give an even one, and then it vanishes.
    for (let k = 1n; ; k++) {
      const c = challenge(key.publicKey, h, gamma, Point.BASE.multiply(k), h.multiply(k));
      if (c % 2n !== 0n) continue;
      const other = gamma.toHex() + toLittleEndian(c).slice(0, 32) + toLittleEndian((k + c * x) % GROUP_ORDER);
      expect(other).not.toBe(proof);
      expect(vrfVerify(key.publicKey, alpha, other)).toBe(output);
      return;
    }
  });

  test("a key of small order, for which anybody could prove anything, is refused (§5.4.5)", () => {
    const publicKey = order2.toHex();
    const h = encodeToCurve(publicKey);
    const gamma = Point.ZERO;
    for (let k = 1n; ; k++) {
      const c = challenge(publicKey, h, gamma, Point.BASE.multiply(k), h.multiply(k));
      // U = k·B − c·Y is k·B again where c is even, so only the validation of the key stands in the way.
      if (c % 2n !== 0n) continue;
      expect(toHex(encodePoint(combineWithBase(k, point(publicKey), c)))).toBe(Point.BASE.multiply(k).toHex());
      const forged = gamma.toHex() + toLittleEndian(c).slice(0, 32) + toLittleEndian(k);
      expect(vrfVerify(publicKey, alpha, forged)).toBeUndefined();
      return;
    }
  });

  function encodeToCurve(publicKey: string) {
    for (let counter = 0; ; counter++) {
      const hash = sha512(suite(1), fromHex(publicKey), alpha, Uint8Array.of(counter), Uint8Array.of(0));
      const candidate = decodePoint(hash.subarray(0, 32));
      if (candidate !== undefined) return candidate.clearCofactor();
    }
  }

  function challenge(publicKey: string, ...points: { toBytes(): Uint8Array }[]): bigint {
    const strings = points.map((element) => element.toBytes());
    const hash = sha512(suite(2), fromHex(publicKey), ...strings, Uint8Array.of(0));
    return fromLittleEndian(toHex(hash.subarray(0, 16)));
  }

  function clamp(bytes: Uint8Array): Uint8Array {
    const clamped = Uint8Array.from(bytes);
    clamped[0] = (clamped[0] ?? 0) & 248;
    clamped[31] = ((clamped[31] ?? 0) & 127) | 64;
    return clamped;
  }
});

function takeApart(pi: string): { gamma: string; cString: string; c: bigint; s: bigint } {
  const cString = pi.slice(64, 96);
  return { gamma: pi.slice(0, 64), cString, c: fromLittleEndian(cString), s: fromLittleEndian(pi.slice(96)) };
}

function point(hex: string) {
  const decoded = decodePoint(fromHex(hex));
  if (decoded === undefined) throw new Error(`${hex} is no point`);
  return decoded;
}
