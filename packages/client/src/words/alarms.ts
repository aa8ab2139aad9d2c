/**
 * Each alarm in plain words: what the hub said, what is true, and how it is known. The codes are those of
 * docs/evidence.md.
 */
import { tipWords } from "pos-shared/encoding/tip-words.ts";
import type { AlarmCode, AlarmFinding } from "../replica/alarm.ts";

export interface AlarmWords {
  readonly said: string;
  readonly truth: string;
  readonly known: string;
}

/** Who reads it: whoever was cheated, or somebody who was given the evidence. */
export interface Reader {
  /** `your` or `its writer's`. */
  readonly own: string;
  /** A validator's name by its public key, or something short in its place. */
  readonly nameOf: (publicKey: string) => string;
}

type Facts = AlarmFinding & Reader;
type Say = (facts: Facts) => Omit<AlarmWords, "known"> & { readonly known?: string };

const SEALED = "it is computed anew from the blocks before, and the hub sealed this one.";
const SIGNED = "the hub signed both.";
const RECEIPT = "the hub signed a receipt for it.";
const UNSIGNED = "it is computed anew; but the hub did not sign it, so nobody can prove whose doing it is.";

const WORDS: Readonly<Record<AlarmCode, Say>> = {
  genesis: ({ expected, actual }) => ({ said: `the first block has ${actual}`, truth: `it must have ${expected}` }),
  form: ({ index, expected, actual }) => ({
    said: `block ${index} has ${actual}`,
    truth: `a block must have ${expected}`,
  }),
  index: ({ expected, actual }) => ({
    said: `the next block is number ${actual}`,
    truth: `the next one after this chain is number ${expected}`,
  }),
  prevHash: ({ index, expected, actual }) => ({
    said: `block ${index} follows a block ${short(actual)}`,
    truth: `the block before it is ${short(expected)}`,
  }),
  round: ({ index, expected, actual }) => ({
    said: `block ${index} is of round ${actual}`,
    truth: `it must be of ${expected}`,
  }),
  timestamp: ({ index, expected, actual }) => ({
    said: `the round of block ${index} closed at ${actual}`,
    truth: String(expected).startsWith("at or after")
      ? `it closed ${expected}, when the block before did`
      : `when it opened, the hub announced ${expected}`,
    known: SIGNED,
  }),
  hash: ({ index, expected, actual }) => ({
    said: `block ${index} has the hash ${short(actual)}`,
    truth: `what is in it has the hash ${short(expected)}`,
    known: UNSIGNED,
  }),
  hubSignature: ({ index }) => ({
    said: `block ${index} is sealed`,
    truth: "its seal is not the hub's signature",
    known: UNSIGNED,
  }),
  seed: ({ index, expected, actual }) => ({
    said: `block ${index} was drawn with the seed ${short(actual)}`,
    truth: `the block before left the seed ${short(expected)}`,
  }),
  beacon: ({ index }) => ({
    said: `this is the hub's own die in block ${index}`,
    truth: "its key rolls another one in that round, and it cannot choose",
  }),
  transactionCount: ({ index, expected, actual }) => ({
    said: `block ${index} has ${actual} transactions`,
    truth: `it has ${expected}`,
  }),
  transactionsRoot: ({ index }) => ({
    said: `these are the transactions of block ${index}`,
    truth: "they are not those that it sealed",
    known: UNSIGNED,
  }),
  transaction: ({ index, expected, actual }) => ({
    said: `the transactions of block ${index} are all valid`,
    truth: `${actual}, and not ${expected}`,
  }),
  proposal: ({ index, expected, actual }) => ({
    said: `a good proposal won block ${index}`,
    truth: `it has ${actual}, and not ${expected}`,
  }),
  bpm: ({ index, expected, actual }) => ({
    said: `block ${index} has BPM ${actual}`,
    truth: `the winner proposed ${expected}`,
  }),
  validator: ({ index, expected, actual }) => ({
    said: `block ${index} was won by ${short(actual)}`,
    truth: `the winning proposal is by ${short(expected)}`,
  }),
  stake: ({ index, expected, actual }) => ({
    said: `the winner of block ${index} had ${actual} at stake`,
    truth: `by the chain it had ${expected}`,
  }),
  vrf: ({ index }) => ({
    said: `the winner of block ${index} rolled its die honestly`,
    truth: "its key rolls another one in that round",
  }),
  ownScore: ({ index, actual, own }) => ({
    said: actual === "no winner" ? `nobody won block ${index}` : `somebody else won block ${index}`,
    truth:
      actual === "no winner"
        ? `${own} proposal took part, so somebody must have won`
        : `${own} proposal has the better score and should have won`,
    known: RECEIPT,
  }),
  ownRound: ({ expected, own }) => ({
    said: `${roundOf(expected)} ended without a block`,
    truth: `${own} proposal took part in it, so it must have a block`,
    known: `${RECEIPT} Then it went on to a later round.`,
  }),
  ownTransaction: ({ index, expected, actual, own }) => ({
    said:
      actual === "missing" ? `block ${index} records all that it took` : `${roundOf(expected)} had nothing to record`,
    truth: `it took ${own} transaction for that round and never recorded it`,
    known: RECEIPT,
  }),
  ledgerRoot: ({ index }) => ({
    said: `these are the balances after block ${index}`,
    truth: "somebody has tokens that the rules do not give, or lacks some",
    known: "every balance is computed anew from the block before, and the hub sealed this one.",
  }),
  proposals: ({ index, actual, own }) =>
    actual === "missing"
      ? { said: `these are all proposals of block ${index}`, truth: `${own} proposal is missing`, known: RECEIPT }
      : {
          said: `these proposals took part in block ${index}`,
          truth: `one of them cannot: ${actual}`,
        },
  proposalCount: ({ index, expected, actual }) => ({
    said: `${actual} proposals took part in block ${index}`,
    truth: `there are ${expected}`,
  }),
  proposalsRoot: ({ index }) => ({
    said: `these proposals took part in block ${index}`,
    truth: "they are not those that it sealed",
    known: UNSIGNED,
  }),
  eligibleStake: ({ index, expected, actual }) => ({
    said: `${actual} staked tokens took part in block ${index}`,
    truth: `those of its proposals are ${expected}`,
    known: "the stakes of all proposals that it shows are added up anew.",
  }),
  draw: ({ index, expected, actual, nameOf }) => ({
    said: actual === "no winner" ? `nobody won block ${index}` : `${nameOf(String(actual))} won block ${index}`,
    truth: `${nameOf(String(expected).replace(/^a winner that ranks before /, ""))} has the lower score and should have won`,
    known: "the scores of the sealed proposals are computed anew.",
  }),
  openings: ({ expected, actual }) => ({
    said: String(expected),
    truth: `to others it announced ${actual}`,
    known: "the hub signed both, and an honest one opens a round once.",
  }),
  blocks: ({ index, expected, actual }) => ({
    said: `block ${index} is ${words(expected)}`,
    truth: `to others it said that block ${index} is ${words(actual)}`,
    known: "the hub sealed both, and an honest one seals one.",
  }),
  inclusion: ({ index, expected, actual, own }) =>
    actual === "it is not there"
      ? {
          said: `${own} proposal takes part in block ${index}`,
          truth: "it is not among those that took part",
          known: `${RECEIPT} The proposals beside its place leave no room for it.`,
        }
      : {
          said: `block ${index} has ${expected}`,
          truth: `asked for it, the hub showed ${actual}`,
          known: "only who asked has seen that. What it did not show nobody signed.",
        },
  noReceipt: ({ expected, actual, own }) => ({
    said: `nothing to ${own} proposal of ${roundOf(expected)}`,
    truth: `it was sent before the close${String(actual).includes("would have won") ? ", and would have won" : ""}`,
    known: "only who sent it has seen that. Silence has no signature.",
  }),
  earlyClose: ({ expected, actual }) => ({
    said: String(expected),
    truth: `it was ${actual}, by the hub's own clock`,
    known: "only who was connected has seen that. A clock has no signature.",
  }),
};

export function alarmWordsOf(finding: AlarmFinding, reader: Reader): AlarmWords {
  const { said, truth, known = SEALED } = WORDS[finding.rule]({ ...finding, ...reader });
  return { said: shortened(said), truth: shortened(truth), known };
}

/** What happened, where, and what it weighs, in a few words. */
export function alarmTitleOf({ rule, index }: AlarmFinding, isProven: boolean): string {
  const where = index === 0 ? "" : ` at block ${index}`;
  return isProven
    ? `the hub has cheated${where}: proven (${rule})`
    : `the hub may have cheated${where}: suspected (${rule})`;
}

/** A hash or key by its first and last four digits; anything else as it is. */
export function short(value: string | number): string {
  return shortened(String(value));
}

function shortened(text: string): string {
  return text.replaceAll(/[0-9a-f]{64,}/g, (hex) => `${hex.slice(0, 4)}…${hex.slice(-4)}`);
}

function words(hash: string | number): string {
  const text = String(hash);
  return /^[0-9a-f]{64}$/.test(text) ? `"${tipWords(text)}" (${short(text)})` : text;
}

function roundOf(text: string | number): string {
  return /round \d+/.exec(String(text))?.[0] ?? "a round";
}
