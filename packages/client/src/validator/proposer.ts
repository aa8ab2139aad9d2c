import { leafHash } from "pos-shared/crypto/merkle.ts";
import { toHex } from "pos-shared/encoding/hex.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { ReceiptedProposal } from "pos-shared/model/receipt.ts";
import type { ErrorCode } from "pos-shared/protocol/error-codes.ts";
import { ERROR_CODES } from "pos-shared/protocol/error-codes.ts";
import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";
import type { HubChannel } from "../connection/hub-channel.ts";
import type { Cancel } from "../runtime.ts";
import type { Outcome, OwnProposal } from "../session/session.ts";
import { identitySentenceOf } from "../words/identity-errors.ts";
import { findBpmFault } from "./bpm-check.ts";
import { makeProposal } from "./make-proposal.ts";
import { ProposalTeller } from "./proposal-teller.ts";
import { isReceiptOfProposal } from "./receipt-check.ts";
import { SentProposal } from "./sent-proposal.ts";
import type { ValidatorPorts } from "./validator-ports.ts";

/** The round or tip was another one when the proposal arrived: it is signed anew for the next round. */
const FOR_NEXT_ROUND: ReadonlySet<ErrorCode> = new Set([
  "ROUND_CLOSED",
  "ROUND_NOT_OPEN",
  "STALE_TIP",
  "NO_OPEN_ROUND",
]);
/** Where the hub cannot take it just now, the same is sent again after so long. */
const RETRY_MS = 1_000;

type Settle = (outcome: Outcome) => void;

/** A BPM that somebody wants proposed, and who waits for the outcome. */
interface Wish {
  readonly bpm: number;
  readonly settle: readonly Settle[];
}

/** What was signed for a round and perhaps sent. */
interface Signed {
  readonly proposal: Proposal;
  readonly settle: readonly Settle[];
  /** `pending`: not answered yet. `refused`: nothing more is sent for its round. */
  readonly status: "pending" | "accepted" | "refused";
}

/**
 * One key's proposals: never two different ones for a round, whatever happens. What is signed is on the disk before it
 * is sent; what was signed or accepted before is taken over; what comes late goes into the next round (DESIGN §7).
 */
export class Proposer {
  readonly #ports: ValidatorPorts;
  readonly #teller: ProposalTeller;
  readonly #findHindrance: () => ErrorFacts | undefined;
  #channel: HubChannel | undefined;
  #opening: Opening | undefined;
  #signed: Signed | undefined;
  /** What was sent last. */
  #sent: SentProposal | undefined;
  #wish: Wish | undefined;
  #own: OwnProposal | null = null;
  #cancelRetry: Cancel = () => {};
  /** The round for which nothing could be signed. */
  #unsignableRound = 0;

  /** @param findHindrance why this key cannot propose at all, as nothing is bonded */
  constructor(ports: ValidatorPorts, findHindrance: () => ErrorFacts | undefined) {
    this.#ports = ports;
    this.#teller = new ProposalTeller(ports);
    this.#findHindrance = findHindrance;
  }

  /** What became of the proposal of the open round. */
  get own(): OwnProposal | null {
    return this.#own;
  }

  /** The BPM that waits for the next round. */
  get queuedBpm(): number | null {
    return this.#wish?.bpm ?? null;
  }

  get opening(): Opening | undefined {
    return this.#opening;
  }

  /** Has anything been signed for the open round? */
  get hasProposed(): boolean {
    return this.#signed !== undefined;
  }

