/** Brings about, one after the other, the refusals that no random frame ever meets. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import type { Reply } from "pos-shared/protocol/hub-messages.ts";
import type { CodeCounts } from "./code-counts.ts";
import { type Hub, type HubOptions, startHub } from "./hub.ts";
import { Person, type Slot } from "./person.ts";
import type { RawClient } from "./raw-client.ts";
import { TcpClient } from "./tcp-client.ts";
import { temporaryHome } from "./temporary-home.ts";
import { connect, connectAs, startValidator } from "./validator.ts";

const MOST = 2 ** 53 - 1;

type Count = (...replies: readonly Reply[]) => void;

/** Each stands for itself, with hubs of its own. */
export const RARE_CODES: Readonly<Record<string, (counts: CodeCounts) => Promise<void>>> = {
  "what a proposal may be refused for": counting(proposals),
  "what a transaction may be refused for": counting(transactions),
  "what evidence may be refused for": counting(evidence),
  "limits of a network": counting(networkLimits),
  "log-ins": counting(logins),
  connections,
  "a hub that stops, cannot store, or was restored": counting(hubStates),
};

function counting(drive: (count: Count, counts: CodeCounts) => Promise<void>) {
  return (counts: CodeCounts): Promise<void> => {
    const count: Count = (...replies) => {
      for (const reply of replies) if (reply.type === "error") counts.add(reply.code);
    };
    return drive(count, counts);
  };
}

async function proposals(count: Count): Promise<void> {
  const hub = await startHub({ args: ["--keep-proposals", "1"] });
  const lazy = new Person();
  const idle = await connectAs(hub, lazy);
  await idle.transact(lazy, { type: "join", name: lazy.name, grant: 1_000 });
  const early = { round: 1, prevHash: idle.chainId, seed: idle.chainId };
  const propose = (client: RawClient, person: Person, slot: Slot, bpm: unknown) =>
    client.submit(person.proposal(client.chainId, slot, bpm));
  count(await propose(idle, lazy, early, 72)); // NO_OPEN_ROUND
  const { client, person } = await startValidator(hub);
  count(await propose(client, new Person(), early, 72)); // NOT_YOUR_KEY
  count(await client.submit({ ...person.proposal(client.chainId, early, 72.5), signature: "0".repeat(128) })); // BAD_SIGNATURE
  for (let i = 0; i < 3; i++) await client.proposeUntilAccepted(person, 72);
  const { slot } = client;
  count(await propose(client, person, { ...slot, round: slot.round - 1 }, 72)); // ROUND_CLOSED
  count(await propose(client, person, { ...slot, round: slot.round + 9 }, 72)); // ROUND_NOT_OPEN
  count(await propose(idle, lazy, slot, 72)); // NOT_BONDED
  await client.openRound(slot.round);
  count(await propose(client, person, { ...client.slot, prevHash: "0".repeat(64) }, 72)); // STALE_TIP
  await client.openRound(client.slot.round);
  count(await propose(client, person, client.slot, 9_999)); // BPM_OUT_OF_RANGE
  // A second one that differs is equivocation, if both come in one round.
  await client.openRound(client.slot.round);
  const twice = client.slot;
  count(...(await Promise.all([72, 73].map((bpm) => propose(client, person, twice, bpm)))));
  const polluter = await startValidator(hub);
  count(await propose(polluter.client, polluter.person, client.slot, 72.5)); // POLLUTED_BPM
  count(await propose(polluter.client, polluter.person, client.slot, 72)); // TOMBSTONED
  const late = await startValidator(hub);
  for (let i = 0; i < 4; i++) await late.client.proposeUntilAccepted(late.person, 72);
  await late.client.openRound(late.client.slot.round);
  const { tip } = await late.client.ask("blocks", { type: "blocks", from: 1, limit: 1 });
  for (let index = 1; index <= tip.index; index++) {
    count(await late.client.request({ type: "proposals", index, from: 0, limit: 10 })); // PRUNED
  }
  count(await client.request({ type: "proposals", index: MOST, from: 0, limit: 10 })); // NOT_FOUND
}

