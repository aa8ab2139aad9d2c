/** `pos-client blocks`: prints a hub's chain, each block verified before it is shown. */
import { once } from "node:events";
import { getAccountByAddress } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { timestampOf } from "pos-shared/model/timestamp.ts";
import { sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { ClientConfig } from "../config/client-config.ts";
import { dialWebSocket } from "../connection/dial.ts";
import type { Hello, HubChannel } from "../connection/hub-channel.ts";
import { hubSource } from "../connection/hub-source.ts";
import { withHub } from "../connection/with-hub.ts";
import { blockOfChain } from "../replica/block-of-chain.ts";
import { makeEvidence } from "../replica/evidence/make-evidence.ts";
import { servedBlocks } from "../replica/served-blocks.ts";
import type { VerifiedChain } from "../replica/verified-chain.ts";
import { verifyChain } from "../replica/verify-chain.ts";
import { systemRuntime } from "../runtime.ts";
import { CheckpointKeeper } from "../session/checkpoint-keeper.ts";
import { openChain } from "../session/open-network.ts";
import { progressLine, sentenceOfBroken } from "../words/verdicts.ts";
import { type Failure, failed, warn } from "./print.ts";
import { openProgress } from "./progress.ts";

const PAGE_BLOCKS = 500;
const DRAW_TIMEOUT_MS = 15_000;
const HEADINGS = ["#", "time", "BPM", "winner", "validator", "hash"];
const WIDTHS = [7, 24, 5, 16, 12, 12];

export async function blocks(config: ClientConfig): Promise<Failure | undefined> {
  const call = { url: config.hubUrl, dial: dialWebSocket, runtime: systemRuntime };
  const called = await withHub(call, (channel, hello) => printOver(channel, hello, config));
  if (!called.ok) return failed(called.error);
  return called.value.ok ? undefined : failed(called.value.error);
}

async function printOver(channel: HubChannel, hello: Hello, config: ClientConfig): Promise<Result<void, string>> {
  const { chainId, tip } = hello;
  if (config.chainId !== null && config.chainId !== chainId) {
    return err(`the hub has the chain ${chainId}, and --chain asks for ${config.chainId}`);
  }
  const chain = await openChain(channel, chainId, config.homeDir, warn);
  if (!chain.ok) return chain;
  const { from, to } = config.blockRange ?? { from: 0, to: tip.index };
  const source = hubSource(channel, systemRuntime, DRAW_TIMEOUT_MS);
  const last = Math.min(to, tip.index);
  const verified = await verifyUpTo(chain.value, source, last);
  await new CheckpointKeeper(config.homeDir, chain.value, systemRuntime, warn).save();
  if (!verified.ok) return verified;
  if (from > last) return err(sentenceOf({ code: "NOT_FOUND", actual: `block ${from}` }));
  return printBlocks(chain.value, source, { from, to: last }, config.json);
}

async function verifyUpTo(
  chain: VerifiedChain,
  source: ReturnType<typeof hubSource>,
  last: number,
): Promise<Result<void, string>> {
  const progress = openProgress();
  const served = servedBlocks(source, chain.head.tip.index + 1, last, false);
  const verified = await verifyChain({
    chain,
    blocks: served,
    seeds: source,
    runtime: systemRuntime,
    onProgress: (index) => progress.show(progressLine(index, last)),
  });
  progress.clear();
  if (verified.ok) return ok(undefined);
  const { error } = verified;
  if (error.kind === "unreadable") return err(error.reason);
  return err(sentenceOfBroken(makeEvidence(error.evidence, timestampOf(systemRuntime.nowMs()))));
}

async function printBlocks(
  chain: VerifiedChain,
  source: ReturnType<typeof hubSource>,
  { from, to }: { readonly from: number; readonly to: number },
  isJson: boolean,
): Promise<Result<void, string>> {
  if (!isJson) await write(row(HEADINGS));
  if (from === 0)
    await write(
      isJson ? JSON.stringify(genesisFacts(chain)) : genesisRow(chain.network.genesis, chain.network.chainId),
    );
  for (let next = Math.max(1, from); next <= to; ) {
    const page = await source.blocks(next, Math.min(PAGE_BLOCKS, to - next + 1));
    if (!page.ok) return err(page.error.kind === "lost" ? page.error.reason : sentenceOf(page.error.fault));
    if (page.value.length === 0) return err(`the hub does not serve block ${next}`);
    for (const value of page.value) {
      const block = blockOfChain(chain, next, value);
      if (block === undefined) return err(`the hub serves another block ${next} than the one that was verified`);
      const name = nameOf(chain, block);
      await write(isJson ? JSON.stringify(factsOf(block, name)) : blockRow(block, name));
      next += 1;
    }
  }
  return ok(undefined);
}

function nameOf(chain: VerifiedChain, { validator }: Block): string | null {
  return validator === null ? null : (getAccountByAddress(chain.head.ledger, validator)?.name ?? null);
}

/** The tutorial's fields first, in its order; then what this network adds. */
function factsOf(block: Block, name: string | null): object {
  const { index, timestamp, bpm, hash, prevHash, validator, round, draw, proposalCount, transactionCount } = block;
  const { stake, eligibleStake } = draw;
  const tutorial = { index, timestamp, bpm, hash, prevHash, validator };
  return { ...tutorial, name, round, stake, eligibleStake, proposals: proposalCount, transactions: transactionCount };
}

function genesisFacts({ network: { genesis, chainId } }: VerifiedChain): object {
  const { createdAt: timestamp, network } = genesis;
  return { index: 0, timestamp, bpm: null, hash: chainId, prevHash: null, validator: null, network };
}

function genesisRow({ createdAt }: Genesis, chainId: string): string {
  return row(["0", createdAt, "-", "genesis", "", chainId]);
}

function blockRow({ index, timestamp, bpm, validator, hash }: Block, name: string | null): string {
  return row([`${index}`, timestamp, `${bpm ?? "-"}`, name ?? "no winner", validator ?? "", hash]);
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, column) => cell.slice(0, WIDTHS[column]).padEnd(WIDTHS[column] ?? 0))
    .join("  ")
    .trimEnd();
}

/** Waits while the reader is behind, so that a long chain passes in little memory. */
async function write(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
}
