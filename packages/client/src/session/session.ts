/**
 * What a screen and the headless output see of a running client: verified state, events, and what one may ask for.
 * Neither of them ever sees a socket.
 */

import type { Block } from "pos-shared/model/block.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";
import type { DrawView } from "pos-shared/rules/draw-view.ts";
import type { AlarmFinding } from "../replica/alarm.ts";
import type { Progress } from "../replica/replica-events.ts";
import type { Verified } from "../replica/verified.ts";
import type { ClientEvent } from "./client-event.ts";

export type { Verified } from "../replica/verified.ts";
export type { ClientEvent } from "./client-event.ts";

export type ConnectionState =
  | { readonly phase: "connecting"; readonly attempt: number }
  /** `clockOffsetMs`: how far this machine's clock is behind the hub's, as estimated from round trips; unknown at first. */
  | { readonly phase: "online"; readonly roundTripMs: number; readonly clockOffsetMs?: number }
  /** `retryAtMs` by the local clock. */
  | { readonly phase: "offline"; readonly reason: string; readonly attempt: number; readonly retryAtMs: number }
  /** The hub answers with another chain than last time; waits for `joinNewNetwork` (a screen asks). */
  | { readonly phase: "otherChain"; readonly expected: string; readonly actual: string }
  /**
   * Refused for good, for example as the key has a session elsewhere; `fault` says why. Where only the name is taken the
   * connection stays, and rounds and blocks are followed on it: `isConnected`.
   */
  | { readonly phase: "refused"; readonly fault: ErrorFacts; readonly isConnected: boolean }
  /** Ended for good by something on this side, as an identity that another program holds; in words. */
  | { readonly phase: "failed"; readonly message: string };

export interface Me {
  readonly name: string;
  readonly address: string;
  readonly publicKey: string;
  /** False until the join is accepted. Amounts in tokens, accepted transactions counted. */
  readonly isJoined: boolean;
  readonly liquid: number;
  readonly bonded: number;
  readonly activating: readonly { readonly amount: number; readonly round: number }[];
  readonly unbonding: readonly { readonly amount: number; readonly round: number }[];
  /** What the hub accepted and no block carries yet; `round` is the one whose block will. */
  readonly waiting: readonly {
    readonly type: "bond" | "unbond" | "transfer";
    readonly amount: number;
    readonly round: number;
  }[];
  readonly isTombstoned: boolean;
  /** Why it was slashed, what was burned, and the block that carries the evidence. */
  readonly slashing: {
    readonly kind: "bpm" | "equivocation" | "vrf";
    readonly amount: number;
    readonly index: number;
  } | null;
  readonly wins: number;
}

/** What became of one's own proposal of the open round. */
export type OwnProposal =
  | { readonly phase: "sent"; readonly round: number; readonly bpm: number; readonly atMs: number }
  | { readonly phase: "accepted"; readonly round: number; readonly bpm: number; readonly atMs: number }
  | {
      readonly phase: "rejected";
      readonly round: number;
      readonly bpm: number;
      readonly atMs: number;
      readonly fault: ErrorFacts;
    };

export interface ProposalSeen {
  readonly publicKey: string;
  readonly name: string;
  readonly bpm: number;
  readonly atMs: number;
}

export interface RoundView {
  readonly opening: Opening;
  readonly roundMs: number;
  /** By the local clock, the hub's offset taken out. */
  readonly closesAtMs: number;
  /** Who could propose in it, as far as is known: those bonded when it opened or later. Never fewer than have proposed. */
  readonly validators: number;
  /** Bonded just now, in tokens. */
  readonly stake: number;
  readonly proposals: number;
  /** Newest first. */
  readonly seen: readonly ProposalSeen[];
}

export interface ValidatorView {
  readonly publicKey: string;
  readonly address: string;
  readonly name: string;
  readonly liquid: number;
  readonly bonded: number;
  /** Of all bonded tokens, 0 to 1. */
  readonly share: number;
  readonly wins: number;
  /** Rounds that it took part in and whose proposals this client checked; then its wins and Σ of its chances in them. */
  readonly checkedRounds: number;
  readonly checkedWins: number;
  readonly expectedWins: number;
  /** Σp(1−p), for the band ±1.96·√. */
  readonly variance: number;
  readonly isOnline: boolean;
  readonly isTombstoned: boolean;
  readonly isMe: boolean;
}

export interface Winner {
  readonly index: number;
  readonly round: number;
  readonly hash: string;
  readonly publicKey: string;
  readonly validator: string;
  readonly name: string;
  readonly bpm: number;
  readonly stake: number;
  readonly eligibleStake: number;
  /** As a decimal fraction; of the runner-up too where there was one and it is known. */
  readonly score: string;
  readonly runnerUpScore: string | null;
  /** Nobody else took part. */
  readonly isAlone: boolean;
  readonly isMe: boolean;
  readonly verified: Verified;
}

