/** What the screen says around commands: palette, copying, leaving, help, notices. */

import { clean } from "../../words/clean.ts";
import { counted } from "../../words/plain.ts";
import { shortHex } from "../format/identifiers.ts";
import { tokens } from "../format/numbers.ts";

export const toolWords = {
  lines: {
    welcome: "pos-client, in lines. Type a BPM and Enter to propose; help says what else.",
    welcomeSpectator: "pos-client, in lines, watching. status says how things stand; help says what else.",
    help: "A number proposes that BPM. stake 100, unbond 50, send 10 bob, repeat 72, repeat off, status, quit.",
    unknown: (text: string) => `Not understood: ${clean(text)}. help says what can be typed.`,
    acknowledged: "Alarm acknowledged.",
    round: (round: number, seconds: number, proposals: number, validators: number) =>
      `Round ${round} is open for ${seconds} more seconds; ${proposals} of ${validators} have proposed.`,
  },
  palette: {
    title: "Commands",
    goto: "a number goes to that block",
    peer: "goes to a validator: peer bob",
    filter: "filters the list: filter bob",
    unknown: (word: string) => `There is no command "${clean(word)}". ? shows them all.`,
    noPeer: (name: string) => `There is no validator "${clean(name)}".`,
    none: "No command has that name.",
  },
  copy: {
    nothing: "Nothing is selected to copy.",
    done: (what: string, text: string) => `Copied ${clean(what)}: ${shortHex(clean(text), 8)}`,
    evidence: "Copied the path of the evidence file.",
    noEvidence: "There is no evidence file to copy.",
    line: "the log line",
    publicKey: "the public key",
    chainId: "the chain id",
    addressOf: (name: string) => `the address of ${name}`,
    hashOf: (index: number) => `the hash of block ${index}`,
  },
  quit: {
    title: "Quit?",
    unsent: (entry: string) => `The BPM ${clean(entry)} is not sent.`,
    queued: (bpm: number) => `BPM ${bpm} still waits for the next round.`,
    unanswered: (bpm: number) => `BPM ${bpm} is sent but not answered yet.`,
    staked: (staked: number, leaving: number, needsClient: boolean) => {
      const stays = `${counted(staked, "token")} ${staked === 1 ? "stays" : "stay"} staked`;
      return `${stays}${leaving === 0 ? "" : `, ${tokens(leaving)} on ${leaving === 1 ? "its" : "their"} way out`}${needsClient ? "; without this client you propose nothing" : ""}.`;
    },
    leaving: (leaving: number) =>
      `${counted(leaving, "token")} ${leaving === 1 ? "is on its" : "are on their"} way out.`,
    ask: "q quits · Esc stays",
  },
  help: {
    title: "Keys",
    digits: "start a BPM, from anywhere",
    scopes: {
      main: "Everywhere",
      entry: "While a BPM is typed",
      block: "In a block's detail",
      filter: "While a filter is typed",
      palette: "In the commands",
      staking: "In the staking form",
      verify: "In a recomputation",
      validator: "In a validator's detail",
      help: "In this help",
      quit: "Before quitting",
    },
  },
  notices: {
    won: (index: number) => `You won block ${index}`,
    lastCall: (round: number) => `Round ${round} closes in 5 seconds without your BPM`,
    alarm: "The hub broke a rule: see the alarm",
  },
} as const;
