import type { Network } from "pos-shared/chain/network.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { HeldIdentity } from "../identity/held-identity.ts";
import type { VerifiedChain } from "../replica/verified-chain.ts";
import type { Runtime } from "../runtime.ts";
import type { ClientEvent } from "../session/session.ts";

/** What a validator works with. */
export interface ValidatorPorts {
  readonly network: Network;
  readonly identity: HeldIdentity;
  readonly chain: VerifiedChain;
  readonly runtime: Runtime;
  /** What is left of a round by the hub's clock, in milliseconds; negative where it is over. */
  readonly leftMs: (opening: Opening) => number;
  readonly emit: (event: ClientEvent) => void;
  /** Something that a screen shows has changed. */
  readonly changed: () => void;
  /** The hub did what no honest one does; in words. Ends the connection. */
  readonly distrust: (reason: string) => void;
  /** A proposal of an open round was never answered, though its connection held (DESIGN §6). */
  readonly unanswered: (silence: Silence) => void;
}

/** What got no answer. */
export interface Silence {
  readonly proposal: Proposal;
  readonly opening: Opening;
  /** By the monotonic clock: when it went out, and when it was certain that no answer would come. */
  readonly sentAtMs: number;
  readonly seenAtMs: number;
}
