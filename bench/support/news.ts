import type { Broadcast } from "pos-shared/chain/round/effects.ts";
import type { Block } from "pos-shared/model/block.ts";
import { sealOneRound } from "./seal.ts";

/** Five messages as they come when a round with a false claim ends: slashes, the block, the next opening. The block first. */
export async function fiveNews(): Promise<readonly [Broadcast, ...Broadcast[]]> {
  const { block, opening } = await sealOneRound();
  const slashed = (name: string): Broadcast => ({
    kind: "slashed",
    publicKey: publicKeyOf(block),
    name,
    evidence: "vrf",
    amount: 100,
    round: block.round,
  });
  return [
    { kind: "block", block, lowest: [] },
    { kind: "opening", opening, validators: 10_000, stake: 1_000_000 },
    slashed("v-1"),
    slashed("v-2"),
    slashed("v-3"),
  ];
}

function publicKeyOf({ proposal }: Block): string {
  if (proposal === null) throw new Error("a block without a winner");
  return proposal.publicKey;
}
