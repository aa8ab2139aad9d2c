/** How far a block was checked (SPEC §7), in ascending order. */
export const DEPTHS = ["links", "replica", "spot", "full"] as const;
export type Verified = (typeof DEPTHS)[number];
