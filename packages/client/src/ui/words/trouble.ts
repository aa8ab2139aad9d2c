/** What the screen says when something is wrong. */
import { type ErrorFacts, sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { Alarm, Me } from "../../session/session.ts";
import { alarmTitleOf, alarmWordsOf } from "../../words/alarms.ts";
import { clean } from "../../words/clean.ts";
import { counted } from "../../words/plain.ts";
import { shortHex } from "../format/identifiers.ts";
import { OFFENCES } from "./offences.ts";

export const troubleWords = {
  alarm: {
    enter: "acknowledge",
    title: ({ failure, isProven }: Alarm, more: number) =>
      `ALARM: ${alarmTitleOf(failure, isProven)}${more > 0 ? ` · ${more} more` : ""}`,
    text: ({ failure, evidenceFile }: Alarm, nameOf: (publicKey: string) => string): readonly string[] => {
      const { said, truth, known } = alarmWordsOf(failure, { own: "your", nameOf });
      return [
        `The hub said: ${said}.`,
        `The truth: ${truth}.`,
        `How it is known: ${known}`,
        `Evidence: ${evidenceFile}`,
      ].map(clean);
    },
  },
  otherChain: {
    enter: "join",
    title: (url: string) => `Another network answers at ${url}`,
    text: (expected: string, actual: string) =>
      `Last time it was chain ${shortHex(expected)}, now it is ${shortHex(actual)}. Enter joins the new network, with an identity of its own; Esc leaves it.`,
  },
  refused: {
    enter: "new identity",
    title: "The hub does not let this identity in",
    text: (fault: ErrorFacts, offersIdentity: boolean, suggestion: string | null) =>
      `${clean(sentenceOf(fault))}${offersIdentity ? ` Enter goes on ${suggestion === null ? "with a new identity" : `as ${clean(suggestion)}`}.` : ""}`,
  },
  failed: { title: "This client cannot go on" },
  slashed: {
    enter: "new identity",
    title: (me: Me) =>
      me.slashing === null
        ? `${clean(me.name)} was slashed`
        : `${clean(me.name)} was slashed: ${counted(me.slashing.amount, "staked token")} burned`,
    text: (me: Me) =>
      `${me.slashing === null ? "" : `Why: ${OFFENCES[me.slashing.kind]}; the evidence is in block ${me.slashing.index}. `}This identity can only watch. Enter goes on with a new one; Esc stays.`,
  },
} as const;
