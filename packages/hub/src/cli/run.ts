/** `pos-hub` itself: opens the data, starts the sequencer and the gateway, and ends them in order. */
import { speedUpVrf } from "pos-shared/crypto/vrf.ts";
import type { HubConfig } from "../config/hub-config.ts";
import type { HubData, Notice } from "../data/hub-data.ts";
import { findOtherHub, openHubData } from "../data/open-hub-data.ts";
import { startGateway } from "../gateway/gateway.ts";
import type { GatewayOptions } from "../gateway/gateway-options.ts";
import { reserveAddress } from "../gateway/reserve-address.ts";
import type { Missing } from "../sequencer/missing.ts";
import { logNews } from "../telemetry/log-news.ts";
import { sentenceOfNotice } from "../words/data-faults.ts";
import { startText, warnIfExposed } from "./announce.ts";
import { gatewayOptionsOf } from "./gateway-options-of.ts";
import { createHubCore } from "./hub-core.ts";
import type { HubFault } from "./hub-fault.ts";
import { createLineWriter } from "./line-writer.ts";
import { pruneAsItGrows } from "./prune-as-it-grows.ts";
import { readTls } from "./read-tls.ts";
import { readToken } from "./read-token.ts";
import { keepHeapSmall } from "./small-heap.ts";
import { untilToldToStop } from "./stop-signals.ts";

const MS_PER_SECOND = 1_000;

/** Runs until it is told to stop; resolves with why it could not start or go on, or undefined after a clean end. */
export async function run(config: HubConfig): Promise<HubFault | undefined> {
  keepHeapSmall();
  const tls = readTls(config);
  if (!tls.ok) return tls.error;
  const token = readToken(config);
  if (!token.ok) return token.error;
  const options = gatewayOptionsOf(config, { tls: tls.value, token: token.value });
  // Before a network is founded or moved aside: a start that fails leaves the disk as it was.
  const reserved = await reserveAddress(options);
  if (!reserved.ok) return findOtherHub(config) ?? reserved.error;
  const tell = (notice: Notice): void => void process.stderr.write(`pos-hub: ${sentenceOfNotice(notice)}\n`);
  let opened: ReturnType<typeof openHubData>;
  try {
    opened = openHubData(config, Date.now(), tell);
  } finally {
    await reserved.value.release();
  }
  if (!opened.ok) return opened.error;
  const data = opened.value;
  for (const notice of data.notices) tell(notice);
  try {
    return await runOn(config, data, options);
  } finally {
    data.close();
  }
}

async function runOn(config: HubConfig, data: HubData, options: GatewayOptions): Promise<HubFault | undefined> {
  const stop = untilToldToStop();
  let fault: HubFault | undefined;
  const onBehind = (missing: Missing): void => {
    fault = missing;
    stop.now();
  };
  const write = createLineWriter(
    (text) => void process.stdout.write(text),
    (callback) => void process.on("exit", callback),
  );
  const { sequencer, port, log, telemetry, recovery, fork } = createHubCore({ config, data, options, write, onBehind });

  if (data.isNew) log.event("genesis", { chainId: port.chainId, network: port.genesis.network });
  const withFork = { ...options, ...(fork !== undefined && { divert: fork.divert }) };
  const started = await startGateway(withFork, port, telemetry, log);
  if (!started.ok) return started.error;
  const gateway = started.value;
  if (!config.json) for (const line of startText(options, gateway.port, data, config.evil)) write(line);
  warnIfExposed(options, log);
  pruneAsItGrows(sequencer, data.store, config.keepProposals);
  logNews(port, log, telemetry);
  fork?.watch(gateway);
  sequencer.start();
  // Now that clients can connect: compiling it takes 20 ms.
  void speedUpVrf();
  if (recovery !== undefined) {
    log.event("recovering", {
      index: sequencer.state.chain.tip.index,
      seconds: recovery.patienceMs / MS_PER_SECOND,
    });
  }

  await stop.promise;
  recovery?.stop();
  await fork?.close();
  sequencer.stop();
  await gateway.close();
  log.event("stopped", { index: sequencer.state.chain.tip.index });
  return fault;
}
