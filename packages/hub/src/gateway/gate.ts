import type { HubPort } from "../sequencer/hub-port.ts";
import type { HubLog } from "../telemetry/log.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import type { AddressBudgets } from "./address-budgets.ts";
import type { BlockPages } from "./block-pages.ts";
import type { Changes } from "./changes.ts";
import type { EvidenceGate } from "./evidence-gate.ts";
import type { FanOut } from "./fan-out.ts";
import type { GatewayLimits, GatewayOptions } from "./gateway-options.ts";
import type { LastWinner } from "./http/last-winner.ts";
import type { PagePump } from "./page-pump.ts";
import type { Places } from "./places.ts";
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
  /** What one address may ask, over all its connections. */
  readonly messageBudgets: AddressBudgets;
  readonly requestBudgets: AddressBudgets;
  readonly evidence: EvidenceGate;
  readonly httpPages: Places;
  /** What clients are giving back, of all connections together, in UTF-16 code units. */
  readonly restoring: { units: number };
  readonly blockPages: BlockPages;
  readonly lastWinner: LastWinner;
  /** As JSON, as it goes out: with an allocation of thousands of accounts it is large. */
  readonly genesisBytes: Buffer;
  readonly changes: Changes;
  readonly telemetry: Telemetry;
  readonly log: HubLog;
  /** Where the hub listens, `ws://host:port`. */
  readonly url: () => string;
  /** A monotonic clock, milliseconds. */
  readonly nowMs: () => number;
}
