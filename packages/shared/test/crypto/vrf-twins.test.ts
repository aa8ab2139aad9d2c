import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { prove, verify } from "../../src/crypto/ecvrf.ts";
import { curveGroup, GROUP_ORDER } from "../../src/crypto/group.ts";
import { secretKeyFromSeed } from "../../src/crypto/keys.ts";
import { NotOrdinary, openSodiumGroup } from "../../src/crypto/sodium-group.ts";
import { speedUpVrf, vrfProve, vrfVerify } from "../../src/crypto/vrf.ts";
import type { VrfGroup } from "../../src/crypto/vrf-group.ts";
import { fromHex, toHex } from "../../src/encoding/hex.ts";
import { flipBit, toLittleEndian } from "../support/bytes.ts";
import { describeWithVectors } from "../support/vectors.ts";

/*
 * The VRF has two arithmetics: WebAssembly, and plain JavaScript as its twin (docs/adr/0010). Whatever is asked, both
 * must say the same, or a hub and a client on two machines would not agree on a draw.
 */
let sodium: VrfGroup<Uint8Array>;
beforeAll(async () => {
  sodium = await openSodiumGroup();
  expect(await speedUpVrf()).toBe(true);
});

const P = 2n ** 255n - 19n;
/** The points whose order divides 8, with their encodings that are not canonical as well. */
const SMALL_ORDER = [
  "0100000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000080",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
  toLittleEndian(P),
  toLittleEndian(P + 1n),
  toLittleEndian(P + 2n ** 255n),
  toLittleEndian(P + 1n + 2n ** 255n),
];

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
const ordinaryPoints = fc.integer({ min: 1, max: 1_000 }).map((n) => ed25519.Point.BASE.multiply(BigInt(n)).toHex());

const encodings = fc.oneof(
  { weight: 2, arbitrary: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex) },
  fc.constantFrom(...SMALL_ORDER),
  // Just below and above p, with either sign.
  fc.tuple(fc.integer({ min: -20, max: 18 }), fc.boolean()).map(([off, sign]) => {
    return toLittleEndian(((P + BigInt(off)) & (2n ** 255n - 1n)) + (sign ? 2n ** 255n : 0n));
  }),
  // Ordinary points, and such with a part of small order.
  fc.tuple(fc.integer({ min: 1, max: 1_000 }), fc.constantFrom("", ...SMALL_ORDER.slice(4, 9))).map(([n, torsion]) => {
    const point = ed25519.Point.BASE.multiply(BigInt(n));
    return (torsion === "" ? point : point.add(ed25519.Point.fromHex(torsion.replace(/80$/, "00")))).toHex();
  }),
);

describeWithVectors<{ cases: { name: string; SK: string; PK: string; alpha: string; pi: string; beta: string }[] }>(
  "ecvrf-rfc9381.json",
  ({ cases }) => {
    test.each(cases)("$name: WebAssembly alone proves and verifies it (RFC 9381 appendix B.3)", (entry) => {
      const key = secretKeyFromSeed(fromHex(entry.SK));
      const alpha = fromHex(entry.alpha);
      expect(prove(sodium, key, alpha)).toEqual({ output: entry.beta, proof: entry.pi });
      expect(verify(sodium, entry.PK, alpha, entry.pi)).toBe(entry.beta);
    });
  },
);

describe("both arithmetics of the VRF", () => {
  const key = secretKeyFromSeed(new Uint8Array(32).fill(7));
  const alpha = Buffer.from("round 1");
  const { proof } = prove(curveGroup, key, alpha);
  const [gamma, cString, s] = [proof.slice(0, 64), proof.slice(64, 96), proof.slice(96)];
  const plain = (publicKey: string, pi: string) => verify(curveGroup, publicKey, alpha, pi);

  test("prove any key's rolls to the same bytes, and verify them, without a twin's help", () => {
    fc.assert(
      fc.property(seeds, fc.uint8Array({ maxLength: 100 }), (seed, input) => {
        const someKey = secretKeyFromSeed(seed);
        const result = prove(curveGroup, someKey, input);
        expect(prove(sodium, someKey, input)).toEqual(result);
        expect(vrfProve(someKey, input)).toEqual(result);
        expect(verify(sodium, someKey.publicKey, input, result.proof)).toBe(result.output);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test("map any 32 bytes to the same point, or to none (RFC 9381 §5.4.1.1)", () => {
    fc.assert(
      fc.property(encodings, (hex) => {
        const expected = curveGroup.decodeClearingCofactor(fromHex(hex));
        const found = sodium.decodeClearingCofactor(fromHex(hex));
        expect(found === undefined ? undefined : toHex(found)).toBe(expected?.toHex());
      }),
      { numRuns: 2_000 },
    );
    for (const hex of SMALL_ORDER) expect(sodium.decodeClearingCofactor(fromHex(hex)), hex).toBeUndefined();
  }, 60_000);

  test("judge a proof with any Gamma, and any key, alike", () => {
    fc.assert(
      fc.property(encodings, encodings, (point, publicKey) => {
        expect(vrfVerify(key.publicKey, alpha, point + cString + s)).toBe(plain(key.publicKey, point + cString + s));
        expect(vrfVerify(publicKey, alpha, proof)).toBe(plain(publicKey, proof));
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test("judge the scalars 0, L − 1, L and beyond alike", () => {
    const scalars = [0n, 1n, GROUP_ORDER - 1n, GROUP_ORDER, GROUP_ORDER + 1n, 2n ** 255n, 2n ** 256n - 1n];
    for (const scalar of scalars) {
      for (const challenge of [cString, "00".repeat(16), "ff".repeat(16), `01${"00".repeat(15)}`]) {
        const pi = gamma + challenge + toLittleEndian(scalar);
        expect(vrfVerify(key.publicKey, alpha, pi)).toBe(plain(key.publicKey, pi));
      }
    }
  });

  test("judge a proof with any bit flipped alike", () => {
    for (let bit = 0; bit < 640; bit++) {
      const flipped = flipBit(proof, bit);
      expect(vrfVerify(key.publicKey, alpha, flipped), `bit ${bit}`).toBe(plain(key.publicKey, flipped));
    }
  }, 60_000);

  test("multiply to the same points, where WebAssembly does at all", () => {
    const scalars = fc.bigInt({ min: 0n, max: GROUP_ORDER - 1n });
    let multiplied = 0;
    fc.assert(
      fc.property(fc.oneof(encodings, ordinaryPoints), scalars, scalars, (hex, one, other) => {
        const point = curveGroup.decodePoint(fromHex(hex));
        const found = ordinaryOrNot(() => sodium.combineWithBase(one, fromHex(hex), other));
        if (found === undefined) return;
        multiplied += 1;
        expect(point).toBeDefined();
        if (point !== undefined) expect(toHex(found)).toBe(curveGroup.combineWithBase(one, point, other).toHex());
      }),
      { numRuns: 400 },
    );
    expect(multiplied).toBeGreaterThan(20);
  }, 60_000);
});

function ordinaryOrNot(work: () => Uint8Array): Uint8Array | undefined {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(NotOrdinary);
    return undefined;
  }
}
