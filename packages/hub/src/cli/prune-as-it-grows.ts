import type { Sequencer } from "../sequencer/sequencer.ts";
import type { Store } from "../store/store.ts";
import { StoreError } from "../store/store-error.ts";

/** Proposals of old rounds are let go as new ones come. */
export function pruneAsItGrows(sequencer: Sequencer, store: Store, keepRounds: number): void {
  sequencer.onBroadcast((news) => {
    if (news.kind !== "block") return;
    try {
      store.pruneProposals(news.block.round - keepRounds);
    } catch (thrown) {
      // Where the disk refuses, the next round tries again; the sequencer reports a store that fails.
      if (!(thrown instanceof StoreError)) throw thrown;
    }
  });
}
