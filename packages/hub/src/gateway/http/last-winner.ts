import type { HubPort } from "../../sequencer/hub-port.ts";

/** Who won the last block, and with what. */
export interface Winner {
  readonly publicKey: string;
  readonly bpm: number;
}

/**
 * What people ask of the last block. A block with 2,000 transactions takes milliseconds to read, so that each is read
 * once, when somebody first asks after it.
 */
export class LastWinner {
  readonly #hub: Pick<HubPort, "status" | "readBlocks">;
  #read: { readonly hash: string; readonly winner: Winner | undefined } | undefined;

  constructor(hub: Pick<HubPort, "status" | "readBlocks">) {
    this.#hub = hub;
  }

  /** Undefined where the last block has no winner, or there is none yet. */
  get(): Winner | undefined {
    const { index, hash } = this.#hub.status().tip;
    if (index === 0) return undefined;
    if (this.#read?.hash !== hash) this.#read = { hash, winner: winnerIn(this.#hub.readBlocks(index, 1).text) };
    return this.#read.winner;
  }
}

/** The hub's own store: what it holds has the form of a block. */
function winnerIn(text: Buffer): Winner | undefined {
  const block: { bpm: number | null; proposal: { publicKey: string } | null } = JSON.parse(text.toString());
  return block.proposal === null || block.bpm === null
    ? undefined
    : { publicKey: block.proposal.publicKey, bpm: block.bpm };
}
