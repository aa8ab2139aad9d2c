/**
 * The narrow interface between the gateway and the sequencer, so that gateways can later be processes of their own. The
 * gateway never touches the round machine or the store; what it may know stands here.
 */
import type { Answer, Broadcast } from "pos-shared/chain/round/effects.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Account } from "pos-shared/model/account.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { ReceiptedProposal, ReceiptedTransaction } from "pos-shared/model/receipt.ts";
import type { RequestOf } from "pos-shared/protocol/requests.ts";
import type { BlockPage } from "../store/store.ts";

export type { BlockPage } from "../store/store.ts";

/** An answer, or why nothing was accepted: the store failed, or the hub takes back what it lost first. */
export type Outcome = Answer | { readonly kind: "storeFailed" } | { readonly kind: "recovering" };

/** What a client can give back to a hub that lost it. */
export type RestoreKind = RequestOf<"restore">["kind"];

/** An account without who is online, which the gateway knows. */
export interface ValidatorFacts {
  readonly address: Hex;
  readonly account: Account;
  readonly wins: number;
}

export interface HubStatus {
  readonly network: string;
  readonly chainId: Hex;
  readonly rule: string;
  /** The open round, or the one that opens next. */
  readonly round: number;
  readonly phase: "idle" | "open" | "sealing";
  readonly opening: Opening | null;
  /** Transactions that wait for a block. */
  readonly waiting: number;
  /** Proposals accepted in the open round. */
  readonly proposals: number;
  readonly tip: { readonly index: number; readonly hash: Hex };
  /** All accounts, with those of waiting transactions. */
  readonly accounts: number;
  /** Accounts that may propose now, and their bonded tokens. */
  readonly validators: number;
  readonly stake: number;
}

export interface ProposalProof {
  readonly position: number;
  /** JSON text as stored. */
  readonly proposal: string;
  readonly path: readonly Hex[];
}

/** Where proposals of a block are not to be had: no such block, or no longer kept. */
export type ProposalsFault = "NOT_FOUND" | "PRUNED";

export interface HubPort {
  readonly genesis: Genesis;
  readonly chainId: Hex;
  /** The hub's clock, milliseconds since 1970: never goes back while it runs. */
  readonly nowMs: () => number;

  /** Hands a proposal or transaction in. The outcome comes once it is durable, before any broadcast of it. */
  readonly propose: (proposal: unknown, done: (outcome: Outcome) => void) => void;
  readonly transact: (transaction: unknown, done: (outcome: Outcome) => void) => void;

  /** News for everybody, in order, each after it is durable. Returns how to stop listening. */
  readonly onBroadcast: (listener: (broadcast: Broadcast) => void) => () => void;

  readonly status: () => HubStatus;
  /** An account with all accepted transactions counted. */
  readonly accountOf: (publicKey: Hex) => Account | undefined;
  readonly acceptedProposalOf: (publicKey: Hex) => ReceiptedProposal | undefined;
  readonly waitingTransactionsOf: (publicKey: Hex) => readonly ReceiptedTransaction[];
  /** Accounts with all accepted transactions counted, most bonded first. */
  readonly validators: (
    from: number,
    limit: number,
  ) => { readonly total: number; readonly validators: readonly ValidatorFacts[] };
  readonly factsOf: (publicKey: Hex) => ValidatorFacts | undefined;
  /** A free name like this one. */
  readonly suggestName: (name: string) => string;

  /** Ascending. At most `limit`, stopping near 1 MiB. */
  readonly readBlocks: (from: number, limit: number) => BlockPage;
  /** Bytes of a block's stored text, 0 where there is none. Costs the same for any block. */
  readonly sizeOfBlock: (index: number) => number;
  /** JSON texts of a block's proposals by ascending public key. */
  readonly readProposals: (
    index: number,
    from: number,
    limit: number,
  ) => { readonly total: number; readonly proposals: readonly string[] } | ProposalsFault;
  readonly prove: (
    index: number,
    positions: readonly number[],
    publicKey: Hex | null,
  ) => { readonly total: number; readonly proofs: readonly ProposalProof[] } | ProposalsFault;

  /** Does the hub, restored from a backup, take back what it lost? */
  readonly isRecovering: () => boolean;
  /** Takes something back that this hub signed; says false where it is not what is missing. */
  readonly restore: (kind: RestoreKind, value: unknown) => boolean;

  /**
   * Somebody logs in with the last block that it verified, null for none. Did this hub's key sign it, though its store
   * does not have it (DESIGN §9)?
   */
  readonly isAhead: (tip: ShownTip | null) => boolean;
}

/** A block that a client has verified. */
export interface ShownTip {
  readonly index: number;
  readonly hash: Hex;
  readonly hubSignature: Hex;
}
