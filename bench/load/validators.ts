/** A process of validators: real proposals, signed, each over a socket of its own. */
import { nextSeed } from "pos-shared/lottery/seed.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import { serve } from "../run/child.ts";
import { sharedClockMs } from "../run/cpu.ts";
import { GRANT, keysOf, STAKE } from "../support/bench-network.ts";
import { makeField, recordPlaces } from "../support/field.ts";
import { ValidatorSocket } from "./validator-socket.ts";
import { clientFrame } from "./ws-frames.ts";

export interface ValidatorPlan {
  readonly port: number;
  /** Positions of the keys. */
  readonly from: number;
  readonly count: number;
  /** So many of the bench's keys are in genesis; the others join and bond. */
  readonly inGenesis: number;
  /** Of a chain that has blocks: its last one's hash, and the seed after it. */
  readonly tip?: ChainTip;
}

export interface ChainTip {
  readonly hash: string;
  readonly seed: string;
}

export interface Prepared {
  readonly round: number;
  /** Milliseconds since 1970, by the hub's clock. */
  readonly closesAt: number;
}

export interface Proposed {
  readonly accepted: number;
  /** On the clock of all processes: the first proposal goes out, the last receipt is there. */
  readonly startedMs: number;
  readonly endedMs: number;
}

export interface Arrivals {
  /** When the block came to each socket, on the clock of all processes. */
  readonly blockMs: Float64Array;
  readonly open: number;
  /** Of the block's frame. */
  readonly blockBytes: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

export type Validators = {
  /** The chain's id, as the hub says. */
  open: (plan: ValidatorPlan) => Promise<string>;
  /** As many sockets with a server that stands beside the hub and takes the same frames. */
  openBeside: (port: number) => Promise<void>;
  /** Signs a proposal of each for a round that has just opened. */
  prepare: (none: null) => Promise<Prepared>;
  /** Hands all of them in. */
  propose: (none: null) => Promise<Proposed>;
  /** The same frames again, to the server beside the hub. */
  proposeBeside: (none: null) => Promise<Proposed>;
  /** Once every socket has the block of the round. Bytes are those since the last time. */
  block: (none: null) => Promise<Arrivals>;
  close: (none: null) => void;
};

const AT_ONCE = 64;
const PATIENCE_MS = 120_000;
/** The part of a round that may be over when signing begins. */
const FRESH = 0.2;

const sockets: ValidatorSocket[] = [];
const socketsBeside: ValidatorSocket[] = [];
let chainId = "";
let tip: ChainTip = { hash: "", seed: "" };
let opening: Opening | null = null;
let openedMs = 0;
let onOpening: () => void = () => {};
let preparedRound = 0;
let frames: Buffer[] = [];
let readBefore = 0;
let writtenBefore = 0;

serve({
  open: async ({ port, from, count, inGenesis, tip: knownTip }) => {
    const keys = keysOf(from, count);
    while (sockets.length < count) {
      const start = sockets.length;
      const batch = keys.slice(start, start + AT_ONCE).map((key) => new ValidatorSocket(port, key));
      sockets.push(...batch);
      if (start === 0 && batch[0] !== undefined) follow(batch[0], knownTip);
      await Promise.all(batch.map((socket) => socket.enter()));
      await Promise.all(batch.map((socket, i) => joinUnlessKnown(socket, from + start + i, inGenesis)));
    }
    return chainId;
  },
  openBeside: async (port) => {
    for (let start = 0; start < sockets.length; start += AT_ONCE) {
      const batch = sockets.slice(start, start + AT_ONCE).map(({ key }) => new ValidatorSocket(port, key));
      socketsBeside.push(...batch);
      await Promise.all(batch.map((socket) => socket.greeted()));
    }
  },
  prepare: async () => {
    while (opening === null || opening.round <= preparedRound || opening.prevHash !== tip.hash || !isFresh(opening)) {
      await new Promise<void>((resolve) => {
        onOpening = resolve;
      });
    }
    const { round, closesAt } = opening;
    preparedRound = round;
    const keys = sockets.map(({ key }) => key);
    const proposals = makeField(chainId, { round, prevHash: tip.hash, seed: tip.seed }, keys);
    const frameOf = new Map(
      proposals.map((proposal) => [
        proposal.publicKey,
        clientFrame(JSON.stringify({ type: "propose", id: "p", proposal })),
      ]),
    );
    // In the order of the field: its new lowest scores come as they would.
    frames = proposals.map(({ publicKey }) => frameOf.get(publicKey) ?? Buffer.alloc(0));
    const place = new Map(proposals.map(({ publicKey }, i) => [publicKey, i]));
    sockets.sort((a, b) => (place.get(a.key.publicKey) ?? 0) - (place.get(b.key.publicKey) ?? 0));
    return { round, closesAt: Date.parse(closesAt) };
  },
  propose: () => handIn(sockets),
  proposeBeside: () => handIn(socketsBeside),
  block: async () => {
    const since = sockets.map(({ blockMs }) => blockMs);
    await until(() => sockets.every(({ blockMs }, i) => blockMs > (since[i] ?? 0)));
    const bytesRead = sockets.reduce((sum, socket) => sum + socket.bytesRead, 0);
    const bytesWritten = sockets.reduce((sum, socket) => sum + socket.bytesWritten, 0);
    const arrivals = {
      blockMs: Float64Array.from(sockets, ({ blockMs }) => blockMs),
      open: sockets.filter(({ isOpen }) => isOpen).length,
      blockBytes: sockets[0]?.blockBytes ?? 0,
      bytesRead: bytesRead - readBefore,
      bytesWritten: bytesWritten - writtenBefore,
    };
    readBefore = bytesRead;
    writtenBefore = bytesWritten;
    return arrivals;
  },
  close: () => {
    for (const socket of [...sockets, ...socketsBeside]) socket.close();
  },
} satisfies Validators);

/** All frames, one a socket, until all are answered. */
async function handIn(to: readonly ValidatorSocket[]): Promise<Proposed> {
  const startedMs = sharedClockMs();
  const places = new Set(recordPlaces(to.length));
  const asked: ReturnType<ValidatorSocket["propose"]>[] = [];
  for (const [i, socket] of to.entries()) {
    const receipt = socket.propose(frames[i] ?? Buffer.alloc(0));
    // Thrown again where all are waited for.
    receipt.catch(() => {});
    asked.push(receipt);
    // Claims are made up to come after it. One that a busy hub reads before would be the lowest, and false: a slash.
    if (places.has(i)) await receipt;
  }
  const receipts = await Promise.all(asked);
  return { accepted: receipts.length, startedMs, endedMs: sharedClockMs() };
}

/** One socket is enough to know the chain's end. */
function follow(socket: ValidatorSocket, knownTip: ChainTip | undefined): void {
  socket.onPush = (text) => {
    const message: { type: string; chainId: string; block: Block; opening: Opening } = JSON.parse(text);
    if (message.type === "hello") {
      chainId = message.chainId;
      tip = knownTip ?? { hash: chainId, seed: chainId };
    }
    if (message.type === "block") tip = { hash: message.block.hash, seed: nextSeed(chainId, message.block) };
    if (message.type !== "opening") return;
    opening = message.opening;
    openedMs = Date.now();
    onOpening();
  };
}

/** Is there enough of the round left to sign and hand in? */
function isFresh({ closesAt }: Opening): boolean {
  return Date.now() - openedMs < (Date.parse(closesAt) - openedMs) * FRESH;
}

async function joinUnlessKnown(socket: ValidatorSocket, position: number, inGenesis: number): Promise<void> {
  if (position < inGenesis) return;
  await socket.transact({ type: "join", name: `v-${position}`, grant: GRANT });
  await socket.transact({ type: "bond", nonce: 1, amount: STAKE });
}

/** Blocks come to thousands of sockets: looking again now and then costs less than counting. */
async function until(isReached: () => boolean): Promise<void> {
  const endMs = sharedClockMs() + PATIENCE_MS;
  while (!isReached()) {
    if (sharedClockMs() > endMs) throw new Error("a block did not come to every socket");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
