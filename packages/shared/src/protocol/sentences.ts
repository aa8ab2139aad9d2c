/** The one place that turns a code with its evidence into a sentence that tells the user what to do next. */
import type { ErrorCode } from "./error-codes.ts";

export interface ErrorFacts {
  readonly code: ErrorCode;
  readonly path?: string | null | undefined;
  readonly expected?: string | number | null | undefined;
  readonly actual?: string | number | null | undefined;
  readonly suggestion?: string | null | undefined;
}

type Sentence = (facts: { path: string; expected: string; actual: string; suggestion: string }) => string;

const SENTENCES: Readonly<Record<ErrorCode, Sentence>> = {
  NOT_JSON: () => "The hub could not read the frame: it is not JSON text.",
  BINARY_FRAME: () => "The hub takes text frames only, and a binary one came.",
  FRAME_TOO_LARGE: () => "The frame is larger than the hub takes, usually 64 KiB. Send less at once.",
  BROKEN_FRAME: () => "The frame breaks the WebSocket protocol. Connect again.",
  MALFORMED: ({ path, expected, actual }) => `${path || "The message"} is wrong: expected ${expected}, got ${actual}.`,
  LOGIN_REQUIRED: () => "Log in first: spectators can read, but not propose or stake.",
  LOGIN_REFUSED: () => "The login's signature does not fit its key. Connect again.",
  ALREADY_LOGGED_IN: () => "This connection has logged in already.",
  SESSION_ELSEWHERE: ({ actual }) =>
    `This identity is already connected from ${actual}. Stop that one, or use another --name.`,
  TOKEN_REFUSED: ({ actual }) =>
    actual === ""
      ? "This hub asks for a join token. Give it as POS_CLIENT_TOKEN or with --token."
      : "The token given is not this hub's. Ask who runs it for the join token; give it as POS_CLIENT_TOKEN or with --token.",
  NOT_YOUR_KEY: () => "That is signed by another key than the one logged in.",
  BAD_PUBLIC_KEY: () => "The public key cannot be used. Make a new identity with --name.",
  BAD_SIGNATURE: ({ path }) => `The ${path || "signature"} is not signed by its author's key.`,
  RATE_LIMITED: () => "Too many messages. Slow down and try again.",
  TOO_MANY_CONNECTIONS: () => "The hub has as many connections as it may. Try again later.",
  TOO_SLOW: () => "The connection was too slow and was closed. It resumes where it was.",
  NOT_FOUND: ({ actual }) => `There is no ${actual || "such thing"} here.`,
  PRUNED: () => "The hub no longer keeps the proposals of this old round.",
  NO_OPEN_ROUND: () => "No round is open. The first stake opens one: start with --stake 100.",
  NETWORK_FULL: () => "This network has as many accounts as its hub allows. You can watch with --spectate.",
  QUEUE_FULL: () => "Too many transactions wait for their block. Try again in the next round.",
  ROUND_CLOSED: ({ actual }) => `Round ${actual} has closed. The BPM can go into the next round.`,
  ROUND_NOT_OPEN: ({ expected, actual }) => `Round ${actual} is not open; the open one is ${expected}.`,
  STALE_TIP: () => "The proposal builds on an older block. It can be signed again for the next round.",
  BPM_OUT_OF_RANGE: ({ expected, actual }) => `BPM ${actual} is out of range: enter a whole number from ${expected}.`,
  POLLUTED_BPM: () => "A BPM that is no whole number was signed. The stake is burned, as in the tutorial.",
  EQUIVOCATION: () => "A second, different proposal was signed for one round. The stake is burned.",
  NOT_BONDED: () => "Nothing is staked, so there is nothing to draw with. Stake first, for example with --stake 100.",
  TOMBSTONED: () => "This identity was slashed and can only watch. Take a new one with --name.",
  UNKNOWN_ACCOUNT: () => "No account has this key yet. Join first.",
  UNKNOWN_RECIPIENT: ({ actual }) => `No account has the address ${actual}.`,
  ALREADY_JOINED: () => "This identity has an account already.",
  NAME_TAKEN: ({ actual, suggestion }) => `The name ${actual} is taken. Free: --name ${suggestion}.`,
  WRONG_GRANT: ({ expected, actual }) => `The faucet gives ${expected}, not ${actual}.`,
  WRONG_NONCE: ({ actual }) =>
    `Nonce ${actual} refused. A block tells if it was done; until then the same again counts once.`,
  INSUFFICIENT_FUNDS: ({ expected, actual }) => `Not enough tokens for ${actual}: ${expected}.`,
  SUPPLY_LIMIT: ({ expected }) => `Only ${expected} more tokens can exist in this network.`,
  ROUND_LIMIT: () => "The round number would get too large.",
  TOO_MANY_PENDING: () => "64 amounts are on their way already. Wait until one arrives.",
  ALREADY_SLASHED: ({ actual }) => `${actual || "The account"} was slashed before.`,
  NO_OFFENCE: ({ expected, actual }) => `The evidence proves nothing: expected ${expected}, got ${actual}.`,
  UNKNOWN_BLOCK: () => "The evidence is about a block that is not in this chain.",
  HUB_BEHIND: () => "The hub has lost blocks that it sealed: it was restored from an older backup. Tell its operator.",
  HUB_RECOVERING: () =>
    "The hub was restored from a backup and first takes back what it lost from its clients. Try again in a moment.",
  NOT_MISSING: () => "The hub does not lack what was given back to it.",
  HUB_STOPPING: () => "The hub is stopping. The client connects again when it is back.",
  STORE_FAILED: () => "The hub cannot store anything right now, so it accepts nothing. Try again later.",
};

/** A code with its evidence as one sentence in plain English. */
export function sentenceOf({ code, path, expected, actual, suggestion }: ErrorFacts): string {
  return SENTENCES[code]({
    path: path ?? "",
    expected: expected === undefined || expected === null ? "something else" : String(expected),
    actual: actual === undefined || actual === null ? "" : String(actual),
    suggestion: suggestion ?? "",
  });
}
