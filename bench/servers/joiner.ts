/** A client that joins a chain: what it does before it shows the network, in a process of its own. */

import { dialWebSocket } from "../../packages/client/src/connection/dial.ts";
import { HubChannel } from "../../packages/client/src/connection/hub-channel.ts";
import { HubClock } from "../../packages/client/src/connection/hub-clock.ts";
import { hubSource } from "../../packages/client/src/connection/hub-source.ts";
import type { OpenCheckers } from "../../packages/client/src/replica/checking/confirm-all.ts";
import { openPageCheckers } from "../../packages/client/src/replica/checking/page-checkers.ts";
import { Replica } from "../../packages/client/src/replica/replica.ts";
import type { Alarm, Progress, VerifiedBlock } from "../../packages/client/src/replica/replica-events.ts";
import { systemRuntime } from "../../packages/client/src/runtime.ts";
import { openChain } from "../../packages/client/src/session/open-network.ts";
import { checkLinks } from "../baselines/parse-and-hash.ts";
import { serve } from "../run/child.ts";
import { openDirectory } from "../support/data-directory.ts";

export type Joiner = {
  /** Catches up with a hub from nothing; milliseconds until all links are checked. `home`: an empty directory. */
  join: (where: { readonly port: number; readonly home: string }) => Promise<number>;
  /** The same until everything is verified, in so many threads. The chain is a true one. */
  joinFully: (where: { readonly port: number; readonly home: string; readonly threads: number }) => Promise<number>;
  /** Reads a chain's blocks into memory for {@link Joiner.check}. */
  read: (where: { readonly directory: string; readonly blocks: number }) => void;
  /** Parses and hashes what was read; milliseconds. */
  check: (none: null) => number;
};

const DRAW_TIMEOUT_MS = 10_000;
const PAGE_BLOCKS = 10_000;

let texts: string[] = [];
let chainId = "";

serve({
  join: async (where) => {
    const joined = await joinChain(where, undefined);
    joined.leave();
    return joined.linkedMs;
  },
  joinFully: async ({ threads, ...where }) => {
    const joined = await joinChain(where, (network) => openPageCheckers(network, threads));
    await joined.verified;
    joined.leave();
    if (joined.alarms.length > 0) throw new Error(`an alarm: ${joined.alarms.join(", ")}`);
    return performance.now() - joined.startedMs;
  },
  read: ({ directory, blocks }) => {
    const { store, network, close } = openDirectory(directory);
    chainId = network.chainId;
    texts = [];
    while (texts.length < blocks) texts.push(...store.readBlocks(texts.length + 1, PAGE_BLOCKS, 2 ** 30));
    close();
  },
  check: () => {
    const startedMs = performance.now();
    // The hash before block 1 is the chain id (SPEC §2).
    checkLinks(texts, chainId, chainId);
    return performance.now() - startedMs;
  },
} satisfies Joiner);

interface Joined {
  readonly startedMs: number;
  /** Until all links were checked. */
  readonly linkedMs: number;
  /** When everything else is, too. */
  readonly verified: Promise<void>;
  readonly alarms: string[];
  readonly leave: () => void;
}

async function joinChain(
  { port, home }: { readonly port: number; readonly home: string },
  openCheckers: OpenCheckers | undefined,
): Promise<Joined> {
  const clock = new HubClock();
  const runtime = systemRuntime;
  const startedMs = performance.now();
  const [channel, hello] = await new Promise<[HubChannel, { tip: { index: number; hash: string }; chainId: string }]>(
    (resolve, reject) => {
      const opened: HubChannel = new HubChannel(
        { url: `ws://127.0.0.1:${port}`, dial: dialWebSocket, runtime, clock },
        {
          greeted: (greeting) => resolve([opened, greeting]),
          heard: () => {},
          ended: (reason) => reject(new Error(reason)),
        },
      );
    },
  );
  const chain = await openChain(channel, hello.chainId, home, () => {});
  if (!chain.ok) throw new Error(chain.error);
  let linkedMs = 0;
  const alarms: string[] = [];
  const { promise: verified, resolve } = Promise.withResolvers<void>();
  const listener = {
    block: ({ block }: VerifiedBlock) => {
      if (block.index === hello.tip.index) linkedMs = performance.now() - startedMs;
    },
    needsEveryBlock: () => false,
    opening: () => {},
    // The VRF proofs of a made-up chain are made up, which shows in the background, after all links.
    alarm: ({ finding }: Alarm) => {
      alarms.push(`${finding.rule} ${finding.index}`);
      resolve();
    },
    unusable: () => {},
    progress: (progress: Progress) => {
      if (progress.verified >= hello.tip.index) resolve();
    },
  };
  const replica = new Replica(chain.value, runtime, listener, openCheckers);
  const followed = await replica.follow(hubSource(channel, runtime, DRAW_TIMEOUT_MS), hello.tip);
  if (!followed.ok) throw new Error(followed.error);
  if (linkedMs === 0) throw new Error("the links were not checked up to the tip");
  const leave = (): void => {
    replica.leave();
    channel.drop("done");
  };
  return { startedMs, linkedMs, verified, alarms, leave };
}
