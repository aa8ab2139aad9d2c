/** What the screen says about stake. */

import { clean } from "../../words/clean.ts";
import { SLASHING_RULE } from "../../words/slashing-rule.ts";
import { tokens } from "../format/numbers.ts";
import { OFFENCES } from "./offences.ts";

export const stakingWords = {
  staking: {
    title: "Stake",
    kinds: { bond: "bond", unbond: "unbond", transfer: "transfer" },
    explain: {
      bond: "lock tokens: more stake, more wins",
      unbond: "take stake back; it stays at risk until it is free",
      transfer: "send liquid tokens to somebody",
    },
    amount: "Amount",
    to: "To",
    toHint: "name or address",
    now: "now",
    after: "after",
    liquid: "Liquid",
    bonded: "Bonded",
    activating: "Starting",
    unbonding: "Unbonding",
    share: "Share",
    frees: (amount: number, round: number) => `${tokens(amount)} in round ${round}`,
    counts: (amount: number, round: number) => `${tokens(amount)} from round ${round}`,
    freesAt: (round: number) => `free in round ${round}`,
    countsFrom: (round: number) => `counts from round ${round}`,
    start: (balance: number) => `Enter token balance to stake: you have ${tokens(balance)}.`,
    tooMuchAsked: (balance: number) => `The stake asked for is above your balance; ${tokens(balance)} is possible.`,
    slashing: SLASHING_RULE,
    confirm: (what: string) => `${what}? Enter sends, Esc changes it.`,
    sending: "Sent; waiting for the hub…",
    digitsOnly: "The amount is a whole number of tokens: digits only",
    noAmount: "Type an amount.",
    atLeastOne: "The amount is a whole number from 1.",
    noRecipient: "Type who gets it: a name or an address.",
    notJoined: "Not joined yet: wait for the hub.",
    tooMuch: (kind: "bond" | "unbond" | "transfer", available: number) =>
      `Only ${tokens(available)} ${kind === "unbond" ? "are bonded" : "are liquid"}.`,
    summary: (kind: "bond" | "unbond" | "transfer", amount: number, to: string) =>
      kind === "transfer"
        ? `Send ${tokens(amount)} to ${clean(to)}`
        : `${kind === "bond" ? "Bond" : "Unbond"} ${tokens(amount)}`,
  },
  transactions: {
    join: (name: string, grant: number) => `${name} joins with ${tokens(grant)}`,
    bond: (who: string, amount: number) => `${who} bonds ${tokens(amount)}`,
    unbond: (who: string, amount: number) => `${who} unbonds ${tokens(amount)}`,
    transfer: (from: string, to: string, amount: number) => `${from} sends ${tokens(amount)} to ${to}`,
    slash: (kind: keyof typeof OFFENCES) => `slashed: ${OFFENCES[kind]}`,
  },
} as const;
