/** A network as a screen sees it, with values that never change, for tests and for looking at the screen. */
import { createHash } from "node:crypto";
import type { Genesis } from "pos-shared/model/genesis.ts";
import type {
  BlockDetail,
  BlockRow,
  Me,
  RoundView,
  SessionState,
  ValidatorView,
  Winner,
} from "../../../src/session/session.ts";

/** 2026-01-01 12:04:36 UTC; a preview that wants the present sets POS_PREVIEW_NOW_MS. */
export const NOW_MS = Number(process.env.POS_PREVIEW_NOW_MS ?? Date.UTC(2026, 0, 1, 12, 4, 36));
export const ROUND_MS = 30_000;
export const TIP = 1204;

export function hex(text: string, bytes = 32): string {
  let digits = "";
  for (let i = 0; digits.length < 2 * bytes; i++) digits += createHash("sha256").update(`${text}/${i}`).digest("hex");
  return digits.slice(0, 2 * bytes);
}

/** A number from 0 to 1 that a text alone decides. */
function fraction(text: string): number {
  return Number.parseInt(hex(text).slice(0, 12), 16) / 2 ** 48;
}

export const GENESIS: Genesis = {
  version: 1,
  network: "classroom",
  rule: "stake-lottery",
  createdAt: "2026-01-01T00:00:00.000Z",
  roundMs: ROUND_MS,
  faucet: 1000,
  blockReward: 10,
  unbondingRounds: 10,
  activationDelay: 0,
  bpmMin: 30,
  bpmMax: 220,
  params: {},
  hub: hex("hub"),
  accounts: [],
};

const CHAIN_ID = hex("chain");

const PEOPLE = [
  { name: "bob", bonded: 300, wins: 81, expected: 86.2 },
  { name: "carol", bonded: 180, wins: 55, expected: 51.7 },
  { name: "alice", bonded: 100, wins: 31, expected: 28.6 },
  { name: "dave", bonded: 100, wins: 28, expected: 28.7 },
  { name: "erin", bonded: 60, wins: 17, expected: 17.2 },
  { name: "frank", bonded: 34, wins: 12, expected: 9.8 },
  { name: "grace", bonded: 20, wins: 5, expected: 5.7 },
  { name: "heidi", bonded: 10, wins: 2, expected: 2.8 },
] as const;

const ROUNDS = 231;

export function validators(names: readonly string[] = PEOPLE.map(({ name }) => name)): readonly ValidatorView[] {
  const total = PEOPLE.reduce((sum, { bonded }) => sum + bonded, 0);
  return names.map((name, i) => {
    const person = PEOPLE.find((each) => each.name === name) ?? { bonded: Math.max(1, 90 - i), wins: 1, expected: 1.2 };
    return {
      publicKey: hex(`key ${name}`),
      address: hex(`address ${name}`),
      name,
      liquid: 700 + i,
      bonded: person.bonded,
      share: person.bonded / total,
      wins: person.wins,
      checkedRounds: ROUNDS,
      checkedWins: person.wins,
      expectedWins: person.expected,
      variance: person.expected * (1 - person.expected / ROUNDS),
      isOnline: name !== "heidi",
      isTombstoned: false,
      isMe: name === "alice",
    };
  });
}

export function me(overrides: Partial<Me> = {}): Me {
  return {
    name: "alice",
    address: hex("address alice"),
    publicKey: hex("key alice"),
    isJoined: true,
    liquid: 1250,
    bonded: 100,
    activating: [],
    unbonding: [],
    waiting: [],
    isTombstoned: false,
    slashing: null,
    wins: 31,
    ...overrides,
  };
}

export function round(number: number, closesAtMs: number, overrides: Partial<RoundView> = {}): RoundView {
  const seen = PEOPLE.slice(0, 3).map(({ name }, i) => ({
    publicKey: hex(`key ${name}`),
    name,
    bpm: 66 + 5 * i,
    atMs: closesAtMs - ROUND_MS + 4000 - 1000 * i,
  }));
  return {
    opening: {
      round: number,
      prevHash: hex("prev"),
      closesAt: new Date(closesAtMs).toISOString(),
      signature: hex("s", 64),
    },
    roundMs: ROUND_MS,
    closesAtMs,
    validators: 8,
    stake: 804,
    proposals: seen.length,
    seen,
    ...overrides,
  };
}

/** Rounds without a block come before every seventh one. */
function roundOf(index: number): number {
  return index + Math.floor(index / 7) + 2 * Math.floor(index / 50);
}

export function row(index: number): BlockRow {
  const person = PEOPLE[Math.floor(fraction(`winner ${index}`) ** 1.6 * PEOPLE.length)] ?? PEOPLE[0];
  const hasWinner = index % 41 !== 0;
  return {
    index,
    round: roundOf(index),
    hash: hex(`block ${index}`),
    timestampMs: NOW_MS - 13_000 - (roundOf(TIP) - roundOf(index)) * ROUND_MS,
    winnerName: hasWinner ? person.name : null,
    winnerAddress: hasWinner ? hex(`address ${person.name}`) : null,
    bpm: hasWinner ? 60 + Math.floor(fraction(`bpm ${index}`) * 40) : null,
    verified: "full",
  };
}

export function winner(index: number, name = "bob"): Winner {
  const person = PEOPLE.find((each) => each.name === name) ?? PEOPLE[0];
  return {
    index,
    round: roundOf(index),
    hash: hex(`block ${index}`),
    publicKey: hex(`key ${name}`),
    validator: hex(`address ${name}`),
    name,
    bpm: 81,
    stake: person.bonded,
    eligibleStake: 804,
    score: "0.003141",
    runnerUpScore: "0.004877",
    isAlone: false,
    isMe: name === "alice",
    verified: "full",
  };
}