async function transactions(count: Count): Promise<void> {
  const hub = await startHub({ round: "1h", args: ["--max-message-rate", "1000"] });
  const { client, person } = await startValidator(hub);
  const other = new Person();
  const stranger = await connectAs(hub, other);
  const { chainId } = client;
  count(await stranger.transact(other, { type: "bond", amount: 1, nonce: 1 })); // UNKNOWN_ACCOUNT
  count(await stranger.transact(other, { type: "join", name: person.name.toUpperCase(), grant: 1_000 })); // NAME_TAKEN
  count(await stranger.transact(other, { type: "join", name: other.name, grant: 7 })); // WRONG_GRANT
  count(await client.transact(person, { type: "join", name: "again", grant: 1_000 })); // ALREADY_JOINED
  count(await client.transact(person, { type: "bond", amount: 1, nonce: 77 })); // WRONG_NONCE
  count(await client.transactNext(person, { type: "bond", amount: 5_000 })); // INSUFFICIENT_FUNDS
  count(await client.transactNext(person, { type: "transfer", to: "0".repeat(64), amount: 1 })); // UNKNOWN_RECIPIENT
  const forged = { ...person.transaction(chainId, { type: "bond", amount: 1, nonce: 2 }), signature: "0".repeat(128) };
  count(await client.request({ type: "transact", transaction: forged })); // BAD_SIGNATURE
  count(await client.request({ type: "restore", kind: "block", text: "{}", isLast: true })); // NOT_MISSING
  for (let i = 0; i < 64; i++) await client.transactNext(person, { type: "unbond", amount: 1 });
  count(await client.transactNext(person, { type: "unbond", amount: 1 })); // TOO_MANY_PENDING
}

async function evidence(count: Count): Promise<void> {
  const hub = await startHub({ round: "1h" });
  const { client, person } = await startValidator(hub);
  const { chainId } = client;
  const slot = { round: 1, prevHash: chainId, seed: chainId };
  const hand = (client: RawClient, evidence: object) =>
    client.request({ type: "transact", transaction: { type: "slash", evidence } });
  const good = person.proposal(chainId, slot, 72);
  count(await hand(client, { kind: "equivocation", first: good, second: good })); // NO_OFFENCE
  const elsewhere = person.proposal(chainId, { ...slot, prevHash: "0".repeat(64) }, 72);
  count(await hand(client, { kind: "vrf", proposal: elsewhere })); // UNKNOWN_BLOCK
  count(await hand(client, { kind: "bpm", proposal: person.proposal(chainId, slot, 1.5) })); // taken
  count(await hand(client, { kind: "bpm", proposal: person.proposal(chainId, slot, 2.5) })); // ALREADY_SLASHED
}

async function networkLimits(count: Count): Promise<void> {
  const full = await startHub({ args: ["--max-validators", "1"] });
  const queue = await startHub({ args: ["--max-pending", "1"] });
  for (const hub of [full, queue]) {
    for (let i = 0; i < 2; i++) {
      const person = new Person();
      const client = await connectAs(hub, person);
      count(await client.transact(person, { type: "join", name: person.name, grant: 1_000 })); // NETWORK_FULL, QUEUE_FULL
    }
  }
  const rich = new Person();
  const genesis = join(temporaryHome(), "genesis.json");
  const accounts = [{ publicKey: rich.publicKey, name: rich.name, liquid: MOST - 10, bonded: 10 }];
  writeFileSync(genesis, JSON.stringify({ accounts, unbondingRounds: MOST }));
  const hub = await startHub({ args: ["--genesis", genesis] });
  const client = await connectAs(hub, rich);
  count(await client.transactNext(rich, { type: "unbond", amount: 1 })); // ROUND_LIMIT
  const poor = new Person();
  count(await (await connectAs(hub, poor)).transact(poor, { type: "join", name: poor.name, grant: 1_000 })); // SUPPLY_LIMIT
}

async function logins(count: Count, counts: CodeCounts): Promise<void> {
  const hub = await startHub({ args: ["--max-connections", "6"], env: { POS_HUB_TOKEN: "sesame" } });
  const person = new Person();
  const first = await connect(hub);
  const login = (client: RawClient, token: string | null, changes: object = {}) =>
    client.request({ ...person.login(client.chainId, client.hello.challenge, token), ...changes });
  count(await login(first, "guess")); // TOKEN_REFUSED
  count(await login(first, "sesame", { signature: "0".repeat(128) })); // LOGIN_REFUSED
  count(await login(first, "sesame", { publicKey: `01${"0".repeat(62)}` })); // BAD_PUBLIC_KEY
  count(await first.transact(person, { type: "join", name: "early", grant: 1 })); // LOGIN_REQUIRED
  count(await login(first, "sesame"), await login(first, "sesame")); // welcome, ALREADY_LOGGED_IN
  count(await login(await connect(hub), "sesame")); // SESSION_ELSEWHERE
  const clients = await Promise.all(Array.from({ length: 5 }, () => connect(hub).catch(() => undefined)));
  await Promise.all(clients.map((client) => client?.ws.close()));
  counts.add(await closeReason(hub, (tcp) => tcp.write(TcpClient.handshake()), 6)); // TOO_MANY_CONNECTIONS
}

