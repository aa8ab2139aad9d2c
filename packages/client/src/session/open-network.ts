import { openNetwork } from "pos-shared/chain/network.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { HubChannel } from "../connection/hub-channel.ts";
import { checkpointPath, readCheckpoint } from "../replica/checkpoint-file.ts";
import { VerifiedChain } from "../replica/verified-chain.ts";

/**
 * The chain of a network as far as this machine has verified it; of a network met for the first time, its genesis, which
 * the chain id must be the hash of. An error is in words.
 */
export async function openChain(
  channel: HubChannel,
  chainId: Hex,
  homeDir: string,
  notice: (message: string) => void,
): Promise<Result<VerifiedChain, string>> {
  const checkpoint = readCheckpoint(checkpointPath(homeDir, chainId), chainId);
  if (!checkpoint.ok) notice(`the checkpoint is not used, as ${checkpoint.error}; everything is verified anew`);
  else if (checkpoint.value !== undefined) return ok(new VerifiedChain(checkpoint.value.network, checkpoint.value));
  const answer = await channel.request("genesis", {});
  if (!answer.ok) return err(answer.error.kind === "lost" ? answer.error.reason : sentenceOf(answer.error.fault));
  const opened = openNetwork(answer.value.genesis);
  if (!opened.ok) {
    const { path, expected, actual } = opened.error;
    return err(`the hub's genesis is wrong: ${path || "it"} should be ${expected}, but is ${actual}`);
  }
  if (opened.value.chainId !== chainId) {
    return err(`the hub says its chain is ${chainId}, but its genesis is that of ${opened.value.chainId}`);
  }
  return ok(new VerifiedChain(opened.value));
}
