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

/** Somebody new who is connected, subscribed and bonded. */
export async function startValidator(hub: At, stake = 100, person = new Person()): Promise<Validator> {
  const client = await connectAs(hub, person);
  await client.joinAndBond(person, stake);
  return { person, client };
}

/** The refusal that a reply has to be. */
export function refusal(reply: Reply): ReplyOf<"error"> {
  if (reply.type !== "error") throw new Error(`not refused: ${JSON.stringify(reply).slice(0, 300)}`);
  return reply;
}
