import type { AlarmCode } from "../replica/alarm.ts";
import type { Verified } from "../replica/verified.ts";

/** Events with DESIGN §10's keys; `time` (ISO 8601) is added where they are printed. */
export type ClientEvent =
  | {
      readonly event: "connected";
      readonly url: string;
      readonly chainId: string;
      readonly address: string | null;
      readonly name: string | null;
      readonly index: number;
      /** The tip's hash as three words; empty before the first block. */
      readonly words: string;
    }
  /** `retries`: it is tried again. */
  | {
      readonly event: "disconnected";
      readonly reason: string;
      readonly attempt: number;
      readonly retries: boolean;
    }
  | { readonly event: "reconnected"; readonly index: number }
  | { readonly event: "newNetwork"; readonly url: string; readonly expected: string; readonly actual: string }
  | { readonly event: "joined"; readonly address: string; readonly name: string; readonly liquid: number }
  /** Tokens are about to be staked where nothing is staked yet: from now on they can be slashed. Once a client. */
  | {
      readonly event: "firstBond";
      readonly amount: number;
      readonly address: string;
      readonly name: string;
    }
  | {
      readonly event: "staked";
      readonly bonded: number;
      readonly liquid: number;
      readonly address: string;
      readonly name: string;
    }
  /** One of this client's transactions: the hub gave a receipt for it (`accepted`), then a block carries it (`recorded`). */
  | {
      readonly event: "transaction";
      readonly phase: "accepted" | "recorded";
      readonly type: "bond" | "unbond" | "transfer";
      readonly amount: number;
      /** The recipient's address and, as far as it is known, name; null for a bond and an unbond. */
      readonly to: string | null;
      readonly toName: string | null;
      /** The round whose block carries it. */
      readonly round: number;
      /** The round from which an unbonded amount is free; null for others. */
      readonly frees: number | null;
      /** The block that carries it; null until it is recorded. */
      readonly index: number | null;
      /** False for one that a block carries though this client did not wait for it: refused before, or another client's. */
      readonly awaited: boolean;
      readonly address: string;
      readonly name: string;
    }
  /** Somebody sent tokens to this client; the block that says so is verified. */
  | {
      readonly event: "received";
      readonly amount: number;
      readonly from: string;
      readonly fromName: string;
      readonly index: number;
      readonly address: string;
      readonly name: string;
    }
  | {
      readonly event: "round";
      readonly round: number;
      readonly closesAt: string;
      readonly validators: number;
      readonly stake: number;
    }
  | {
      readonly event: "proposed" | "accepted";
      readonly round: number;
      readonly bpm: number;
      readonly address: string;
      readonly name: string;
    }
  | {
      readonly event: "rejected";
      readonly code: string;
      readonly message: string;
      readonly round?: number;
      readonly bpm?: number | string;
      readonly address?: string;
      readonly name?: string;
    }
  | {
      readonly event: "winner";
      readonly round: number;
      readonly index: number;
      readonly hash: string;
      readonly validator: string;
      readonly name: string;
      readonly bpm: number;
      readonly stake: number;
      readonly eligibleStake: number;
      readonly you: boolean;
    }
  | {
      readonly event: "block";
      readonly index: number;
      readonly hash: string;
      /** The hash as three words, to be compared by eye. */
      readonly words: string;
      readonly round: number;
      readonly verified: Verified;
    }
  | {
      readonly event: "slashed";
      readonly address: string;
      readonly name: string;
      readonly kind: string;
      readonly amount: number;
    }
  /** Something worth a line that changes nothing. */
  | { readonly event: "notice"; readonly message: string }
  | { readonly event: "dropped"; readonly tx: string; readonly code: string; readonly message: string }
  | { readonly event: "progress"; readonly verified: number; readonly total: number }
  | {
      readonly event: "alarm";
      readonly code: AlarmCode;
      readonly index: number;
      readonly expected: string | number;
      readonly actual: string | number;
      readonly proven: boolean;
      readonly evidence: string;
    }
  | { readonly event: "stopped" };
