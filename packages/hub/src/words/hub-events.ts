/** What the hub's operator reads, one sentence an event. */

import type { EvidenceKind } from "pos-shared/model/evidence.ts";
import { EVIL_MODE_FACTS } from "../evil/modes.ts";
import type { HubEvent } from "../telemetry/hub-event.ts";

const OFFENCES: Readonly<Record<EvidenceKind, string>> = {
  bpm: "signing a BPM that is no whole number",
  equivocation: "signing two different proposals for one round",
  vrf: "a false lottery claim",
};

const EXPOSURES: Readonly<Record<"token" | "tls", string>> = {
  token: "Warning: anybody who reaches this machine can join. A join token (POS_HUB_TOKEN) keeps others out.",
  tls: "Warning: the connection is not encrypted. --tls-cert and --tls-key make it so.",
};

/** An event as a sentence, or undefined where people need none. */
export function sentenceOfEvent({ name, fields }: HubEvent): string | undefined {
  switch (name) {
    case "listening":
      return `The network ${fields.network} listens on ${fields.url} (page and API: ${fields.http}).`;
    case "exposed":
      return EXPOSURES[fields.missing];
    case "genesis":
      return `A new network, ${fields.network}: chain ${fields.chainId}.`;
    case "joined":
      return `${fields.name} joined with ${tokens(fields.liquid)}.`;
    case "online":
      return `${fields.name} is here, from ${fields.from}.`;
    case "left":
      return `${fields.name} left.`;
    case "bonded":
      return fields.activating > 0
        ? `${fields.name} staked: ${tokens(fields.bonded)} bonded, ${fields.activating} more on their way.`
        : `${fields.name} staked: ${tokens(fields.bonded)} bonded.`;
    case "unbonded":
      return `${fields.name} unstaked: ${tokens(fields.bonded)} still bonded, ${fields.unbonding} on their way out.`;
    case "transferred":
      return `${fields.name} sent tokens: ${tokens(fields.liquid)} left to spend.`;
    case "round":
      return `Round ${fields.round} is open: ${count(fields.validators, "validator")}, ${tokens(fields.stake)} at stake.`;
    case "proposal":
      return `${fields.name} proposes ${fields.bpm} BPM.`;
    case "block":
      return fields.name === null
        ? `Block ${fields.index} (round ${fields.round}): no winner, transactions recorded.`
        : `Block ${fields.index} (round ${fields.round}): ${fields.name} wins with ${fields.bpm} BPM.`;
    case "idle":
      return "Nobody has anything staked: the network waits for the next stake.";
    case "slashed":
      return `${fields.name} was slashed for ${OFFENCES[fields.kind]}: ${tokens(fields.amount)} burned.`;
    case "behind":
      return `A client knows block ${fields.index}, sealed by this hub and missing here: the data is an older copy.`;
    case "recovering":
      return `The data is a copy as of block ${fields.index}: clients may give back what came after it, for ${fields.seconds} s from the first one on; then rounds go on.`;
    case "recovered":
      return `${count(fields.blocks, "block")} came back from clients. The chain goes on from block ${fields.index}.`;
    case "evil":
      return `EVIL: in round ${fields.round} this hub ${EVIL_MODE_FACTS[fields.mode].deed}.`;
    case "failed":
      return `Failed${lasting(fields.seconds)}: ${fields.what}: ${fields.message}`;
    case "mended":
      return `The ${fields.what} takes records again, after ${fields.seconds} s: the hub goes on.`;
    case "stopped":
      return `Stopped at block ${fields.index}.`;
  }
}

function lasting(seconds = 0): string {
  return seconds === 0 ? "" : ` for ${seconds} s now`;
}

function tokens(amount: number): string {
  return count(amount, "token");
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
