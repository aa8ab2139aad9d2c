/**
 * A consensus rule is one value behind this interface. What belongs to it is `draw` in a header, `claim` in a proposal
 * and `params` in genesis. Nothing outside of `rules/` knows which rule runs.
 */
import type { SecretKey } from "../crypto/keys.ts";
import type { Hex } from "../encoding/hex.ts";
import type { SeedAfter } from "../evidence/false-claim.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Account } from "../model/account.ts";
import type { Block, Draw } from "../model/block.ts";
import type { EvidenceOfValidator } from "../model/evidence.ts";
import type { Fault } from "../model/fault.ts";
import type { FormFault } from "../model/form.ts";
import type { Genesis } from "../model/genesis.ts";
import type { Claim, Proposal } from "../model/proposal.ts";
import type { Slash } from "../model/transaction.ts";
import type { Check } from "./check.ts";
import type { DrawView } from "./draw-view.ts";

export interface ConsensusRule {
  /** As in genesis' `rule`. */
  readonly name: string;

  /** What is wrong with genesis' `params`, or undefined. */
  readonly findParamsFault: (params: unknown) => FormFault | undefined;

  /** The rule's part of a proposal: what this key, and no other, yields for the round. */
  readonly makeClaim: (chainId: Hex, key: SecretKey, round: number, seed: Hex) => Claim;

  /** Under which name a validator records what it signed, so that it never signs twice under one name (DESIGN §7). */
  readonly signingSlot: (round: number) => string;

  /** The hub's side of one round. */
  readonly openRound: (input: OpenRoundInput) => RuleRound;

  /** The seed in force after a block. */
  readonly nextSeed: (chainId: Hex, block: Pick<Block, "draw" | "proposal">) => Hex;

  /** What evidence does not prove, or undefined if it holds. The author's account is checked by the caller. */
  readonly findEvidenceFault: (chainId: Hex, evidence: EvidenceOfValidator, seedAfter: SeedAfter) => Fault | undefined;

  /** Pays what a block, or so many in a row, earn their winner. */
  readonly payReward: (ledger: Ledger, winner: Hex, blockReward: number, blocks?: number) => Ledger;

  /** Whether `checks.links` find nothing in a block with this winner: for runs of blocks of which no objects are made. */
  readonly fitsOnTrust: (ledger: Ledger, winner: Account, draw: Pick<Draw, "stake" | "eligibleStake">) => boolean;

  /** The rule's own checks, at its three places in SPEC §7. */
  readonly checks: {
    /** In depth `links`, where amounts are worked out on trust: what must hold for anybody to show the block at all. */
    readonly links: readonly Check[];
    readonly beforeTransactions: readonly Check[];
    readonly afterTransactions: readonly Check[];
    readonly full: readonly Check[];
  };

  /** How a screen shows and recomputes the draw of a block. */
  readonly viewDraw: (input: DrawViewInput) => DrawView;
}

export interface DrawViewInput {
  readonly genesis: Genesis;
  readonly chainId: Hex;
  readonly block: Block;
  /** Those of the round's proposals that are at hand. */
  readonly proposals: readonly Proposal[];
  /** The seed that the viewer's own chain has for the round. */
  readonly seed: Hex;
  /** Bonded tokens after the block's transactions. */
  readonly stakeOf: (publicKey: Hex) => number;
}

export interface OpenRoundInput {
  readonly chainId: Hex;
  readonly hubKey: SecretKey;
  readonly round: number;
  readonly seed: Hex;
}

/** One open round at the hub, as a value: each step returns a new one. */
export interface RuleRound {
  /**
   * Takes an accepted proposal into the draw. Slashes are offences that it proves itself.
   * @param stake its author's bonded tokens, seen from now
   */
  readonly accept: (
    proposal: Proposal,
    stake: number,
  ) => { readonly round: RuleRound; readonly slashes: readonly Slash[] };
  /** A validator's stake changed while the round was open. */
  readonly reviseStake: (publicKey: Hex, stake: number) => RuleRound;
  /** Draws. Slashes are to be appended to the block's transactions. */
  readonly close: () => RoundOutcome;
}

export interface RoundOutcome {
  readonly winner: Proposal | null;
  readonly draw: Draw;
  readonly slashes: readonly Slash[];
  /** The best of the draw, for a screen, the winner first. */
  readonly lowest: readonly Proposal[];
}
