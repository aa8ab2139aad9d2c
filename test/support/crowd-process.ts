// Many validators in a process of their own, so that what is measured is the hub. Its order: JSON as the first argument;
// what it says: JSON lines, one when all are in, then one for each winner.
import { Person } from "./person.ts";
import { RawClient } from "./raw-client.ts";

export interface CrowdOrder {
  readonly url: string;
  readonly validators: number;
  /** How many of them propose each round. */
  readonly proposers: number;
}

export type CrowdEvent =
  | { readonly event: "ready"; readonly time: string }
  | {
      readonly event: "heard";
      readonly time: string;
      readonly index: number;
      /** Messages that came, one for each validator if all is well. */
      readonly messages: number;
      /** How many different validators heard it. */
      readonly validators: number;
      /** From the first to the last of them. */
      readonly spreadMs: number;
    };

const JOINING_AT_ONCE = 100;
const BLOCK = '{"type":"block","block":{"index":';

const order: CrowdOrder = JSON.parse(process.argv[2] ?? "");
const members: { readonly person: Person; readonly client: RawClient }[] = [];
while (members.length < order.validators) {
  const coming = Array.from({ length: Math.min(JOINING_AT_ONCE, order.validators - members.length) }, () => join());
  members.push(...(await Promise.all(coming)));
}
const [first] = members;
if (first === undefined) throw new Error("an empty crowd");
await first.client.subscribe();
await first.client.push("opening", ({ validators }) => validators >= order.validators);

const heard = new Map<number, { times: number[]; listeners: Set<number> }>();
for (const [number, { client }] of members.entries()) await listen(number, client);
say({ event: "ready", time: now() });
for (const { person, client } of members.slice(0, order.proposers)) void keepProposing(person, client);

async function join(): Promise<{ person: Person; client: RawClient }> {
  const person = new Person();
  const client = await new RawClient(order.url).greeted();
  await client.logIn(person);
  await client.joinAndBond(person, 1);
  return { person, client };
}

/** Who does not propose only takes the time of each block: reading them all would be most of what is measured. */
async function listen(number: number, client: RawClient): Promise<void> {
  await client.subscribe();
  const isProposer = number < order.proposers;
  if (!isProposer) client.ws.removeAllListeners("message");
  client.ws.prependListener("message", (data: Buffer) => {
    const atMs = performance.now();
    const start = data.subarray(0, BLOCK.length + 16).toString("latin1");
    if (start.startsWith(BLOCK)) note(Number.parseInt(start.slice(BLOCK.length), 10), number, atMs);
  });
}

function note(index: number, number: number, atMs: number): void {
  const found = heard.get(index) ?? { times: [], listeners: new Set() };
  heard.set(index, found);
  found.times.push(atMs);
  found.listeners.add(number);
  // A block is done with when the next one comes: then nothing of it is late or double any more.
  const last = heard.get(index - 1);
  if (last === undefined || found.times.length > 1) return;
  const { times, listeners } = last;
  say({
    event: "heard",
    time: now(),
    index: index - 1,
    messages: times.length,
    validators: listeners.size,
    spreadMs: Math.max(...times) - Math.min(...times),
  });
}

/** In the middle of each round: while a block arrives, this process has nothing else to do. */
async function keepProposing(person: Person, client: RawClient): Promise<never> {
  for (let after = 0; ; ) {
    const { round, closesAt } = await client.openRound(after);
    await new Promise((resolve) => setTimeout(resolve, (Date.parse(closesAt) - Date.now()) / 2));
    await client.propose(person, 72);
    after = round;
  }
}

function say(event: CrowdEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function now(): string {
  return new Date().toISOString();
}
