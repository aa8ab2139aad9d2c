import type { Broadcast } from "pos-shared/chain/round/effects.ts";
import { encode } from "pos-shared/protocol/codec.ts";
import { LOWEST_SHOWN } from "pos-shared/protocol/limits.ts";
import type { HubPort } from "../sequencer/hub-port.ts";
import type { Activity } from "./activity.ts";
import type { Changes } from "./changes.ts";
import type { FanOut } from "./fan-out.ts";
import type { Sessions } from "./sessions.ts";

interface Newsroom {
  readonly hub: HubPort;
  readonly fanOut: FanOut;
  readonly sessions: Sessions;
  readonly changes: Changes;
  readonly activity: Activity;
}

/** Turns the hub's news into pushes, in order (DESIGN §9). */
export function tell(room: Newsroom, news: Broadcast): void {
  const { hub, fanOut, sessions, changes, activity } = room;
  switch (news.kind) {
    case "opening": {
      const { opening, validators, stake } = news;
      fanOut.push(encode({ type: "opening", opening, time: Math.floor(hub.nowMs()), validators, stake }));
      return;
    }
    case "block":
      activity.stop();
      fanOut.push(encode({ type: "block", block: news.block, lowest: news.lowest.slice(0, LOWEST_SHOWN) }));
      if (news.block.proposal !== null) changes.mark(news.block.proposal.publicKey);
      return;
    case "idle":
      activity.stop();
      fanOut.push(encode({ type: "idle", round: news.round }));
      return;
    case "proposal":
      activity.add(news.round, news.proposal, news.proposals);
      return;
    case "joined":
    case "account":
      changes.mark(news.account.publicKey);
      return;
    case "slashed": {
      const { publicKey, name, evidence: kind, amount, round } = news;
      fanOut.push(encode({ type: "slashed", publicKey, name, kind, amount, round }));
      changes.mark(publicKey);
      return;
    }
    case "dropped": {
      const { transaction, leaf, fault } = news;
      // A slash is nobody's: whoever handed it in has its receipt, and the chain shows the slashed account.
      if (transaction.type === "slash") return;
      sessions.holderOf(transaction.publicKey)?.send({ type: "dropped", tx: leaf, code: fault.code });
      return;
    }
  }
}
