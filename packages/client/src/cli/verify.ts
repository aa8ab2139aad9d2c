/** `pos-client verify`: a hub's chain, an exported one, or evidence, checked from genesis on. */
import { availableParallelism } from "node:os";
import { verifyGenesis } from "pos-shared/chain/verify/genesis.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { timestampOf } from "pos-shared/model/timestamp.ts";
import { sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { ClientConfig } from "../config/client-config.ts";
import { dialWebSocket } from "../connection/dial.ts";
import type { Hello, HubChannel } from "../connection/hub-channel.ts";
import { hubSource } from "../connection/hub-source.ts";
import { withHub } from "../connection/with-hub.ts";
import type { BlockSource } from "../replica/block-source.ts";
import { fileSource, readBlockLines, readGenesisLine } from "../replica/chain-file.ts";
import { openPageCheckers } from "../replica/checking/page-checkers.ts";
import { isEvidenceCode } from "../replica/evidence/evidence-codes.ts";
import { type EvidenceInput, makeEvidence } from "../replica/evidence/make-evidence.ts";
import type { ServedBlock } from "../replica/served-block.ts";
import { servedBlocks } from "../replica/served-blocks.ts";
import { VerifiedChain } from "../replica/verified-chain.ts";
import { type ChainFailure, type ChainReport, verifyChain } from "../replica/verify-chain.ts";
import { systemRuntime } from "../runtime.ts";
import { writeEvidence } from "../session/alarm-files.ts";
import { storageReasonOf } from "../words/storage-failures.ts";
import { progressLine, sentenceOfBroken, sentenceOfReport } from "../words/verdicts.ts";
import { namedSource } from "./named-source.ts";
import { type Failure, failed, print } from "./print.ts";
import { openProgress } from "./progress.ts";
import { verifyEvidence } from "./verify-evidence.ts";

const DRAW_TIMEOUT_MS = 15_000;
/** More of them wait for the one that reads. */
const MAX_THREADS = 8;

type Verified = Result<{ readonly report: ChainReport; readonly chain: VerifiedChain }, ChainFailure>;

export async function verify(config: ClientConfig): Promise<Failure | undefined> {
  if (config.source === null) return verifyHub(config, config.hubUrl);
  const source = namedSource(config.source);
  if (!source.ok) return failed(source.error);
  return source.value.kind === "file" ? verifyFile(config, source.value.path) : verifyHub(config, source.value.url);
}

async function verifyHub(config: ClientConfig, url: string): Promise<Failure | undefined> {
  const call = { url, dial: dialWebSocket, runtime: systemRuntime };
  const called = await withHub(call, (channel, hello) => verifyOver(channel, hello, config));
  return called.ok ? tell(called.value, config) : failed(called.error);
}

async function verifyOver(channel: HubChannel, hello: Hello, config: ClientConfig): Promise<Verified> {
  const answer = await channel.request("genesis", {});
  if (!answer.ok)
    return unreadable(answer.error.kind === "lost" ? answer.error.reason : sentenceOf(answer.error.fault));
  const chain = openChain(answer.value.genesis, config);
  if (!chain.ok) return chain;
  if (chain.value.network.chainId !== hello.chainId) return unreadable("its genesis is not that of the chain it names");
  const source = hubSource(channel, systemRuntime, DRAW_TIMEOUT_MS);
  return run(chain.value, servedBlocks(source, 1, hello.tip.index, config.full), source, hello.tip.index);
}

async function verifyFile(config: ClientConfig, path: string): Promise<Failure | undefined> {
  try {
    const first = await readGenesisLine(path);
    if (first === undefined) return await verifyEvidence(config, path);
    const chain = openChain(first.genesis, config);
    if (!chain.ok) return tell(chain, config);
    return tell(await run(chain.value, readBlockLines(path), fileSource(path), undefined), config);
  } catch (error) {
    return failed(`${path} cannot be read: ${storageReasonOf(error)}`);
  }
}

function openChain(genesis: unknown, { chainId }: ClientConfig): Result<VerifiedChain, ChainFailure> {
  const opened = verifyGenesis(genesis);
  if (!opened.ok) {
    const { expected, actual } = opened.error;
    return unreadable(`its genesis breaks the rule genesis: expected ${expected}, got ${actual}`);
  }
  const actual = opened.value.chainId;
  if (chainId !== null && chainId !== actual)
    return unreadable(`it is the chain ${actual}, and --chain asks for ${chainId}`);
  return ok(new VerifiedChain(opened.value));
}

async function run(
  chain: VerifiedChain,
  blocks: AsyncIterable<Result<ServedBlock, string>>,
  seeds: BlockSource,
  total: number | undefined,
): Promise<Verified> {
  const progress = openProgress();
  const checkers = openPageCheckers(chain.network, Math.min(availableParallelism(), MAX_THREADS));
  const verified = await verifyChain({
    chain,
    blocks,
    seeds,
    runtime: systemRuntime,
    onProgress: (index) => progress.show(progressLine(index, total)),
    checkers,
  });
  checkers.close();
  progress.clear();
  return verified.ok ? ok({ report: verified.value, chain }) : verified;
}

function unreadable(reason: string): { readonly ok: false; readonly error: ChainFailure } {
  return err({ kind: "unreadable", reason });
}

function tell(verified: Verified, { json, homeDir }: ClientConfig): Failure | undefined {
  if (verified.ok) {
    const { report, chain } = verified.value;
    const { tip, ledger } = chain.head;
    const accounts = ledger.accounts.size;
    const facts = { ok: true, chainId: chain.network.chainId, ...report, accounts, index: tip.index, hash: tip.hash };
    print(json ? JSON.stringify(facts) : sentenceOfReport(report, accounts));
    return undefined;
  }
  if (verified.error.kind === "unreadable") {
    const { reason } = verified.error;
    if (json) print(JSON.stringify({ ok: false, reason }));
    return failed(reason);
  }
  return tellBroken(verified.error.evidence, homeDir, json);
}

/** What breaks a rule is evidence, wherever it was met. */
function tellBroken(input: EvidenceInput, homeDir: string, json: boolean): Failure {
  const evidence = makeEvidence(input, timestampOf(systemRuntime.nowMs()));
  const path = isEvidenceCode(evidence.code) ? writeEvidence(homeDir, evidence) : null;
  const { code: rule, index, expected, actual, proven } = evidence;
  if (json) print(JSON.stringify({ ok: false, rule, index, expected, actual, proven, evidence: path }));
  return failed(`${sentenceOfBroken(evidence)}${path === null ? "" : ` Evidence: ${path}`}`);
}
