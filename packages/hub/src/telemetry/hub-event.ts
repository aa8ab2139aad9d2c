import type { Hex } from "pos-shared/encoding/hex.ts";
import type { EvidenceKind } from "pos-shared/model/evidence.ts";
import type { EvilMode } from "../evil/modes.ts";

interface Who {
  readonly address: Hex;
  readonly name: string;
}

/** What the hub tells its operator (DESIGN §10), by the event's name. Amounts in tokens. */
export interface HubEvents {
  /** `url` of the WebSocket, `http` of the API. */
  readonly listening: {
    readonly url: string;
    readonly http: string;
    readonly chainId: Hex;
    readonly network: string;
  };
  /** Other machines can connect, and nothing keeps them out (no token) or from reading along (no TLS). */
  readonly exposed: { readonly missing: "token" | "tls" };
  readonly genesis: { readonly chainId: Hex; readonly network: string };
  /** A new account. */
  readonly joined: Who & { readonly liquid: number };
  /** Somebody with an account logged in. */
  readonly online: Who & { readonly from: string };
  /** Somebody with an account has gone. */
  readonly left: Who;
  readonly bonded: Who & { readonly bonded: number; readonly activating: number; readonly liquid: number };
  readonly unbonded: Who & { readonly bonded: number; readonly unbonding: number; readonly liquid: number };
  readonly transferred: Who & { readonly liquid: number };
  readonly round: {
    readonly round: number;
    readonly closesAt: string;
    readonly validators: number;
    readonly stake: number;
  };
  readonly proposal: Who & { readonly round: number; readonly bpm: number };
  /** `validator`, `name` and `bpm` are null in a block without a winner. */
  readonly block: {
    readonly index: number;
    readonly round: number;
    readonly hash: Hex;
    /** The hash as three words, to be compared by eye. */
    readonly words: string;
    readonly validator: Hex | null;
    readonly name: string | null;
    readonly bpm: number | null;
  };
  readonly idle: { readonly round: number };
  readonly slashed: Who & { readonly kind: EvidenceKind; readonly amount: number; readonly round: number };
  /** A client showed a block that this hub signed and does not have (DESIGN §9). */
  readonly behind: { readonly index: number; readonly hash: Hex };
  /** The data is an older copy: the hub takes back what clients have, for so long from the first of them on. */
  readonly recovering: { readonly index: number; readonly seconds: number };
  /** Rounds go on; so many blocks came back. */
  readonly recovered: { readonly index: number; readonly blocks: number };
  /** The hub has cheated, as it was told to. */
  readonly evil: { readonly mode: EvilMode; readonly round: number };
  /** Something went wrong inside that the hub survives. */
  readonly failed: {
    readonly what: string;
    readonly message: string;
    /** Of a failure that has one. */
    readonly code?: string;
    /** Of one that lasts: so long by now, and told once a minute. */
    readonly seconds?: number;
  };
  /** What failed works again, after so long. */
  readonly mended: { readonly what: "store"; readonly seconds: number };
  readonly stopped: { readonly index: number };
}

export type HubEventName = keyof HubEvents;

/** One event with its fields, as a union for who writes it down. */
export type HubEvent = {
  readonly [N in HubEventName]: { readonly name: N; readonly fields: HubEvents[N] };
}[HubEventName];
