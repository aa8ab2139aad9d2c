/** What a cheating hub can do: change a block and make every hash and every signature of its own anew. */
import { applyTransaction } from "../../src/chain/apply-transaction.ts";
import type { ChainState } from "../../src/chain/chain-state.ts";
import type { Network } from "../../src/chain/network.ts";
import { taggedHash } from "../../src/crypto/hash.ts";
import type { SecretKey } from "../../src/crypto/keys.ts";
import { leafHash, merkleRoot } from "../../src/crypto/merkle.ts";
import { sign } from "../../src/crypto/signature.ts";
import type { Hex } from "../../src/encoding/hex.ts";
import { getAccount, ledgerRoot } from "../../src/ledger/ledger.ts";
import { processDueEntries } from "../../src/ledger/mature.ts";
import { type Block, headerOf } from "../../src/model/block.ts";
import type { Proposal } from "../../src/model/proposal.ts";

/** Any block-like value with a hash and a hub's signature that fit it. */
export function sealAnew(chainId: Hex, hubKey: SecretKey, block: Block): Block {
  const hash = taggedHash("block", chainId, headerOf(block));
  return { ...block, hash, hubSignature: sign(hubKey, "seal", chainId, { hash }) };
}

/**
 * A changed block with all roots made anew, but for the one that was itself changed. Where the transactions do not hold,
 * the ledger's root stays.
 */
export function rootsAnew(
  network: Network,
  state: ChainState,
  block: Block,
  proposals: readonly Proposal[],
  changed: string | number | undefined,
): Block {
  const roots = {
    transactionsRoot: merkleRoot(block.transactions.map(leafHash)),
    proposalsRoot: merkleRoot(proposals.map(leafHash)),
    ledgerRoot: ledgerRootAfter(network, state, block) ?? block.ledgerRoot,
  };
  const kept = typeof changed === "string" && changed in roots ? { [changed]: block[changed as keyof Block] } : {};
  return { ...block, ...roots, ...kept };
}

function ledgerRootAfter(network: Network, state: ChainState, block: Block): Hex | undefined {
  // No signature and no evidence is looked at: whatever amounts they move, the root fits them.
  const context = { network, round: block.round, seedAfter: () => undefined, trusted: true };
  let ledger = processDueEntries(state.ledger, block.round);
  for (const transaction of block.transactions) {
    const applied = applyTransaction(context, ledger, transaction);
    if (!applied.ok) return undefined;
    ledger = applied.value;
  }
  const winner = block.proposal?.publicKey;
  if (winner !== undefined && getAccount(ledger, winner) !== undefined)
    ledger = network.rule.payReward(ledger, winner, network.genesis.blockReward);
  return ledgerRoot(ledger);
}
