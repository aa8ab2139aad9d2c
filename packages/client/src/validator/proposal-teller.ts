import type { Proposal } from "pos-shared/model/proposal.ts";
import { type ErrorFacts, sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { ValidatorPorts } from "./validator-ports.ts";

/** Tells what becomes of one key's proposals, as events with its address and name. */
export class ProposalTeller {
  readonly #ports: Pick<ValidatorPorts, "emit" | "changed" | "identity">;

  constructor(ports: Pick<ValidatorPorts, "emit" | "changed" | "identity">) {
    this.#ports = ports;
  }

  proposed(proposal: Proposal): void {
    this.#tell("proposed", proposal);
  }

  accepted(proposal: Proposal): void {
    this.#tell("accepted", proposal);
  }

  /** @param round undefined where it was for none */
  refused(fault: ErrorFacts, bpm: number, round?: number): void {
    this.rejected(fault.code, sentenceOf(fault), bpm, round);
  }

  /** Something other than a rule stood in the way. @param message in words */
  rejected(code: string, message: string, bpm: number, round: number | undefined): void {
    const { emit, changed, identity } = this.#ports;
    const { address, name } = identity;
    emit({ event: "rejected", code, message, bpm, address, name, ...(round === undefined ? {} : { round }) });
    changed();
  }

  #tell(event: "proposed" | "accepted", { round, bpm }: Proposal): void {
    const { emit, changed, identity } = this.#ports;
    emit({ event, round, bpm, address: identity.address, name: identity.name });
    changed();
  }
}
