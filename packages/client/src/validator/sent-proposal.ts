import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { ProposalReceipt } from "pos-shared/model/receipt.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";
import type { HubChannel } from "../connection/hub-channel.ts";
import type { ValidatorPorts } from "./validator-ports.ts";

/** An answer may take as long as it likes while its connection holds: a ping that is not answered ends that. */
const ANY_TIME_MS = 2_000_000_000;
/** Who does not even answer the second time within so long keeps silent. */
const SILENCE_MS = 30_000;

/** A proposal on its way over one connection, until it is answered. */
export class SentProposal {
  readonly proposal: Proposal;
  readonly #channel: HubChannel;
  readonly #opening: Opening;
  readonly #ports: ValidatorPorts;
  readonly #sentAtMs: number;
  #isAnswered = false;
  #isAskedAgain = false;

  constructor(ports: ValidatorPorts, channel: HubChannel, opening: Opening, proposal: Proposal) {
    this.proposal = proposal;
    this.#ports = ports;
    this.#channel = channel;
    this.#opening = opening;
    this.#sentAtMs = ports.runtime.monotonicMs();
  }

  isOn(channel: HubChannel, proposal: Proposal): boolean {
    return this.#channel === channel && this.proposal === proposal;
  }

  /** The hub's answer; undefined where the connection ended first. */
  async answer(): Promise<Result<ProposalReceipt, ErrorFacts> | undefined> {
    const { proposal } = this;
    const answer = await this.#channel.request("propose", { proposal }, ANY_TIME_MS);
    if (answer.ok) {
      this.#isAnswered = true;
      return ok(answer.value.receipt);
    }
    if (answer.error.kind === "lost") return undefined;
    this.#isAnswered = true;
    return err(answer.error.fault);
  }

  /**
   * The round is over. Where there is no answer yet, that of an honest hub may be on its way still; but none of its
   * answers overtakes another. If the same proposal is answered when it is sent again, or not even that, the hub has
   * kept silent.
   *
   * @param isConnected says whether a connection still holds
   */
  async askAgain(isConnected: (channel: HubChannel) => boolean): Promise<void> {
    if (this.#isAnswered || this.#isAskedAgain || !isConnected(this.#channel)) return;
    this.#isAskedAgain = true;
    const { proposal } = this;
    const answer = await this.#channel.request("propose", { proposal }, SILENCE_MS);
    // A receipt after all; or the connection has ended meanwhile, so that the silence says nothing.
    if (this.#isAnswered || answer.ok || this.#channel.hasEnded || !isConnected(this.#channel)) return;
    const seenAtMs = this.#ports.runtime.monotonicMs();
    this.#ports.unanswered({ proposal, opening: this.#opening, sentAtMs: this.#sentAtMs, seenAtMs });
  }
}
