/** `pos-client evidence submit`: anybody may hand in what proves a validator's offence, and gets the hub's receipt (DESIGN §7). */
import { readFileSync } from "node:fs";
import { type Network, openNetwork } from "pos-shared/chain/network.ts";
import { leafHash } from "pos-shared/crypto/merkle.ts";
import { toHex } from "pos-shared/encoding/hex.ts";
import { type Block, blockForm } from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import type { ReceiptedTransaction, TransactionReceipt } from "pos-shared/model/receipt.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { Slash } from "pos-shared/model/transaction.ts";
import { sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { ClientConfig } from "../config/client-config.ts";
import { nearestOf } from "../config/nearest.ts";
import { dialWebSocket } from "../connection/dial.ts";
import type { Hello, HubChannel } from "../connection/hub-channel.ts";
import { withHub } from "../connection/with-hub.ts";
import type { EvidenceFile } from "../replica/evidence/evidence-file.ts";
import { systemRuntime } from "../runtime.ts";
import { writeEvidence } from "../session/alarm-files.ts";
import { isReceiptOfTransaction } from "../validator/receipt-check.ts";
import { checkSlash, slashOf } from "../validator/slash-of.ts";
import { storageReasonOf } from "../words/storage-failures.ts";
import { sentenceOfBroken } from "../words/verdicts.ts";
import { evidenceOfLoss } from "./evidence-of-loss.ts";
import { type Failure, failed, misused, print } from "./print.ts";

const ACTIONS = ["submit"];
const LOOK_EVERY_MS = 250;
const ENDED = "the connection has ended before it was recorded";

interface Submitted {
  readonly receipt: TransactionReceipt;
  /** The block that carries it; or what shows that none does, though it was acknowledged. */
  readonly outcome: { readonly index: number } | { readonly lost: EvidenceFile };
}

export async function evidence(config: ClientConfig, operands: readonly string[]): Promise<Failure | undefined> {
  const [action, file, extra] = operands;
  if (action === undefined || file === undefined) {
    return misused({ code: "MISSING_OPERAND", command: "evidence", expected: "submit FILE" });
  }
  if (!ACTIONS.includes(action)) {
    return misused({ code: "UNKNOWN_COMMAND", actual: `evidence ${action}`, suggestion: nearestOf(action, ACTIONS) });
  }
  if (extra !== undefined) return misused({ code: "EXTRA_OPERAND", command: "evidence submit", actual: extra });
  const slash = readSlash(file);
  if (!slash.ok) return failed(slash.error);
  const call = { url: config.hubUrl, dial: dialWebSocket, runtime: systemRuntime };
  const called = await withHub(call, (channel, hello) => submit(channel, hello, slash.value, config));
  if (!called.ok) return failed(called.error);
  if (!called.value.ok) return failed(called.value.error);
  return tell(called.value.value, config);
}

function tell({ receipt, outcome }: Submitted, { json, homeDir }: ClientConfig): Failure | undefined {
  if ("lost" in outcome) {
    const path = writeEvidence(homeDir, outcome.lost);
    if (json) print(JSON.stringify({ ok: false, receipt, evidence: path }));
    return failed(`${sentenceOfBroken(outcome.lost)} Evidence: ${path}`);
  }
  const { index } = outcome;
  if (json) print(JSON.stringify({ ok: true, receipt, index }));
  else print(`The hub gave a receipt for round ${receipt.round}, and block ${index} records it.`);
  return undefined;
}

function readSlash(file: string): Result<Slash, string> {
  try {
    const slash = slashOf(JSON.parse(readFileSync(file, "utf8")));
    return slash === undefined ? err(`${file} holds no evidence against a validator`) : ok(slash);
  } catch (error) {
    if (error instanceof SyntaxError) return err(`${file} holds no evidence against a validator: it is no JSON`);
    return err(`${file} cannot be read: ${storageReasonOf(error)}`);
  }
}

async function submit(
  channel: HubChannel,
  { chainId }: Hello,
  transaction: Slash,
  config: ClientConfig,
): Promise<Result<Submitted, string>> {
  if (config.chainId !== null && config.chainId !== chainId) {
    return err(`the hub has the chain ${chainId}, and --chain asks for ${config.chainId}`);
  }
  const answer = await channel.request("genesis", {});
  const opened = answer.ok ? openNetwork(answer.value.genesis) : undefined;
  if (!opened?.ok || opened.value.chainId !== chainId)
    return err("the hub's genesis is not that of the chain it names");
  const network = opened.value;
  const checked = checkSlash(network, transaction);
  if (!checked.ok) return checked;
  const handed = await channel.request("transact", { transaction });
  if (!handed.ok) return err(handed.error.kind === "lost" ? handed.error.reason : sentenceOf(handed.error.fault));
  const { receipt } = handed.value;
  if (!isReceiptOfTransaction(network, { transaction, receipt }))
    return err("the hub gave a receipt for something else");
  if (!config.json) print(`Receipt: ${JSON.stringify(receipt)}`);
  return waitForBlock(channel, network, { transaction, receipt });
}

/** Reads the chain on until the block that the receipt promises. */
async function waitForBlock(
  channel: HubChannel,
  network: Network,
  own: ReceiptedTransaction,
): Promise<Result<Submitted, string>> {
  const { receipt } = own;
  const subscribed = await channel.request("subscribe", {});
  if (!subscribed.ok) return err(ENDED);
  for (let from = Math.max(1, subscribed.value.tip.index); ; ) {
    const page = await channel.request("blocks", { from, limit: 100 });
    if (!page.ok) return err(ENDED);
    for (const value of page.value.blocks) {
      if (!conforms(blockForm, value)) return err("the hub sent a malformed block");
      const block = value as Block;
      from = block.index + 1;
      if (block.transactions.some((transaction) => toHex(leafHash(transaction)) === receipt.tx)) {
        return ok({ receipt, outcome: { index: block.index } });
      }
      // What the hub does beside it is looked at only now: it has to be verified from genesis on.
      if (block.round > receipt.round) {
        const lost = await evidenceOfLoss(channel, network, own, block.index);
        return lost.ok ? ok({ receipt, outcome: { lost: lost.value } }) : lost;
      }
    }
    await new Promise<void>((resolve) => systemRuntime.schedule(LOOK_EVERY_MS, resolve));
  }
}
