/** What the screen says in details of blocks, draws and validators. */
import type { Verified } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { counted } from "../../words/plain.ts";
import { tokens } from "../format/numbers.ts";

const EARLY = "too few rounds to tell luck from noise";
const NOISE = "inside of ±1.96σ, so this is noise";
const UNUSUAL = "outside of ±1.96σ, which chance does 1 time in 20";

export const inspectionWords = {
  detail: {
    title: (index: number) => `Block ${index}`,
    verifyTitle: (index: number) => `Draw of block ${index}, recomputed here`,
    loading: "Fetching and checking…",
    missing: "Not to be had now: the hub is away or no longer keeps it.",
    select: "Select a block (j/k) to see it here.",
    noParent: "The parent of block 1 is genesis.",
    noBlock: (index: number) => `There is no block ${index} yet.`,
    stakeOf: (stake: number, all: number) => `${tokens(stake)} of ${tokens(all)} staked`,
    lowest: "lowest score wins",
    othersTooOld: (others: number) =>
      `of ${others === 1 ? "1 other, who" : `${others} others, who`} took part, the stake at that time is not kept here; pos-client verify --full checks all`,
    of: (shown: number, all: number) => (shown < all ? `the ${shown} lowest of ${all}` : `all ${all}`),
    notDrawn: (count: number) =>
      count === 1
        ? "1 proposal was not drawn: its author has no stake any more"
        : `${count} proposals were not drawn: their authors have no stake any more`,
    wrong: "✗ differs",
    howChecked: {
      links: "linked only so far; the rest is on its way",
      replica: "recomputed here ✓",
      spot: "recomputed here ✓, its draw by spot checks",
      full: "in full, recomputed here ✓",
    } satisfies Record<Verified, string>,
    labels: {
      hash: "hash",
      prev: "prev",
      round: "round",
      time: "time",
      winner: "winner",
      bpm: "BPM",
      reward: "reward",
      chance: "chance",
      next: "next",
      proposals: "proposals",
      transactions: (count: number) => `${count} tx`,
      proposalsRoot: "prop. root",
      transactionsRoot: "tx root",
      ledgerRoot: "ledger",
      hubSignature: "hub sig.",
      proposalSignature: "signature",
      checked: "checked",
    },
  },
  genesis: {
    title: "Genesis",
    unlimited: "unlimited",
    seconds: (count: number) => `${count} s`,
    tokens: (count: number) => counted(count, "token"),
    rounds: (count: number) => counted(count, "round"),
    labels: {
      chainId: "chain id",
      network: "network",
      time: "time",
      rule: "rule",
      round: "a round",
      faucet: "faucet",
      reward: "reward",
      unbonding: "unbonding",
      bpm: "BPM",
      hub: "hub's key",
    },
  },
  validator: {
    name: "name",
    you: "← you",
    state: "state",
    online: "● online",
    offline: "○ away",
    slashed: "✗ slashed: watches only",
    address: "address",
    publicKey: "public key",
    bonded: "staked",
    liquid: "liquid",
    wins: "blocks won",
    title: (name: string) => `Validator ${clean(name)}`,
    luck: "luck",
    luckText: (wins: number, rounds: number, expected: string, band: string) =>
      `${wins} of ${counted(rounds, "checked round")}, expected ${expected} ±${band}`,
    alone: "nobody else took part, so there was no luck in it",
    verdict: (ratio: string | null, z: string, { isEarly, isNoise }: { isEarly: boolean; isNoise: boolean }) =>
      `${ratio === null ? "" : `${ratio}, `}z ${z}: ${isEarly ? EARLY : isNoise ? NOISE : UNUSUAL}`,
    unknown: "Not among the validators that are listed now.",
  },
  draw: {
    title: (index: number) => `Draw #${index}`,
    lowestWins: "lowest wins",
    of: (shown: number, all: number) => (shown < all ? `${shown} of ${all}` : `all ${all}`),
    lowest: "★ lowest",
  },
  verified: {
    links: "linked …",
    replica: "verified ✓",
    spot: "spot-checked ✓",
    full: "verified in full ✓",
  } satisfies Record<Verified, string>,
  verifiedShort: {
    links: "linked …",
    replica: "verified ✓",
    spot: "verified ✓",
    full: "verified ✓",
  } satisfies Record<Verified, string>,
} as const;
