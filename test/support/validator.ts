import type { Block } from "pos-shared/model/block.ts";
import type { Reply, ReplyOf } from "pos-shared/protocol/hub-messages.ts";
import { onTestFinished } from "vitest";
import type { Hub } from "./hub.ts";
import { Person } from "./person.ts";
import { RawClient } from "./raw-client.ts";

type At = Pick<Hub, "url">;

/** Connected and greeted; cut off when the test is over. */
export async function connect({ url }: At): Promise<RawClient> {
  const client = new RawClient(url);
  onTestFinished(() => client.ws.terminate());
  return await client.greeted();
}

/** Connected, subscribed and logged in. */
export async function connectAs(hub: At, person: Person): Promise<RawClient> {
  const client = await connect(hub);
  await client.logIn(person);
  await client.subscribe();
  return client;
}

export interface Validator {
  readonly person: Person;
  readonly client: RawClient;
}

/** Somebody new who is connected, subscribed and bonded. `grant`: what the faucet gives. */
export async function startValidator(hub: At, stake = 100, person = new Person(), grant = 1_000): Promise<Validator> {
  const client = await connectAs(hub, person);
  await client.joinAndBond(person, stake, grant);
  return { person, client };
}

/**
 * A round in which all of them propose, each its BPM, in this order; tried again in the next one where it closes before
 * the last one was heard. Answers its block.
 */
export async function sealRound(
  proposers: readonly [Validator, ...Validator[]],
  bpmOf: (position: number) => number = () => 72,
): Promise<Block> {
  const [{ client: first }] = proposers;
  for (let after = 0; ; ) {
    const { round } = await first.openRound(after);
    const { slot, chainId } = first;
    const proposals = proposers.map(({ person }, i) => person.proposal(chainId, slot, bpmOf(i)));
    const replies = await Promise.all(proposers.map(({ client }, i) => client.submit(proposals[i] ?? {})));
    if (replies.every(({ type }) => type === "accepted")) {
      const { block } = await first.push("block", (push) => (push.block as Block).round === round);
      return block as Block;
    }
    after = round;
  }
}

/** The refusal that a reply has to be. */
export function refusal(reply: Reply): ReplyOf<"error"> {
  if (reply.type !== "error") throw new Error(`not refused: ${JSON.stringify(reply).slice(0, 300)}`);
  return reply;
}
