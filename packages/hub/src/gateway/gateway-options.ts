import { MAX_FRAME_BYTES } from "pos-shared/protocol/limits.ts";
import type { Rate } from "./token-bucket.ts";

export interface GatewayLimits {
  /** WebSocket connections in all. */
  readonly maxConnections: number;
  /** WebSocket connections of one address (IPv6: of one /64 network); there is no such limit for loopback. */
  readonly maxConnectionsPerAddress: number;
  /** Messages of one connection. Log-ins and evidence cost more than one token; pages are paced instead. */
  readonly messages: Rate;
  /** Messages of all connections of one address together, by the same prices; there is no such limit for loopback. */
  readonly messagesOfAddress: Rate;
  /** Pieces of evidence that are examined, in all. */
  readonly evidence: Rate;
  /** The same of one address; there is no such limit for loopback. */
  readonly evidenceOfAddress: Rate;
  /** HTTP requests and handshakes of one address; what costs the hub most, as pages, costs more than one token. */
  readonly requestsOfAddress: Rate;
  /** Pages that HTTP sends at once, in all. */
  readonly maxHttpPages: number;
  /** Pages that HTTP sends at once to one address; there is no such limit for loopback. */
  readonly maxHttpPagesPerAddress: number;
  /** A reader of HTTP who takes nothing for so long is cut off. */
  readonly httpIdleMs: number;
  readonly maxFrameBytes: number;
  /** A message in more pieces than this is refused. */
  readonly maxFragments: number;
  /** A frame that arrives in more pieces than this is refused: each piece takes memory of its own, however small. */
  readonly maxPieces: number;
  /** A client with more unsent bytes is too slow (or with two of the largest broadcasts, if that is more). */
  readonly maxUnsentBytes: number;
  /** Pages wait while a client has more unsent bytes. */
  readonly maxUnsentPageBytes: number;
  /** Where more than this waits for all clients together, those that take nothing are too slow. */
  readonly maxUnsentTotalBytes: number;
  /** Of what a client gives back to a recovering hub, in UTF-16 code units: more than any block has. */
  readonly maxRestoreUnits: number;
  /** The same of all connections together, as far as it is not whole yet. */
  readonly maxRestoreTotalUnits: number;
  /** Pages that one connection may wait for. */
  readonly maxWaitingPages: number;
  /** Silent connections are pinged so often; one that stays silent over three times is gone (later, if much was sent). */
  readonly heartbeatMs: number;
  /** So long a first session has to answer before a second log-in of its key takes over. */
  readonly takeOverMs: number;
  /** For a handshake or an HTTP request to arrive whole. */
  readonly headersTimeoutMs: number;
  /** For a client to answer a close frame. */
  readonly closeTimeoutMs: number;
  /** Activity and changes of validators are pushed at most so often. */
  readonly coalesceMs: number;
  /** Rounds that close later than this make `/healthz` fail. */
  readonly maxLatenessMs: number;
}

export const DEFAULT_LIMITS: GatewayLimits = {
  maxConnections: 20_000,
  maxConnectionsPerAddress: 1_000,
  messages: { perSecond: 50, burst: 100 },
  messagesOfAddress: { perSecond: 5_000, burst: 10_000 },
  evidence: { perSecond: 5, burst: 5 },
  evidenceOfAddress: { perSecond: 2, burst: 5 },
  requestsOfAddress: { perSecond: 100, burst: 2_000 },
  maxHttpPages: 128,
  maxHttpPagesPerAddress: 16,
  httpIdleMs: 30_000,
  maxFrameBytes: MAX_FRAME_BYTES,
  maxFragments: 256,
  maxPieces: 512,
  maxUnsentBytes: 256 * 1024,
  maxUnsentPageBytes: 1024 * 1024,
  maxUnsentTotalBytes: 256 * 1024 * 1024,
  maxRestoreUnits: 16 * 1024 * 1024,
  maxRestoreTotalUnits: 64 * 1024 * 1024,
  maxWaitingPages: 8,
  heartbeatMs: 15_000,
  takeOverMs: 3_000,
  headersTimeoutMs: 10_000,
  closeTimeoutMs: 1_000,
  coalesceMs: 1_000,
  maxLatenessMs: 5_000,
};

export interface GatewayOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** The program's version, for `hello`. */
  readonly version: string;
  /** The join token that a login must show, or null where none is asked for. */
  readonly token: string | null;
  /** Certificate and key as PEM, for wss and https. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Origins (`https://class.example`) of other sites whose pages may connect. */
  readonly origins?: readonly string[];
  readonly limits?: Partial<GatewayLimits>;
  /** Asked for each new WebSocket connection: the port on this machine that serves it instead, if any. */
  readonly divert?: () => Promise<number | undefined> | undefined;
}
