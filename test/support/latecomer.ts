/** A validator with a bad watch: in some rounds it sends its proposal several times over, in others only after the close. */
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Reply } from "pos-shared/protocol/hub-messages.ts";
import { Person } from "./person.ts";
import { RawClient } from "./raw-client.ts";

const TIMES = 3;
const STAKE = 50;
const RETRY_MS = 50;
/** What an honest hub answers to what comes around a close, or after it. */
const TOO_LATE = ["ROUND_CLOSED", "ROUND_NOT_OPEN", "STALE_TIP", "NO_OPEN_ROUND"];

export class Latecomer {
  readonly person = new Person();
  /** What an honest hub never answers, in words. */
  readonly complaints: string[] = [];
  /** Proposals that were accepted and sent again, and answered with the same receipt each time. */
  repeated = 0;
  /** Proposals that came after the close and were refused. */
  late = 0;
  readonly #url: string;
  #client: RawClient | undefined;
  #isStopped = false;

  constructor(url: string) {
    this.#url = url;
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

  stop(): void {
    this.#isStopped = true;
    this.#client?.ws.terminate();
  }

  async #connection(): Promise<void> {
    const client = new RawClient(this.#url);
    this.#client = client;
    try {
      await Promise.race([client.greeted(), client.closed.then(() => Promise.reject(new Error("not greeted")))]);
      const { account } = await client.logIn(this.person);
      await client.subscribe();
      if (account === null) await client.joinAndBond(this.person, STAKE);
      else if (account.bonded === 0) await client.transactNext(this.person, { type: "bond", amount: STAKE });
      for (let after = 0; ; ) {
        const { round } = await client.openRound(after);
        await (round % 2 === 0 ? this.#comeLate(client, round) : this.#repeat(client, round));
        after = round;
      }
    } finally {
      client.ws.terminate();
    }
  }

  async #repeat(client: RawClient, round: number): Promise<void> {
    const proposal = this.#proposal(client, round);
    const replies = await Promise.all(Array.from({ length: TIMES }, () => client.submit(proposal)));
    const receipts = new Set(
      replies.flatMap((reply) => (reply.type === "accepted" ? [canonicalize(reply.receipt)] : [])),
    );
    if (receipts.size > 1) this.complaints.push(`round ${round}: ${receipts.size} different receipts for one proposal`);
    const refused = replies.filter(({ type }) => type !== "accepted");
    for (const reply of refused) this.#judge(reply, round);
    if (refused.length === 0) this.repeated += 1;
  }

  async #comeLate(client: RawClient, round: number): Promise<void> {
    const proposal = this.#proposal(client, round);
    await client.push("block", ({ block }) => (block as Block).round >= round);
    const reply = await client.submit(proposal);
    if (reply.type === "accepted") this.complaints.push(`round ${round}: accepted after its close`);
    else this.#judge(reply, round);
    this.late += 1;
  }

  /** The same for the same round, whatever connection it goes over. */
  #proposal(client: RawClient, round: number): object {
    return this.person.proposal(client.chainId, client.slot, 60 + (round % 40));
  }

  #judge(reply: Reply, round: number): void {
    const code = reply.type === "error" ? reply.code : reply.type;
    if (!TOO_LATE.includes(code)) this.complaints.push(`round ${round}: answered with ${code}`);
  }
}