/** One row of the chain list. */
export interface BlockRow {
  readonly index: number;
  readonly round: number;
  readonly hash: string;
  readonly timestampMs: number;
  /** Null in a block without a winner. */
  readonly winnerName: string | null;
  readonly winnerAddress: string | null;
  readonly bpm: number | null;
  readonly verified: Verified;
}

export interface Alarm {
  readonly failure: AlarmFinding;
  /** Proven by what the hub signed, or a suspicion. */
  readonly isProven: boolean;
  /** Path of the evidence file; where it could not be written, why. */
  readonly evidenceFile: string;
  readonly isUnwritten?: true;
  readonly atMs: number;
  /** From then on the hub is not followed any further. */
  readonly halts: boolean;
}

export interface LogLine {
  readonly atMs: number;
  readonly level: "info" | "good" | "warn" | "alarm";
  readonly text: string;
}

/** Which blocks a filtered chain list keeps: those for which everything that is given holds. */
export interface BlockFilter {
  /** Part of the winner's name, in whatever case. */
  readonly winner?: string;
  readonly bpm?: number;
  /** The beginning of the hash, hex. */
  readonly hash?: string;
}

/** The blocks that a filter keeps, to be walked from one to the next. */
export interface FoundBlocks {
  /** How many there are. */
  readonly size: number;
  /** The last one up to an index; 0 where there is none. */
  readonly atOrBefore: (index: number) => number;
  /** The first one from an index on; 0 where there is none. */
  readonly atOrAfter: (index: number) => number;
}

/** Everything a screen shows, as one immutable value; replaced at most ten times a second. */
export interface SessionState {
  readonly url: string;
  readonly connection: ConnectionState;
  /** Null until the hub was reached once. */
  readonly network: { readonly chainId: string; readonly genesis: Genesis } | null;
  /** Null for a spectator. */
  readonly me: Me | null;
  readonly round: RoundView | null;
  readonly ownProposal: OwnProposal | null;
  /** A BPM that waits for the next round, if any. */
  readonly queuedBpm: number | null;
  /** The BPM that is proposed every round, if any. */
  readonly repeatedBpm: number | null;
  /** Most bonded first. */
  readonly validators: readonly ValidatorView[];
  readonly totals: { readonly accounts: number; readonly online: number; readonly bonded: number };
  /** `words`: the hash as three words, to be compared by eye; empty before the first block. */
  readonly tip: { readonly index: number; readonly hash: string; readonly words: string };
  /** Blocks whose links are checked, and verified beyond them, of all; equal when caught up. */
  readonly progress: Progress;
  readonly lastWinner: Winner | null;
  /** Rounds whose proposals this client checked, for luck. */
  readonly checkedRounds: number;
  readonly alarms: readonly Alarm[];
  /** Oldest first, at most a few hundred. */
  readonly log: readonly LogLine[];
}

export interface BlockDetail {
  readonly block: Block;
  readonly verified: Verified;
  readonly winnerName: string | null;
  /** Null where the proposals are no longer kept or too many; then the lowest that were pushed. */
  readonly proposals: readonly Proposal[] | null;
  readonly view: DrawView;
}

/** The answer to something asked for: done, or why not. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly fault: ErrorFacts };

export interface Session {
  readonly getState: () => SessionState;
  /** Calls back when the state was replaced. Returns how to stop. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Every event of the client, in order, as for `--json` (DESIGN §10). Returns how to stop. */
  readonly onEvent: (listener: (event: ClientEvent) => void) => () => void;

  /** Proposes in the open round, or queues it for the next one. Resolves when the hub has answered. */
  readonly propose: (bpm: number) => Promise<Outcome>;
  /** Proposes this BPM every round; null stops. */
  readonly repeat: (bpm: number | null) => void;
  readonly bond: (amount: number) => Promise<Outcome>;
  readonly unbond: (amount: number) => Promise<Outcome>;
  /** @param to name or address of an account */
  readonly transfer: (to: string, amount: number) => Promise<Outcome>;
  /** The network at this address is another one than before: join it (DESIGN §10). */
  readonly joinNewNetwork: () => void;
  /** A slashed or taken identity: go on with a new one of this name, or of a free one. */
  readonly takeNewIdentity: (name?: string) => void;

  /** Rows of the chain by index, newest last; the caller asks only for what it shows. */
  readonly readRows: (from: number, to: number) => readonly BlockRow[];
  /** The blocks that a filter keeps. Runs on columns: a million blocks take some milliseconds. */
  readonly findBlocks: (filter: BlockFilter) => FoundBlocks;
  /** Fetches and checks a block with its draw. */
  readonly readBlock: (index: number) => Promise<BlockDetail | undefined>;
  readonly stop: () => Promise<void>;
}
