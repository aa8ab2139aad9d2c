/** Checks an evidence file offline, on its own or with an exported chain beside it. */
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { openNetwork } from "pos-shared/chain/network.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { ClientConfig } from "../config/client-config.ts";
import { fileSource, readBlockLines, readGenesisLine } from "../replica/chain-file.ts";
import type { KnownChain } from "../replica/evidence/chain-before.ts";
import { checkEvidence, type EvidenceVerdict } from "../replica/evidence/check-evidence.ts";
import { makeEvidence } from "../replica/evidence/make-evidence.ts";
import type { ServedBlock } from "../replica/served-block.ts";
import { VerifiedChain } from "../replica/verified-chain.ts";
import { verifyChain } from "../replica/verify-chain.ts";
import { systemRuntime } from "../runtime.ts";
import { storageReasonOf } from "../words/storage-failures.ts";
import { sentenceOfBroken, sentenceOfEvidence } from "../words/verdicts.ts";
import { type Failure, failed, print } from "./print.ts";

/** Accounts and proposals of the largest network fit in several times over. */
const MAX_EVIDENCE_MEBIBYTES = 128;

/** @throws the file system's errors */
export async function verifyEvidence(config: ClientConfig, path: string): Promise<Failure | undefined> {
  const mebibytes = Math.ceil(statSync(path).size / 2 ** 20);
  if (mebibytes > MAX_EVIDENCE_MEBIBYTES) {
    return failed(
      `${path} is neither an exported chain nor evidence: it has ${mebibytes} MiB, and evidence at most ${MAX_EVIDENCE_MEBIBYTES}`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failed(`${path} is neither an exported chain nor evidence: it is no JSON`);
  }
  const missing = reasonNotToRead(config.chainFile);
  if (missing !== undefined) return failed(`${config.chainFile} cannot be read: ${missing}`);
  const verdict = await judge(value, config);
  if (!verdict.ok) {
    if (config.json) print(JSON.stringify({ ok: false, reason: verdict.error }));
    return failed(`${path} proves nothing: ${verdict.error}`);
  }
  const { finding, isProven, needsChain, chainId } = verdict.value;
  const facts = { ...finding, proven: isProven, needsChain, chainId };
  if (config.json) print(JSON.stringify({ ok: needsChain === null, evidence: facts }));
  if (needsChain !== null) return failed(sentenceOfEvidence(verdict.value));
  if (!config.json) print(sentenceOfEvidence(verdict.value));
  return undefined;
}

/** Another file than that of the evidence: it is named before anything is judged. */
function reasonNotToRead(chainFile: string | null): string | undefined {
  try {
    if (chainFile !== null) accessSync(chainFile, constants.R_OK);
    return undefined;
  } catch (error) {
    return storageReasonOf(error);
  }
}

async function judge(value: unknown, { chainId, chainFile }: ClientConfig): Promise<Result<EvidenceVerdict, string>> {
  const alone = checkEvidence(value);
  if (!alone.ok) return alone;
  if (chainId !== null && alone.value.chainId !== chainId) {
    return err(`it is about the chain ${alone.value.chainId}, and --chain asks for ${chainId}`);
  }
  const { needsChain } = alone.value;
  if (needsChain === null || chainFile === null) return alone;
  const chain = await replay(chainFile, alone.value.chainId, needsChain);
  return chain.ok ? checkEvidence(value, chain.value) : chain;
}

/** The chain of a file up to a block, each of them verified. */
async function replay(path: string, chainId: string, upTo: number): Promise<Result<KnownChain, string>> {
  const first = await readGenesisLine(path);
  const opened = first === undefined ? undefined : openNetwork(first.genesis);
  if (!opened?.ok) return err(`${path} is no exported chain`);
  if (opened.value.chainId !== chainId) return err(`${path} is the chain ${opened.value.chainId}, not ${chainId}`);
  const chain = new VerifiedChain(opened.value);
  const verified = await verifyChain({
    chain,
    blocks: firstBlocks(path, upTo),
    seeds: fileSource(path),
    runtime: systemRuntime,
    onProgress: () => {},
  });
  if (!verified.ok) {
    const { error } = verified;
    if (error.kind === "unreadable") return err(`${path}: ${error.reason}`);
    return err(`${path}: ${sentenceOfBroken(makeEvidence(error.evidence, "1970-01-01T00:00:00.000Z"))}`);
  }
  if (chain.head.tip.index !== upTo) return err(`${path} ends at block ${chain.head.tip.index}, before block ${upTo}`);
  return ok({ state: chain.head, seedAfter: chain.seeds.seedAfter });
}

async function* firstBlocks(path: string, count: number): AsyncGenerator<Result<ServedBlock, string>> {
  let read = 0;
  for await (const served of readBlockLines(path)) {
    if (read >= count) return;
    read += 1;
    // What the draws were is not asked here.
    yield served.ok ? ok({ block: served.value.block, proposals: undefined }) : served;
  }
}
