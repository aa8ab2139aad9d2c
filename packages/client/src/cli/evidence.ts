/** `pos-client evidence submit`: anybody may hand in what proves a validator's offence, and gets the hub's receipt (DESIGN §7). */
import { readFileSync } from "node:fs";
import { openNetwork } from "pos-shared/chain/network.ts";
import { leafHash } from "pos-shared/crypto/merkle.ts";
import { toHex } from "pos-shared/encoding/hex.ts";
import { type Block, blockForm } from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import type { TransactionReceipt } from "pos-shared/model/receipt.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { Slash } from "pos-shared/model/transaction.ts";
import { sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { ClientConfig } from "../config/client-config.ts";
import { nearestOf } from "../config/nearest.ts";
import { dialWebSocket } from "../connection/dial.ts";
import type { Hello, HubChannel } from "../connection/hub-channel.ts";
import { withHub } from "../connection/with-hub.ts";
import { systemRuntime } from "../runtime.ts";
import { isReceiptOfTransaction } from "../validator/receipt-check.ts";
import { checkSlash, slashOf } from "../validator/slash-of.ts";
import { type Failure, failed, misused, print, warn } from "./print.ts";

const ACTIONS = ["submit"];
const LOOK_EVERY_MS = 250;

interface Recorded {
  readonly receipt: TransactionReceipt;
  /** The block that carries it. */
  readonly index: number;
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
  const { hubUrl: url, once } = config;
  const onRetry = (reason: string): void => warn(`${url} cannot be reached (${reason}); trying again`);
  const call = { url, dial: dialWebSocket, runtime: systemRuntime, once, onRetry };
  const called = await withHub(call, (channel, hello) => submit(channel, hello, slash.value, config));
  if (!called.ok) return failed(called.error);
  if (!called.value.ok) return failed(called.value.error);
  const { receipt, index } = called.value.value;
  if (config.json) print(JSON.stringify({ ok: true, receipt, index }));
  else print(`The hub gave a receipt for round ${receipt.round}, and block ${index} records it.`);
  return undefined;
}

function readSlash(file: string): Result<Slash, string> {
  try {
    const slash = slashOf(JSON.parse(readFileSync(file, "utf8")));
    return slash === undefined ? err(`${file} holds no evidence against a validator`) : ok(slash);
  } catch (error) {
    if (error instanceof SyntaxError) return err(`${file} holds no evidence against a validator: it is no JSON`);
    return err(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function submit(
  channel: HubChannel,
  { chainId }: Hello,
  transaction: Slash,
  config: ClientConfig,
): Promise<Result<Recorded, string>> {
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
  return waitForBlock(channel, receipt);
}

/** Reads the chain on until the block that the receipt promises. */
async function waitForBlock(channel: HubChannel, receipt: TransactionReceipt): Promise<Result<Recorded, string>> {
  const subscribed = await channel.request("subscribe", {});
  if (!subscribed.ok) return err("the connection has ended before it was recorded");
  for (let from = Math.max(1, subscribed.value.tip.index); ; ) {
    const page = await channel.request("blocks", { from, limit: 100 });
    if (!page.ok) return err("the connection has ended before it was recorded");
    for (const value of page.value.blocks) {
      if (!conforms(blockForm, value)) return err("the hub sent a malformed block");
      const block = value as Block;
      from = block.index + 1;
      if (block.transactions.some((transaction) => toHex(leafHash(transaction)) === receipt.tx)) {
        return ok({ receipt, index: block.index });
      }
      if (block.round > receipt.round) {
        return err(`the hub acknowledged it for round ${receipt.round} and did not record it. Keep the receipt`);
      }
    }
    await new Promise<void>((resolve) => systemRuntime.schedule(LOOK_EVERY_MS, resolve));
  }
}
