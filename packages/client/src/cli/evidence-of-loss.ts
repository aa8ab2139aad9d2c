import type { Network } from "pos-shared/chain/network.ts";
import type { ReceiptedTransaction } from "pos-shared/model/receipt.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { timestampOf } from "pos-shared/model/timestamp.ts";
import type { HubChannel } from "../connection/hub-channel.ts";
import { hubSource } from "../connection/hub-source.ts";
import type { EvidenceFile } from "../replica/evidence/evidence-file.ts";
import { makeEvidence } from "../replica/evidence/make-evidence.ts";
import { servedBlocks } from "../replica/served-blocks.ts";
import { VerifiedChain } from "../replica/verified-chain.ts";
import { verifyChain } from "../replica/verify-chain.ts";
import { systemRuntime } from "../runtime.ts";

const TIMEOUT_MS = 15_000;

/**
 * What shows that a hub did not record a transaction that it had acknowledged. The chain is verified with the receipt at
 * hand; if all holds, the transaction had become invalid before its turn, which is nobody's fault: an error, in words.
 * @param upTo a block of a round later than the receipt's
 */
export async function evidenceOfLoss(
  channel: HubChannel,
  network: Network,
  own: ReceiptedTransaction,
  upTo: number,
): Promise<Result<EvidenceFile, string>> {
  const chain = new VerifiedChain(network);
  chain.held.addTransaction(own);
  const source = hubSource(channel, systemRuntime, TIMEOUT_MS);
  const verified = await verifyChain({
    chain,
    blocks: servedBlocks(source, 1, upTo, false),
    seeds: source,
    runtime: systemRuntime,
    onProgress: () => {},
  });
  if (verified.ok) return err("it was not recorded, for the chain had become such that it no longer holds");
  const { error } = verified;
  if (error.kind === "unreadable")
    return err(`the hub did not record it, and its chain cannot be read: ${error.reason}`);
  return ok(makeEvidence(error.evidence, timestampOf(systemRuntime.nowMs())));
}
