import { mulAddUnsafe } from "@noble/curves/abstract/curve.js";
import type { EdwardsPoint } from "@noble/curves/abstract/edwards.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import type { VrfGroup } from "./vrf-group.ts";

/**
 * The group of edwards25519 (RFC 7748 §4.1, RFC 8032 §5.1), as far as key validation and the VRF need it, in plain
 * JavaScript. The only file that knows the curve library. It takes every point there is, and so decides wherever the
 * faster twin (sodium-group.ts) does not.
 */
const { Point } = ed25519;

/** An element of the whole group, of order 8·L; its small-order part is kept. */
export type GroupElement = EdwardsPoint;

/** L, the order of the base point: 2^252 + 27742317777372353535851937790883648493 (RFC 8032 §5.1). */
export const GROUP_ORDER: bigint = Point.Fn.ORDER;

/**
 * The point that 32 bytes encode (RFC 8032 §5.1.3), or undefined if there is none. Strict: a y of p or more is refused,
 * and so is x = 0 with the sign bit set, hence a point has exactly one encoding.
 */
export function decodePoint(bytes: Uint8Array): GroupElement | undefined {
  try {
    return Point.fromBytes(bytes, false);
  } catch {
    return undefined;
  }
}

/** The 32 bytes that encode `point` (RFC 8032 §5.1.2). */
export function encodePoint(point: GroupElement): Uint8Array {
  return point.toBytes();
}

/** 8·`point`: without what small order it had. */
export function clearCofactor(point: GroupElement): GroupElement {
  return point.clearCofactor();
}

/** Whether `point` is the identity element. */
export function isIdentity(point: GroupElement): boolean {
  return point.is0();
}

/** s·B − c·`point` for the base point B and public 0 ≤ s, c < L. */
export function combineWithBase(s: bigint, point: GroupElement, c: bigint): GroupElement {
  return Point.BASE.multiplyUnsafe(s).subtract(point.multiplyUnsafe(c));
}

/** s·`plus` − c·`minus` for public 0 ≤ s, c < L. One chain of doublings serves both. */
export function combine(s: bigint, plus: GroupElement, c: bigint, minus: GroupElement): GroupElement {
  return mulAddUnsafe(Point, [plus, minus.negate()], [s, c]);
}

/** The whole of it, for the VRF. Secret scalars take a time that does not depend on them, as far as bigints allow. */
export const curveGroup: VrfGroup<GroupElement> = {
  decodePoint,
  decodeClearingCofactor: (bytes) => {
    const cleared = decodePoint(bytes)?.clearCofactor();
    return cleared === undefined || cleared.is0() ? undefined : cleared;
  },
  encodePoint,
  clearCofactor,
  multiplyBaseBySecret: (scalar) => Point.BASE.multiply(scalar),
  multiplyBySecret: (point, scalar) => point.multiply(scalar),
  combineWithBase,
  combine,
};
