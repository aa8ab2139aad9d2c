import { taggedHash } from "../../crypto/hash.ts";
import { addressOf } from "../../crypto/keys.ts";
import { leafHash, merkleRoot } from "../../crypto/merkle.ts";
import { sign } from "../../crypto/signature.ts";
import { fromHex } from "../../encoding/hex.ts";
import { digestValues } from "../../ledger/digest-map.ts";
import { type Ledger, ledgerRoot } from "../../ledger/ledger.ts";
import type { Block, Header } from "../../model/block.ts";
import type { Transaction } from "../../model/transaction.ts";
import type { RoundOutcome } from "../../rules/consensus-rule.ts";
import type { ChainState } from "../chain-state.ts";
import type { OpenRound, RoundParams } from "./round-state.ts";

export interface SealInput {
  readonly chain: ChainState;
  readonly open: OpenRound;
  readonly outcome: RoundOutcome;
  readonly transactions: readonly Transaction[];
  /** After the block, the reward paid. */
  readonly ledger: Ledger;
}

/** Builds and signs the block of a round (SPEC §6). */
export function sealBlock(
  { network, hubKey }: RoundParams,
  { chain, open, outcome, transactions, ledger }: SealInput,
): Block {
  const { winner, draw } = outcome;
  // The map yields ascending public keys, which is the order of the tree.
  const accepted = digestValues(open.proposals);
  const header: Header = {
    index: chain.tip.index + 1,
    round: open.opening.round,
    timestamp: open.opening.closesAt,
    prevHash: chain.tip.hash,
    bpm: winner?.bpm ?? null,
    validator: winner === null ? null : addressOf(winner.publicKey),
    proposal: winner,
    proposalCount: accepted.length,
    proposalsRoot: merkleRoot(accepted.map(({ receipt }) => fromHex(receipt.leaf))),
    transactionCount: transactions.length,
    transactionsRoot: merkleRoot(transactions.map(leafHash)),
    ledgerRoot: ledgerRoot(ledger),
    draw,
  };
  const hash = taggedHash("block", network.chainId, header);
  return { ...header, hash, hubSignature: sign(hubKey, "seal", network.chainId, { hash }), transactions };
}
