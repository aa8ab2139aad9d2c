/** What the VRF asks of the group of edwards25519, with points in whatever form an implementation keeps them. */
export interface VrfGroup<Point> {
  /** The point that 32 bytes encode (RFC 8032 §5.1.3, strict), or undefined if there is none. */
  readonly decodePoint: (bytes: Uint8Array) => Point | undefined;
  /** 8 · the point that 32 bytes encode; undefined if there is none, or if that is the identity. */
  readonly decodeClearingCofactor: (bytes: Uint8Array) => Point | undefined;
  /** The 32 bytes that encode a point (RFC 8032 §5.1.2). */
  readonly encodePoint: (point: Point) => Uint8Array;
  /** 8·`point`: without what small order it had. */
  readonly clearCofactor: (point: Point) => Point;
  /** `scalar`·B for the base point B and a secret 1 ≤ `scalar` < L. */
  readonly multiplyBaseBySecret: (scalar: bigint) => Point;
  /** `scalar`·`point` for a secret 1 ≤ `scalar` < L. */
  readonly multiplyBySecret: (point: Point, scalar: bigint) => Point;
  /** s·B − c·`point` for the base point B and public 0 ≤ s, c < L. */
  readonly combineWithBase: (s: bigint, point: Point, c: bigint) => Point;
  /** s·`plus` − c·`minus` for public 0 ≤ s, c < L. */
  readonly combine: (s: bigint, plus: Point, c: bigint, minus: Point) => Point;
}
