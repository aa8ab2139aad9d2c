import type { HubPort } from "../sequencer/hub-port.ts";
import type { HubLog } from "../telemetry/log.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import type { BlockPages } from "./block-pages.ts";
import type { Changes } from "./changes.ts";
import type { FanOut } from "./fan-out.ts";
import type { GatewayLimits, GatewayOptions } from "./gateway-options.ts";
import type { PagePump } from "./page-pump.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";

/** What the handlers of requests work with. */
export interface Gate {
  readonly hub: HubPort;
  readonly options: GatewayOptions;
  readonly limits: GatewayLimits;
  readonly sessions: Sessions;
  readonly fanOut: FanOut;
  readonly pages: PagePump<Session>;
  readonly blockPages: BlockPages;
  /** The middle of a `genesis` message: with an allocation of thousands of accounts it is large. */
  readonly genesisFragment: Buffer;
  readonly changes: Changes;
  readonly telemetry: Telemetry;
  readonly log: HubLog;
  /** Where the hub listens, `ws://host:port`. */
  readonly url: () => string;
  /** A monotonic clock, milliseconds. */
  readonly nowMs: () => number;
}
