import { genesisState } from "pos-shared/chain/chain-state.ts";
import { verifyBlock } from "pos-shared/chain/verify/verify-block.ts";
import { leafHash } from "pos-shared/crypto/merkle.ts";
import { toHex } from "pos-shared/encoding/hex.ts";
import { accountsOf } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { Hub } from "./hub.ts";
import type { Witness } from "./witness.ts";

/**
 * Replays the hub's whole chain by the rules of SPEC §7 with all that the witnesses hold, and looks each receipt and
 * each block of theirs up in it.
 * @returns what is wrong, in words; and how much was compared
 */
export async function audit(
  hub: Hub,
  witnesses: readonly Witness[],
): Promise<{ readonly wrong: readonly string[]; readonly blocks: readonly Block[] }> {
  const network = await hub.genesisAndRule();
  const blocks = await hub.blocks();
  const wrong = witnesses.flatMap(({ complaints }) => complaints);
  const recorded = new Set<string>();
  const seeds = new Map<string, string>();
  let state = genesisState(network);
  for (const block of blocks) {
    const { proposals } = (await hub.get(`/api/blocks/${block.index}/proposals`)) as { readonly proposals: Proposal[] };
    const ofRound = ({ receipt }: { readonly receipt: { readonly round: number } }) => receipt.round === block.round;
    const held = {
      proposals: witnesses.flatMap((witness) => witness.proposals.filter(ofRound)),
      transactions: witnesses.flatMap((witness) => witness.transactions.filter(ofRound)),
      openings: witnesses.flatMap(({ openings }) => openings.get(block.round) ?? []),
    };
    const seedAfter = (hash: string) => seeds.get(hash);
    const verified = verifyBlock({ network, state, block, depth: "full", held, proposals, seedAfter });
    if (!verified.ok) return { wrong: [...wrong, JSON.stringify(verified.error)], blocks };
    state = verified.value;
    seeds.set(block.hash, state.tip.seed);
    for (const thing of [...proposals, ...block.transactions]) recorded.add(`${block.round} ${toHex(leafHash(thing))}`);
  }
  for (const account of accountsOf(state.ledger)) if (account.tombstoned) wrong.push(`${account.name} was slashed`);
  for (const { person, proposals, transactions, blocks: seen } of witnesses) {
    const leaves = [
      ...proposals.map(({ receipt }) => `${receipt.round} ${receipt.leaf}`),
      ...transactions.map(({ receipt }) => `${receipt.round} ${receipt.tx}`),
    ];
    for (const leaf of leaves) if (!recorded.has(leaf)) wrong.push(`${person.name}: not recorded: ${leaf}`);
    for (const [index, block] of seen) {
      if (blocks[index - 1]?.hash !== block.hash) wrong.push(`${person.name}: block ${index} is another one`);
    }
  }
  return { wrong, blocks };
}
