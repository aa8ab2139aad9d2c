import type { ChainState } from "pos-shared/chain/chain-state.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { AlarmFinding } from "./alarm.ts";
import type { EvidenceFile } from "./evidence/evidence-file.ts";
import type { Verified } from "./verified.ts";

/** A block that was added to the replica. */
export interface VerifiedBlock {
  readonly block: Block;
  readonly verified: Verified;
  readonly before: ChainState;
  readonly after: ChainState;
  /** The lowest of its draw as far as known, best first; all of the round where `verified` is full. */
  readonly proposals: readonly Proposal[];
}

export interface Alarm {
  readonly finding: AlarmFinding;
  readonly isProven: boolean;
  readonly evidence: EvidenceFile;
  /** The hub is not followed any further. */
  readonly halts: boolean;
}

/** How far a replica has come on the way to the hub's tip. */
export interface Progress {
  /** Blocks whose links are checked. */
  readonly linked: number;
  /** Blocks that are verified beyond their links. */
  readonly verified: number;
  /** Blocks of the hub's chain. */
  readonly total: number;
}

/** What a replica tells, in order. */
export interface ReplicaListener {
  readonly block: (added: VerifiedBlock) => void;
  /** Is each block to be told? Else, of a long gap that is closed by links, only the newest are. */
  readonly needsEveryBlock: () => boolean;
  /** A round is open; the hub's signature on its announcement was checked. */
  readonly opening: (opening: Opening) => void;
  readonly alarm: (alarm: Alarm) => void;
  /** What came cannot be used and proves nothing; in words. */
  readonly unusable: (reason: string) => void;
  readonly progress: (progress: Progress) => void;
}