/** What a connection is closed with, of so many that are made. */
async function closeReason(hub: Hub, begin: (tcp: TcpClient) => void, made: number): Promise<string> {
  const all = Array.from({ length: made }, () => {
    const tcp = new TcpClient(hub.url);
    begin(tcp);
    return tcp.closed;
  });
  return await Promise.race(all);
}

async function connections(counts: CodeCounts): Promise<void> {
  const hub = await startHub();
  const send =
    (...frames: readonly Buffer[]) =>
    async (): Promise<string> => {
      const tcp = new TcpClient(hub.url);
      tcp.write(TcpClient.handshake());
      await tcp.received(1);
      for (const frame of frames) tcp.write(frame);
      return await tcp.closed;
    };
  const ping = TcpClient.frame(JSON.stringify({ type: "ping", id: "p" }));
  const endings = [
    send(TcpClient.frame(Buffer.alloc(70_000))), // FRAME_TOO_LARGE
    send(TcpClient.frame("", 0x3)), // BROKEN_FRAME: an opcode that there is not
    send(Buffer.from([0x81, 0x02, 0x7b, 0x7d])), // BROKEN_FRAME: no mask
    send(TcpClient.frame(Buffer.from([0xff, 0xfe]))), // BROKEN_FRAME: not UTF-8
    send(TcpClient.frame("{", 0x2)), // BINARY_FRAME
    send(TcpClient.frame("{")), // NOT_JSON
    send(...Array.from({ length: 5_000 }, () => ping)), // RATE_LIMITED
  ];
  for (const end of endings) counts.add(await end());
  // Who answers no ping is put out when the same key logs in elsewhere.
  const person = new Person();
  const deaf = new TcpClient(hub.url);
  deaf.write(TcpClient.handshake());
  const [hello = ""] = await deaf.received(1);
  const { chainId, challenge } = JSON.parse(hello);
  deaf.write(TcpClient.frame(JSON.stringify({ ...person.login(chainId, challenge), id: "l" })));
  await deaf.received(2);
  await connectAs(hub, person);
  counts.add(await deaf.closed); // TOO_SLOW
}

async function hubStates(count: Count, counts: CodeCounts): Promise<void> {
  const options: HubOptions = { home: temporaryHome(), round: "1h" };
  const hub = await startHub(options);
  const data = join(options.home ?? "", "data", "pos-hub");
  const { client, person } = await startValidator(hub);
  // Another program that holds the database: the hub cannot write.
  const other = new DatabaseSync(join(data, "chain.db"));
  other.exec("BEGIN IMMEDIATE");
  count(await client.transactNext(person, { type: "bond", amount: 1 })); // STORE_FAILED
  other.exec("ROLLBACK");
  other.close();
  await hub.stop();
  counts.add((await client.closed).reason); // HUB_STOPPING

  const again = await startHub({ ...options, args: ["--recover", "1h"] });
  const ben = new Person();
  const later = await connectAs(again, ben);
  count(await later.transact(ben, { type: "join", name: ben.name, grant: 1_000 })); // HUB_RECOVERING
  await again.kill();

  // Signed with the hub's own key, as by a hub that had gone on from a newer copy.
  const behind = await startHub(options);
  const watcher = await connect(behind);
  const hubKey = secretKeyFromSeed(Buffer.from(readFileSync(join(data, "hub-key"), "utf8").trim(), "hex"));
  const hash = "ab".repeat(32);
  const tip = { index: 9, hash, hubSignature: sign(hubKey, "seal", watcher.chainId, { hash }) };
  count(await watcher.request({ ...ben.login(watcher.chainId, watcher.hello.challenge), tip })); // HUB_BEHIND
}
