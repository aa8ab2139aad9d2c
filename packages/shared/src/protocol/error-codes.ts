/**
 * Every code of the protocol, documented once: what it means, whether the connection stays, whether trying again can
 * help. `docs/protocol.md` is checked against this table.
 */
import type { FaultCode } from "../model/fault.ts";

export type ProtocolCode =
  | "NOT_JSON"
  | "BINARY_FRAME"
  | "FRAME_TOO_LARGE"
  | "BROKEN_FRAME"
  | "LOGIN_REQUIRED"
  | "LOGIN_REFUSED"
  | "ALREADY_LOGGED_IN"
  | "SESSION_ELSEWHERE"
  | "TOKEN_REFUSED"
  | "NOT_YOUR_KEY"
  | "RATE_LIMITED"
  | "TOO_MANY_CONNECTIONS"
  | "TOO_SLOW"
  | "NOT_FOUND"
  | "PRUNED"
  | "NO_OPEN_ROUND"
  | "NETWORK_FULL"
  | "QUEUE_FULL"
  | "HUB_BEHIND"
  | "HUB_RECOVERING"
  | "NOT_MISSING"
  | "HUB_STOPPING"
  | "STORE_FAILED";

export type ErrorCode = FaultCode | ProtocolCode;

export interface CodeFacts {
  /** What it means, for docs/protocol.md. */
  readonly meaning: string;
  /** Does the connection stay open? */
  readonly connection: "stays" | "closes";
  /** Can the same request help later? */
  readonly retry: "never" | "later" | "next round" | "changed";
}

