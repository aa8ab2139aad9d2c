import type { Block } from "pos-shared/model/block.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import { type BenchHub, startMemoryHub } from "./bench-hub.ts";
import { keysOf } from "./bench-network.ts";
import { makeField } from "./field.ts";

/** A real block with a winner, about 2 kB, and the opening that follows it. */
export async function sealOneRound(): Promise<{ readonly block: Block; readonly opening: Opening }> {
  const hub = startMemoryHub(3);
  hub.sequencer.start();
  await proposeAll(hub, makeField(hub.network.chainId, hub.slot(), keysOf(0, 3)));
  let block: Block | undefined;
  hub.sequencer.onBroadcast((news) => {
    if (news.kind === "block") block = news.block;
  });
  await hub.closeRound();
  const { open } = hub.sequencer.state;
  hub.sequencer.stop();
  if (block === undefined || open === undefined) throw new Error("no block was sealed");
  return { block, opening: open.opening };
}

/** Hands proposals in and waits until each is accepted and durable. */
export async function proposeAll({ sequencer }: BenchHub, proposals: readonly unknown[]): Promise<void> {
  await Promise.all(
    proposals.map(
      (proposal) =>
        new Promise<void>((resolve, reject) => {
          sequencer.submit({ kind: "proposal", proposal }, (outcome) => {
            if (outcome.kind === "accepted") resolve();
            else reject(new Error(`not accepted: ${JSON.stringify(outcome)}`));
          });
        }),
    ),
  );
}