  /** Proposes in the open round, or where that has a proposal already, in the next one. Resolves with the hub's answer. */
  propose(bpm: number): Promise<Outcome> {
    const fault = findBpmFault(this.#ports.network.genesis, bpm) ?? this.#findHindrance();
    if (fault !== undefined) {
      this.#teller.refused(fault, bpm);
      return Promise.resolve({ ok: false, fault });
    }
    return new Promise((settle) => {
      // A newer wish takes the older one's place; both hear what becomes of it.
      this.#wish = { bpm, settle: [...(this.#wish?.settle ?? []), settle] };
      this.#trySign();
      this.#ports.changed();
    });
  }

  connect(channel: HubChannel): void {
    this.#channel = channel;
    this.#trySign();
    void this.#trySend();
  }

  disconnect(): void {
    this.#channel = undefined;
    this.#cancelRetry();
  }

  /** The hub says that it holds this for the open round. Taken over before anything is signed. */
  takeOver(own: ReceiptedProposal): void {
    const { proposal } = own;
    if (proposal.publicKey !== this.#ports.identity.publicKey) {
      this.#ports.distrust("the hub says that this key proposed what another one did");
      return;
    }
    const settle = this.#signed?.proposal.round === proposal.round ? this.#signed.settle : [];
    // What another machine signed with this key must never be contradicted from here.
    const slot = this.#ports.network.rule.signingSlot(proposal.round);
    this.#ports.identity.signingRecord.record(slot, toHex(leafHash(proposal)), proposal);
    this.#signed = { proposal, settle, status: "pending" };
    this.#accept(own);
  }

  /** A round opened on the verified tip, or is open still. */
  takeOpening(opening: Opening): void {
    if (this.#opening?.round === opening.round) {
      void this.#trySend();
      return;
    }
    const missed = this.#signed;
    this.#closeRound();
    this.#opening = opening;
    this.#cancelRetry();
    if (missed?.proposal.round !== opening.round) {
      this.#own = null;
      this.#signed = undefined;
      if (missed !== undefined) this.#requeueMissed(missed);
      this.#resume();
    }
    this.#trySign();
  }

  /** A block was verified. `proposals`: those of its round that are known. */
  takeBlock(block: Block, proposals: readonly Proposal[]): void {
    if (this.#opening !== undefined && block.round >= this.#opening.round) this.#closeRound();
    const signed = this.#signed;
    if (signed?.status !== "pending" || signed.proposal.round !== block.round) return;
    if (proposals.some(({ signature }) => signature === signed.proposal.signature)) {
      // The answer was lost, but it took part.
      this.#signed = { ...signed, settle: [], status: "accepted" };
      for (const settle of signed.settle) settle({ ok: true });
    }
  }

  /** Rounds rest. */
  takeIdle(): void {
    this.#closeRound();
  }

  /** Ends every wait, as this key will never propose again. */
  giveUp(fault: ErrorFacts): void {
    const settle = [...(this.#signed?.settle ?? []), ...(this.#wish?.settle ?? [])];
    this.#wish = undefined;
    this.#cancelRetry();
    for (const tell of settle) tell({ ok: false, fault });
  }

  /** Something was signed for this round in an earlier run of the program, and perhaps not sent. */
  #resume(): void {
    const { identity, network } = this.#ports;
    const opening = this.#opening;
    if (this.#signed !== undefined || opening === undefined) return;
    const known = identity.signingRecord.find(network.rule.signingSlot(opening.round));
    if (known === undefined) return;
    this.#signed = { proposal: known.proposal, settle: [], status: "pending" };
    void this.#trySend();
  }

  #trySign(): void {
    const { chain, network, identity } = this.#ports;
    const opening = this.#opening;
    const wish = this.#wish;
    if (wish === undefined || opening === undefined || this.#signed !== undefined || this.#channel === undefined)
      return;
    if (opening.round === this.#unsignableRound) return;
    // A client that lags behind hears of rounds that are over. To sign for each of them would keep it behind for ever.
    if (this.#ports.leftMs(opening) < 0) return;
    const { tip } = chain.head;
    if (opening.prevHash !== tip.hash || this.#findHindrance() !== undefined) return;
    const proposal = makeProposal(network, identity.key, tip, opening.round, wish.bpm);
    const slot = network.rule.signingSlot(opening.round);
    const recorded = identity.signingRecord.record(slot, toHex(leafHash(proposal)), proposal);
    if (!recorded.ok) {
      // Nothing is sent that is not on the disk. The wish stays for the next round.
      this.#unsignableRound = opening.round;
      this.#teller.rejected(recorded.error.code, identitySentenceOf(recorded.error), wish.bpm, opening.round);
      return;
    }
    this.#wish = undefined;
    this.#signed = { proposal, settle: wish.settle, status: "pending" };
    void this.#trySend();
  }

  async #trySend(): Promise<void> {
    const channel = this.#channel;
    const signed = this.#signed;
    if (channel === undefined || signed?.status !== "pending") return;
    const { proposal } = signed;
    const opening = this.#opening;
    if (opening?.round !== proposal.round) return;
    // It is on its way on this connection already.
    if (this.#sent?.isOn(channel, proposal)) return;
    const sent = new SentProposal(this.#ports, channel, opening, proposal);
    this.#sent = sent;
    if (this.#own === null) {
      this.#own = { phase: "sent", round: proposal.round, bpm: proposal.bpm, atMs: this.#ports.runtime.nowMs() };
      this.#teller.proposed(proposal);
    }
    const answer = await sent.answer();
    if (answer === undefined || this.#signed?.proposal !== proposal) return;
    if (answer.ok) this.#accept({ proposal, receipt: answer.value });
    else this.#refused(proposal, answer.error);
  }

  #closeRound(): void {
    this.#opening = undefined;
    void this.#sent?.askAgain((channel) => this.#channel === channel);
  }

  #accept(own: ReceiptedProposal): void {
    const { network, chain, identity, runtime } = this.#ports;
    const { proposal } = own;
    if (!isReceiptOfProposal(network, own)) {
      this.#ports.distrust("the hub gave a receipt that is not for this proposal");
      return;
    }
    if (this.#signed?.status === "accepted" && this.#signed.proposal === proposal) return;
    chain.held.addProposal(own);
    identity.receipts.add(own);
    if (this.#opening?.round === proposal.round) identity.receipts.add(this.#opening);
    const settle = this.#signed?.settle ?? [];
    this.#signed = { proposal, settle: [], status: "accepted" };
    this.#own = { phase: "accepted", round: proposal.round, bpm: proposal.bpm, atMs: runtime.nowMs() };
    this.#teller.accepted(proposal);
    for (const tell of settle) tell({ ok: true });
  }

  #refused(proposal: Proposal, fault: ErrorFacts): void {
    const { runtime } = this.#ports;
    const { round, bpm } = proposal;
    const settle = this.#signed?.settle ?? [];
    this.#own = { phase: "rejected", round, bpm, atMs: runtime.nowMs(), fault };
    this.#teller.refused(fault, bpm, round);
    if (FOR_NEXT_ROUND.has(fault.code)) {
      this.#signed = { proposal, settle: [], status: "refused" };
      this.#requeue(bpm, settle);
    } else if (ERROR_CODES[fault.code].retry === "later") {
      this.#sent = undefined;
      this.#cancelRetry = runtime.schedule(RETRY_MS, () => void this.#trySend());
    } else {
      this.#signed = { proposal, settle: [], status: "refused" };
      for (const tell of settle) tell({ ok: false, fault });
    }
  }

  /** A round is over, and no answer to its proposal ever came. */
  #requeueMissed({ proposal, settle, status }: Signed): void {
    if (status !== "pending" || settle.length === 0) return;
    const { round, bpm } = proposal;
    this.#teller.refused({ code: "ROUND_CLOSED", expected: this.#opening?.round, actual: round }, bpm, round);
    this.#requeue(bpm, settle);
  }

  #requeue(bpm: number, settle: readonly Settle[]): void {
    if (settle.length === 0) return;
    // A newer wish goes first, and who waited for the older one hears of it.
    this.#wish = { bpm: this.#wish?.bpm ?? bpm, settle: [...settle, ...(this.#wish?.settle ?? [])] };
    this.#ports.changed();
  }
}