export function detail(index: number, names: readonly string[] = PEOPLE.map(({ name }) => name)): BlockDetail {
  const { hash, round: blockRound, winnerName, bpm, timestampMs } = row(index);
  const proposers = names
    .map((name) => ({
      name,
      score:
        -Math.log2(1 - fraction(`ticket ${index} ${name}`)) / (PEOPLE.find((each) => each.name === name)?.bonded ?? 10),
    }))
    .sort((a, b) => Number(b.name === winnerName) - Number(a.name === winnerName) || a.score - b.score);
  const lowest = Math.min(...proposers.map(({ score }) => score));
  const proposalOf = (name: string): NonNullable<BlockDetail["block"]["proposal"]> => ({
    round: blockRound,
    prevHash: hex(`block ${index - 1}`),
    bpm: bpm ?? 70,
    publicKey: hex(`key ${name}`),
    claim: { output: hex(`vrf ${index} ${name}`, 64), proof: hex(`proof ${index} ${name}`, 80) },
    signature: hex(`signature ${index} ${name}`, 64),
  });
  const winning = winnerName === null ? null : proposalOf(winnerName);
  const rows = proposers.map(({ name, score }, i) => ({
    publicKey: hex(`key ${name}`),
    isWinner: name === winnerName,
    cells: [
      "72",
      String(PEOPLE.find((each) => each.name === name)?.bonded ?? 10),
      hex(`ticket ${index} ${name}`),
      (i === 0 ? lowest * 0.9 : score).toFixed(6),
    ],
  }));
  return {
    block: {
      index,
      round: blockRound,
      timestamp: new Date(timestampMs).toISOString(),
      prevHash: hex(`block ${index - 1}`),
      bpm,
      validator: winnerName === null ? null : hex(`address ${winnerName}`),
      proposal: winning,
      proposalCount: rows.length,
      proposalsRoot: hex(`proposals ${index}`),
      transactionCount: 1,
      transactionsRoot: hex(`transactions ${index}`),
      ledgerRoot: hex(`ledger ${index}`),
      draw: {
        seed: hex(`seed ${index}`),
        stake: 300,
        eligibleStake: 804,
        beacon: { output: hex(`beacon ${index}`, 64), proof: hex("bp", 80) },
      },
      hash,
      hubSignature: hex(`seal ${index}`, 64),
      transactions: [{ type: "bond", publicKey: hex("key dave"), nonce: 2, amount: 50, signature: hex("bond", 64) }],
    },
    verified: "full",
    winnerName,
    proposals: rows.map((_, i) => proposalOf(names[i] ?? "bob")),
    view: {
      columns: ["BPM", "stake", "ticket", "score"],
      drawn: rows.length,
      rows: rows.slice(0, 8),
      steps: [
        { label: "seed", formula: "left by the block before", value: hex(`seed ${index}`), isRight: true },
        {
          label: "beacon",
          formula: "vrf(hub's key, round and seed)",
          value: hex(`beacon ${index}`, 64),
          isRight: true,
        },
        {
          label: "VRF output",
          formula: "vrf(winner's key, round and seed)",
          value: hex(`vrf ${index}`, 64),
          isRight: true,
        },
        { label: "ticket", formula: "hash(beacon, VRF output)", value: hex(`ticket ${index}`), isRight: true },
        { label: "score", formula: "-log2(1 - ticket) / 300", value: "0.003141", isRight: true },
        {
          label: "comparison",
          formula: "winner's score < the next one's",
          value: "0.003141 < 0.004877",
          isRight: true,
        },
        {
          label: "next seed",
          formula: "hash(seed, VRF output, beacon)",
          value: hex(`seed ${index + 1}`),
          isRight: true,
        },
      ],
    },
  };
}

export function state(overrides: Partial<SessionState> = {}): SessionState {
  const all = validators();
  const openRound = roundOf(TIP) + 1;
  const at = (secondsAgo: number): number => NOW_MS - 1000 * secondsAgo;
  return {
    url: "ws://127.0.0.1:9000",
    connection: { phase: "online", roundTripMs: 12, clockOffsetMs: 0 },
    network: { chainId: CHAIN_ID, genesis: GENESIS },
    me: me(),
    round: round(openRound, NOW_MS + 17_000),
    ownProposal: { phase: "accepted", round: openRound, bpm: 72, atMs: at(3) },
    queuedBpm: null,
    repeatedBpm: null,
    validators: all,
    totals: { accounts: all.length, online: 7, bonded: 804 },
    tip: { index: TIP, hash: row(TIP).hash, words: "carpet bacon finger" },
    progress: { linked: TIP, verified: TIP, total: TIP },
    lastWinner: winner(TIP),
    checkedRounds: ROUNDS,
    alarms: [],
    log: [
      { atMs: at(103), level: "info", text: "connected to 127.0.0.1:9000 as alice" },
      { atMs: at(76), level: "info", text: "★ bob won #1202" },
      { atMs: at(46), level: "good", text: "★ YOU won #1203  +10" },
      { atMs: at(16), level: "info", text: "★ bob won #1204" },
      { atMs: at(3), level: "info", text: `proposed BPM 72 (r${openRound})` },
    ],
    ...overrides,
  };
}

export const ALARM = {
  failure: { rule: "draw", index: TIP, expected: hex("key carol"), actual: hex("key bob") },
  isProven: true,
  evidenceFile: "/home/alice/.config/pos-client/evidence/1204-draw.json",
  atMs: NOW_MS,
  halts: false,
} as const;
