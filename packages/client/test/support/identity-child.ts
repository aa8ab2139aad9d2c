// A process that takes identities as a client does when a line comes, says what it got, and holds it until it dies.
// Its order: JSON as the first argument. What it says: JSON lines.
import { once } from "node:events";
import { openIdentities } from "../../src/identity/identities.ts";
import { openIdentitySystem } from "../../src/identity/identity-system.ts";
import { CHAIN, signedEntry } from "./identities.ts";

export interface ChildOrder {
  readonly homeDir: string;
  readonly name: string | null;
  /** 0 for a pane. */
  readonly bots: number;
  /** Sign rounds from this one on, so many, and say of each when it is recorded; 0 signs none. */
  readonly signFrom: number;
  readonly signCount: number;
}

const order: ChildOrder = JSON.parse(process.argv[2] ?? "");
const { homeDir, name, bots, signFrom, signCount } = order;

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const system = openIdentitySystem({ USER: "anna" });
const identities = openIdentities({ homeDir, chainId: CHAIN, system });
say({ ready: true });
// Several are let go at once, when all of them are up.
await once(process.stdin, "data");
if (bots > 0) {
  const taken = identities.acquireBots(bots);
  say(taken.ok ? { names: taken.value.map((bot) => bot.name) } : { error: taken.error });
} else {
  const taken = identities.acquire(name);
  say(taken.ok ? { names: [taken.value.name], publicKey: taken.value.publicKey } : { error: taken.error });
  if (taken.ok && signFrom > 0) {
    for (let round = signFrom; round < signFrom + signCount; round++) {
      const { slot, leaf, proposal } = signedEntry(round);
      const recorded = taken.value.signingRecord.record(slot, leaf, proposal);
      say({ round, recorded: recorded.ok ? "ok" : recorded.error.code });
    }
  }
}
process.stdin.resume();
