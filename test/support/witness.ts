/**
 * A validator that remembers all that a hub ever told it, over any number of connections and restarts: what was once
 * acknowledged or pushed has to stay.
 */
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { ReceiptedProposal, ReceiptedTransaction } from "pos-shared/model/receipt.ts";
import type { Transaction } from "pos-shared/model/transaction.ts";
import { Person } from "./person.ts";
import { RawClient } from "./raw-client.ts";

const RETRY_MS = 50;
/** What may happen around a close, and to who is in doubt about what the hub knows already. */
const MAY_BE_REFUSED = [
  "ROUND_CLOSED",
  "ROUND_NOT_OPEN",
  "STALE_TIP",
  "NO_OPEN_ROUND",
  "STORE_FAILED",
  "SESSION_ELSEWHERE",
  "NOT_BONDED",
];

export class Witness {
  readonly person: Person;
  readonly proposals: ReceiptedProposal[] = [];
  readonly transactions: ReceiptedTransaction[] = [];
  readonly openings = new Map<number, Opening>();
  readonly blocks = new Map<number, Block>();
  /** What no client should ever see, in words. */
  readonly complaints: string[] = [];
  connections = 0;
  readonly #url: () => string;
  readonly #signed = new Map<number, Proposal>();
  #pending: { readonly transaction: object } | undefined;
  #nonce = 0;
  #client: RawClient | undefined;
  #isStopped = false;

  /** @param url where the hub is now */
  constructor(url: () => string, person = new Person()) {
    this.#url = url;
    this.person = person;
  }

  /** Connects, takes part, and comes back whenever the connection ends, until it is stopped. */
  async run(): Promise<void> {
    while (!this.#isStopped) {
      try {
        await this.#connection();
      } catch {
        // The hub is gone, or going. Not a wait for anything: it may come back at any moment.
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** Makes no new promises due; what was told so far stays. */
  stop(): void {
    this.#isStopped = true;
    this.#client?.ws.terminate();
  }

  /** The last round for which the hub acknowledged something. */
  get lastRound(): number {
    return Math.max(0, ...[...this.proposals, ...this.transactions].map(({ receipt }) => receipt.round));
  }

  async #connection(): Promise<void> {
    const client = new RawClient(this.#url());
    this.#client = client;
    try {
      // Blocks may come before anything here waits for them.
      let next = 0;
      await Promise.race([client.greeted(), client.closed.then(() => Promise.reject(new Error("not greeted")))]);
      const welcome = await client.logIn(this.person);
      this.connections += 1;
      this.#nonce = welcome.account?.nonce ?? 0;
      if (welcome.account?.tombstoned === true) this.#complain("it was slashed");
      if (welcome.proposal !== null) this.#compareHeld(welcome.proposal as ReceiptedProposal);
      await client.subscribe();
      await this.#catchUp(client);
      for (;;) {
        for (const push of client.pushes.all.slice(next)) {
          next += 1;
          if (push.type === "block") this.#see(push.block as Block, true);
          if (push.type === "opening") this.#noteOpening(push.opening);
          if (push.type === "slashed") this.#complain(`${push.name} was slashed`);
        }
        if (client.opening !== null) this.#noteOpening(client.opening);
        await this.#takePart(client);
        await client.pushes.take((push) => push.type === "opening");
      }
    } finally {
      client.ws.terminate();
    }
  }

  async #catchUp(client: RawClient): Promise<void> {
    for (;;) {
      const page = await client.ask("blocks", { type: "blocks", from: this.#tip + 1, limit: 1_000 });
      for (const block of page.blocks) this.#see(block as Block, false);
      if (this.#tip >= page.tip.index) break;
    }
    // What was known before is still the same.
    const known = this.blocks.get(this.#tip);
    if (known === undefined) return;
    const [same] = (await client.ask("blocks", { type: "blocks", from: known.index, limit: 1 })).blocks;
    this.#see(same as Block, false);
  }

  get #tip(): number {
    return this.blocks.size;
  }

  /** @param isPush pushed, so that it must be the very next one or one that the catch-up brought as well */
  #see(block: Block, isPush: boolean): void {
    const known = this.blocks.get(block.index);
    if (known !== undefined) {
      if (canonicalize(known) !== canonicalize(block)) this.#complain(`block ${block.index} has changed`);
      return;
    }
    if (block.index !== this.#tip + 1) {
      this.#complain(`block ${block.index} came after ${this.#tip}${isPush ? ", pushed" : ""}`);
      return;
    }
    this.blocks.set(block.index, block);
  }

  #noteOpening(opening: Opening): void {
    const known = this.openings.get(opening.round);
    if (known !== undefined && canonicalize(known) !== canonicalize(opening)) {
      this.#complain(`the opening of round ${opening.round} has changed`);
    }
    this.openings.set(opening.round, opening);
  }

  #compareHeld({ proposal }: ReceiptedProposal): void {
    const signed = this.#signed.get(proposal.round);
    if (canonicalize(signed) !== canonicalize(proposal)) this.#complain("the hub holds a proposal that was never made");
  }

  async #takePart(client: RawClient): Promise<void> {
    await this.#transact(client);
    // The first bond opens the first round.
    if (client.opening === null && this.#nonce === 1) await this.#transact(client);
    const { opening } = client;
    if (opening === null) return;
    let proposal = this.#signed.get(opening.round);
    if (proposal === undefined) {
      if (this.blocks.get(this.#tip)?.hash !== opening.prevHash && opening.prevHash !== client.chainId) return;
      proposal = this.person.proposal(client.chainId, client.slot, 60 + (opening.round % 40)) as Proposal;
      this.#signed.set(opening.round, proposal);
    }
    const reply = await client.submit(proposal);
    if (reply.type === "accepted") this.proposals.push({ proposal, receipt: reply.receipt });
    else this.#judge(reply);
  }

  /** Joins, then bonds a token a round. What was sent and not answered is sent again as it was. */
  async #transact(client: RawClient): Promise<void> {
    const fields =
      this.#nonce === 0
        ? { type: "join", name: this.person.name, grant: 1_000 }
        : { type: "bond", amount: 1, nonce: this.#nonce };
    this.#pending ??= { transaction: this.person.transaction(client.chainId, fields) };
    const { transaction } = this.#pending;
    const reply = await client.request({ type: "transact", transaction });
    this.#pending = undefined;
    if (reply.type === "receipted") {
      this.transactions.push({ transaction: transaction as Transaction, receipt: reply.receipt });
      this.#nonce += 1;
    } else if (reply.type === "error" && ["WRONG_NONCE", "ALREADY_JOINED"].includes(reply.code)) {
      // It was accepted before, and its answer was lost.
      const { account } = await client.ask("account", { type: "account", publicKey: this.person.publicKey });
      this.#nonce = account?.nonce ?? 0;
    } else {
      this.#judge(reply);
    }
  }

  #judge(reply: { readonly type: string; readonly code?: string }): void {
    const code = reply.code ?? reply.type;
    if (!MAY_BE_REFUSED.includes(code)) this.#complain(`refused with ${code}`);
  }

  #complain(what: string): void {
    this.complaints.push(`${this.person.name}: ${what}`);
  }
}