export const ERROR_CODES: Readonly<Record<ErrorCode, CodeFacts>> = {
  NOT_JSON: { meaning: "The frame is not JSON text.", connection: "closes", retry: "changed" },
  BINARY_FRAME: { meaning: "The frame is binary; the protocol is text.", connection: "closes", retry: "changed" },
  FRAME_TOO_LARGE: {
    meaning: "The frame is larger than the hub takes, usually 64 KiB.",
    connection: "closes",
    retry: "changed",
  },
  BROKEN_FRAME: {
    meaning: "The frame breaks the WebSocket protocol, comes in too many pieces, or is not UTF-8.",
    connection: "closes",
    retry: "changed",
  },
  MALFORMED: {
    meaning: "A field is missing, unknown, or not of its form; `path` names it.",
    connection: "stays",
    retry: "changed",
  },
  LOGIN_REQUIRED: { meaning: "The request needs a login.", connection: "stays", retry: "changed" },
  LOGIN_REFUSED: {
    meaning: "The login's signature is not that of its key over the hello's challenge.",
    connection: "stays",
    retry: "changed",
  },
  ALREADY_LOGGED_IN: { meaning: "This connection has logged in before.", connection: "stays", retry: "never" },
  SESSION_ELSEWHERE: {
    meaning: "The key has a live session already; `actual` says from where.",
    connection: "stays",
    retry: "later",
  },
  TOKEN_REFUSED: {
    meaning: "The hub asks for a join token, and this is not it.",
    connection: "stays",
    retry: "changed",
  },
  NOT_YOUR_KEY: {
    meaning: "The proposal or transaction is of another key than the login.",
    connection: "stays",
    retry: "changed",
  },
  BAD_PUBLIC_KEY: {
    meaning: "The public key is not canonical, of small order, or the hub's.",
    connection: "stays",
    retry: "changed",
  },
  BAD_SIGNATURE: {
    meaning: "The signature is not the author's over this content.",
    connection: "stays",
    retry: "changed",
  },
  RATE_LIMITED: {
    meaning: "Too many messages; the connection closes where it goes on.",
    connection: "stays",
    retry: "later",
  },
  TOO_MANY_CONNECTIONS: {
    meaning: "The hub, or your address, has as many connections as it may.",
    connection: "closes",
    retry: "later",
  },
  TOO_SLOW: { meaning: "The client reads too slowly; reconnect and resume.", connection: "closes", retry: "later" },
  NOT_FOUND: { meaning: "There is no such block, round or account.", connection: "stays", retry: "later" },
  PRUNED: {
    meaning: "The proposals of this old round are no longer kept; that is no failed check.",
    connection: "stays",
    retry: "never",
  },
  NO_OPEN_ROUND: { meaning: "No round is open; the first bond opens one.", connection: "stays", retry: "later" },
  NETWORK_FULL: { meaning: "The hub takes no more accounts.", connection: "stays", retry: "never" },
  QUEUE_FULL: {
    meaning: "As many transactions wait for their block as the hub allows, of all accounts or of this one.",
    connection: "stays",
    retry: "later",
  },
  ROUND_CLOSED: { meaning: "The proposal is for a round that has closed.", connection: "stays", retry: "next round" },
  ROUND_NOT_OPEN: {
    meaning: "The proposal is for a round that has not opened.",
    connection: "stays",
    retry: "changed",
  },
  STALE_TIP: {
    meaning: "The proposal builds on another block than the tip.",
    connection: "stays",
    retry: "next round",
  },
  BPM_OUT_OF_RANGE: {
    meaning: "The bpm is an integer outside of the network's range; nothing is slashed.",
    connection: "stays",
    retry: "changed",
  },
  POLLUTED_BPM: {
    meaning: "A signed bpm that is no integer; the author's stake is burned.",
    connection: "stays",
    retry: "never",
  },
  EQUIVOCATION: {
    meaning: "A second, different proposal for one round; the author's stake is burned.",
    connection: "stays",
    retry: "never",
  },
  NOT_BONDED: { meaning: "The author has nothing bonded.", connection: "stays", retry: "changed" },
  TOMBSTONED: { meaning: "The account was slashed and takes no part any more.", connection: "stays", retry: "never" },
  UNKNOWN_ACCOUNT: { meaning: "No account has this key.", connection: "stays", retry: "changed" },
  UNKNOWN_RECIPIENT: { meaning: "No account has this address.", connection: "stays", retry: "changed" },
  ALREADY_JOINED: { meaning: "The key has an account already.", connection: "stays", retry: "never" },
  NAME_TAKEN: {
    meaning: "The name, in whatever case, has an account; `suggestion` is a free one.",
    connection: "stays",
    retry: "changed",
  },
  WRONG_GRANT: { meaning: "The grant is not what the faucet gives.", connection: "stays", retry: "changed" },
  WRONG_NONCE: { meaning: "The nonce is not the account's next.", connection: "stays", retry: "changed" },
  INSUFFICIENT_FUNDS: {
    meaning: "The amount is above what the account has there.",
    connection: "stays",
    retry: "changed",
  },
  SUPPLY_LIMIT: { meaning: "The grant would pass the largest number of tokens.", connection: "stays", retry: "never" },
  ROUND_LIMIT: { meaning: "The entry's round would pass the largest integer.", connection: "stays", retry: "never" },
  TOO_MANY_PENDING: {
    meaning: "The account has 64 entries on their way already.",
    connection: "stays",
    retry: "later",
  },
  ALREADY_SLASHED: { meaning: "The account was slashed before.", connection: "stays", retry: "never" },
  NO_OFFENCE: { meaning: "The evidence does not prove an offence.", connection: "stays", retry: "never" },
  UNKNOWN_BLOCK: { meaning: "The evidence's prevHash is no block of this chain.", connection: "stays", retry: "never" },
  HUB_BEHIND: {
    meaning: "The hub signed a block that its store does not have; it was restored from a backup.",
    connection: "closes",
    retry: "later",
  },
  HUB_RECOVERING: {
    meaning: "The hub was restored from a backup, and first takes back from its clients what it lost.",
    connection: "stays",
    retry: "later",
  },
  NOT_MISSING: {
    meaning: "What was given back is not what the hub lost, or the hub lost nothing.",
    connection: "stays",
    retry: "never",
  },
  HUB_STOPPING: { meaning: "The hub is stopping.", connection: "closes", retry: "later" },
  STORE_FAILED: {
    meaning: "The hub cannot store anything now, so it accepts nothing.",
    connection: "stays",
    retry: "later",
  },
};

/** Is this a code of the table? */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
