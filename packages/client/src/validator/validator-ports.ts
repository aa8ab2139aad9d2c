import type { Network } from "pos-shared/chain/network.ts";
import type { HubChannel } from "../connection/hub-channel.ts";
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
  readonly emit: (event: ClientEvent) => void;
  /** Something that a screen shows has changed. */
  readonly changed: () => void;
  /** The hub did what no honest one does; in words. Ends the connection. */
  readonly distrust: (reason: string) => void;
}

/** A connection on which the validator has logged in; undefined while there is none. */
export type LoggedIn = () => HubChannel | undefined;
