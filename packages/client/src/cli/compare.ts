/** `pos-client compare`: what a hub has shown here, beside what it has shown somebody else. */
import { readFileSync } from "node:fs";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { isSealedBlock } from "pos-shared/evidence/dishonest-hub.ts";
import { sealedHeaderOf } from "pos-shared/model/block.ts";
import { hasCanonicalForm } from "pos-shared/model/canonical.ts";
import { conforms } from "pos-shared/model/form.ts";
import { chainIdOf, checkGenesis } from "pos-shared/model/genesis.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { timestampOf } from "pos-shared/model/timestamp.ts";
import type { ClientConfig } from "../config/client-config.ts";
import { lastChainAt } from "../config/known-hubs.ts";
import { dialWebSocket } from "../connection/dial.ts";
import { withHub } from "../connection/with-hub.ts";
import { asBlock } from "../replica/as-block.ts";
import { readBlockLines, readGenesisLine } from "../replica/chain-file.ts";
import { type Comparison, compareTips, type KnownTip, type OwnChain, tipsFileForm } from "../replica/compare-tips.ts";
import { makeEvidence } from "../replica/evidence/make-evidence.ts";
import { systemRuntime } from "../runtime.ts";
import { writeEvidence } from "../session/alarm-files.ts";
import { comparisonFacts, sentenceOfComparison } from "../words/comparison.ts";
import { storageReasonOf } from "../words/storage-failures.ts";
import { namedSource } from "./named-source.ts";
import { readOwnChain } from "./own-chain.ts";
import { type Failure, failed, print } from "./print.ts";

/** What somebody else was shown, of one chain. */
interface Other {
  readonly chainId: Hex;
  readonly genesis: unknown;
  /** Of the blocks that are known here; all where they are few. */
  readonly tipsFor: (own: OwnChain) => Promise<Result<readonly KnownTip[], string>>;
}

export async function compare(config: ClientConfig): Promise<Failure | undefined> {
  if (config.source === null) return printOwn(config);
  const source = namedSource(config.source);
  if (!source.ok) return failed(source.error);
  const compared =
    source.value.kind === "file"
      ? await compareWith(config, await otherOfFile(source.value.path))
      : await compareWithHub(config, source.value.url);
  return compared.ok ? tell(config, compared.value) : failed(compared.error);
}

/** What others can compare with: the last verified blocks, as one line of JSON. */
async function printOwn(config: ClientConfig): Promise<Failure | undefined> {
  const chainId = config.chainId ?? lastChainAt(config.homeDir, config.hubUrl);
  const own = chainId === null ? undefined : await readOwnChain(config.homeDir, chainId, undefined);
  if (own === undefined || chainId === null) {
    return failed(`nothing was verified here yet of ${chainId === null ? `the hub at ${config.hubUrl}` : chainId}`);
  }
  const { genesis } = own.network;
  print(JSON.stringify({ kind: "pos-tips", version: 1, chainId, genesis, tips: own.tips }));
  return undefined;
}

async function compareWith(config: ClientConfig, other: Result<Other, string>): Promise<Result<Comparison, string>> {
  if (!other.ok) return other;
  const { chainId, genesis, tipsFor } = other.value;
  if (config.chainId !== null && config.chainId !== chainId) {
    return err(`that is the chain ${chainId}, and --chain asks for ${config.chainId}`);
  }
  const own = await readOwnChain(config.homeDir, chainId, genesis);
  if (own === undefined) return err(`the genesis given is not that of the chain ${chainId}`);
  if (own.tips.length === 0) return err(`nothing was verified here yet of the chain ${chainId}`);
  const tips = await tipsFor(own);
  return tips.ok ? ok(compareTips(own, tips.value)) : tips;
}

async function otherOfFile(path: string): Promise<Result<Other, string>> {
  try {
    const first = await readGenesisLine(path);
    if (first !== undefined) return otherOfChain(path, first.genesis);
    const file: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (!conforms(tipsFileForm, file) || !hasCanonicalForm(file)) throw new SyntaxError();
    const { chainId, genesis, tips } = file;
    return ok({ chainId, genesis, tipsFor: async () => ok(tips) });
  } catch (error) {
    if (!(error instanceof SyntaxError)) return err(`${path} cannot be read: ${storageReasonOf(error)}`);
    return err(`${path} is neither an exported chain nor what "pos-client compare" prints`);
  }
}

function otherOfChain(path: string, genesis: unknown): Result<Other, string> {
  const checked = checkGenesis(genesis);
  if (!checked.ok) return err(`${path} has a wrong genesis: ${checked.error.path} should be ${checked.error.expected}`);
  const tipsFor: Other["tipsFor"] = async (own) => {
    const wanted = new Set(own.tips.map(({ block }) => block.index));
    const tips: KnownTip[] = [];
    for await (const served of readBlockLines(path)) {
      if (!served.ok) return err(`${path}: ${served.error}`);
      const tip = tipOf(served.value.block);
      if (tip !== undefined && wanted.has(tip.block.index)) tips.push(tip);
    }
    return ok(tips);
  };
  return ok({ chainId: chainIdOf(checked.value), genesis, tipsFor });
}

async function compareWithHub(config: ClientConfig, url: string): Promise<Result<Comparison, string>> {
  const called = await withHub({ url, dial: dialWebSocket, runtime: systemRuntime }, async (channel, hello) => {
    const genesis = await channel.request("genesis", {});
    const tipsFor: Other["tipsFor"] = async (own) => {
      // The newest block that both can know says all that older ones could.
      const known = own.tips.filter(({ block }) => block.index <= hello.tip.index).at(-1);
      if (known === undefined) return ok([]);
      const page = await channel.request("blocks", { from: known.block.index, limit: 1 });
      const tip = page.ok ? tipOf(page.value.blocks[0]) : undefined;
      if (tip === undefined) return err(`${url} does not serve block ${known.block.index}`);
      const { genesis: ours, chainId } = own.network;
      return isSealedBlock(ours, chainId, tip.block)
        ? ok([tip])
        : err(`${url} serves a block that the hub did not seal`);
    };
    const { chainId } = hello;
    return compareWith(config, ok({ chainId, genesis: genesis.ok ? genesis.value.genesis : undefined, tipsFor }));
  });
  return called.ok ? called.value : called;
}

function tipOf(value: unknown): KnownTip | undefined {
  const block = asBlock(value);
  return block === undefined ? undefined : { block: sealedHeaderOf(block), opening: null };
}

function tell({ homeDir, json }: ClientConfig, comparison: Comparison): Failure | undefined {
  const { result, evidence: input } = comparison;
  const evidence = input === undefined ? null : makeEvidence(input, timestampOf(systemRuntime.nowMs()));
  const path = evidence === null ? null : writeEvidence(homeDir, evidence);
  if (json) print(JSON.stringify({ ...comparisonFacts(comparison), evidence: path }));
  const sentence = sentenceOfComparison(comparison, path);
  if (result !== "same") return failed(sentence);
  if (!json) print(sentence);
  return undefined;
}
