/** The screen's log: one short line for what matters, nothing for what a panel shows anyway. */
import type { ClientEvent, LogLine } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { counted } from "../../words/plain.ts";
import { SLASHING_RULE_SHORT } from "../../words/slashing-rule.ts";
import { shortHex } from "../format/identifiers.ts";
import { tokens } from "../format/numbers.ts";

/** @param reward what a win pays, in tokens; null where that is not known yet. */
export function logLineOf(event: ClientEvent, reward: number | null): Omit<LogLine, "atMs"> | null {
  switch (event.event) {
    case "connected":
      return line("good", event.name === null ? "connected, watching" : `connected as ${event.name}`);
    case "disconnected":
      // The header counts the tries.
      return event.attempt > 1 ? null : line("warn", `hub lost: ${event.reason}`);
    case "reconnected":
      return line("good", `hub back, at block ${event.index}`);
    case "newNetwork":
      return line("warn", `another network here: ${shortHex(event.actual)}`);
    case "joined":
      return line("good", `joined with ${counted(event.liquid, "token")}`);
    case "firstBond":
      return line("warn", SLASHING_RULE_SHORT);
    case "transaction":
      return line(
        event.awaited ? "good" : "warn",
        event.index === null
          ? acceptedText(event)
          : `${doneText(event)} recorded in #${event.index}${event.awaited ? "" : ", not awaited: refused before, or sent elsewhere"}`,
      );
    case "received":
      return line("good", `received ${tokens(event.amount)} from ${event.fromName} (#${event.index})`);
    case "proposed":
      return line("info", `proposed BPM ${event.bpm} (r${event.round})`);
    case "rejected":
      if (event.code === "ROUND_CLOSED" && event.bpm !== undefined)
        return line("warn", `BPM ${event.bpm} was too late`);
      return line("warn", `${event.bpm === undefined ? "" : `BPM ${event.bpm}: `}${event.message}`);
    case "winner":
      return event.you
        ? line("good", `★ YOU won #${event.index}${reward === null ? "" : `  +${tokens(reward)}`}`)
        : line("info", `★ ${event.name} won #${event.index}`);
    case "slashed":
      return line("warn", `${event.name} slashed: ${tokens(event.amount)} burned`);
    case "dropped":
      return line("warn", `dropped: ${event.message}`);
    case "notice":
      return line("info", event.message);
    case "alarm":
      return line("alarm", `ALARM ${event.code} at #${event.index}: ${event.evidence}`);
    // Each transaction has a line of its own.
    case "staked":
    case "round":
    case "accepted":
    case "block":
    case "progress":
    case "stopped":
      return null;
  }
}

/** Does an event leave no line? */
export function isSilent(event: ClientEvent): boolean {
  return logLineOf(event, null) === null;
}

type TransactionEvent = Extract<ClientEvent, { event: "transaction" }>;

/** `bonded 50 (r12)`, `unbonded 50, free in r22`, `sent 7 to ben`. */
function acceptedText({ type, amount, round, frees, to, toName }: TransactionEvent): string {
  switch (type) {
    case "bond":
      return `bonded ${tokens(amount)} (r${round})`;
    case "unbond":
      return `unbonded ${tokens(amount)}, free in r${frees}`;
    case "transfer":
      return `sent ${tokens(amount)} to ${toName ?? shortHex(to ?? "")}`;
  }
}

function doneText({ type, amount, to, toName }: TransactionEvent): string {
  return type === "transfer" ? `${tokens(amount)} to ${toName ?? shortHex(to ?? "")}` : `${type} ${tokens(amount)}`;
}

function line(level: LogLine["level"], text: string): Omit<LogLine, "atMs"> {
  return { level, text: clean(text) };
}
