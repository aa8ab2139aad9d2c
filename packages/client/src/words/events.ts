/** The one place that turns a client's events into lines for people (DESIGN §10). */
import type { ClientEvent, LogLine } from "../session/session.ts";
import { alarmTitleOf, alarmWordsOf, short } from "./alarms.ts";
import { SLASHING_RULE } from "./slashing-rule.ts";

type Line = Pick<LogLine, "level" | "text">;

/** One line, or undefined for what would only repeat another one. */
export function lineOfEvent(event: ClientEvent): Line | undefined {
  switch (event.event) {
    case "connected":
      return info(
        `connected to ${event.url}${event.name === null ? ", watching" : ` as ${event.name} (${short(event.address ?? "")})`}, at block ${event.index}`,
      );
    case "disconnected":
      return warn(
        `no connection: ${withoutStop(event.reason)}${event.retries ? `. Trying again (${event.attempt})` : ""}`,
      );
    case "reconnected":
      return good(`connected again, at block ${event.index}`);
    case "newNetwork":
      return warn(`${event.url} is now the network ${short(event.actual)}; before it was ${short(event.expected)}`);
    case "joined":
      return good(`${event.name} joined with ${tokens(event.liquid)}`);
    case "firstBond":
      return warn(`${event.name} stakes ${tokens(event.amount)}. ${SLASHING_RULE}`);
    case "staked":
      return good(`${event.name} has ${tokens(event.bonded)} staked and ${tokens(event.liquid)} left`);
    case "transaction":
      return transactionLine(event);
    case "received":
      return good(`${event.name} received ${tokens(event.amount)} from ${event.fromName}, by block ${event.index}`);
    case "round":
      return info(
        `round ${event.round} is open until ${clockTime(event.closesAt)}: ${count(event.validators, "validator")}, ${tokens(event.stake)} staked`,
      );
    case "proposed":
      return info(`${event.name} proposes BPM ${event.bpm} in round ${event.round}`);
    case "accepted":
      return good(`${event.name}: BPM ${event.bpm} accepted for round ${event.round}`);
    case "rejected":
      return warn(rejectedText(event));
    case "winner":
      return event.you
        ? good(
            `★ YOU won block ${event.index} as ${event.name} with BPM ${event.bpm} (round ${event.round}, ${chance(event)})`,
          )
        : info(
            `★ ${event.name} won block ${event.index} with BPM ${event.bpm} (round ${event.round}, ${chance(event)})`,
          );
    case "block":
      return info(`block ${event.index} ${event.hash.slice(0, 12)} (${event.words}) ${DEPTHS[event.verified]}`);
    case "slashed":
      return warn(`${event.name} was slashed (${OFFENCES[event.kind] ?? event.kind}): ${tokens(event.amount)} burned`);
    case "notice":
      return info(event.message);
    case "dropped":
      return warn(`a transaction became invalid before it was recorded: ${event.message}`);
    case "progress":
      return undefined;
    case "alarm":
      return { level: "alarm", text: alarmText(event) };
    case "stopped":
      return info("stopped");
  }
}

function alarmText({
  code,
  index,
  expected,
  actual,
  proven,
  evidence,
}: Extract<ClientEvent, { event: "alarm" }>): string {
  const finding = { rule: code, index, expected, actual };
  const { said, truth, known } = alarmWordsOf(finding, { own: "your", nameOf: short });
  return `ALARM: ${alarmTitleOf(finding, proven)}. The hub said: ${said}. The truth: ${truth}. How it is known: ${known} Evidence: ${evidence}`;
}

const DEPTHS = {
  full: "verified in full",
  spot: "verified, its draw by spot checks",
  replica: "verified, its draw not",
  links: "linked; not verified yet",
} as const;

const OFFENCES: Readonly<Record<string, string>> = {
  bpm: "a signed BPM that is no whole number",
  equivocation: "two different proposals for one round",
  vrf: "a false lottery claim",
};

/** What a bond or unbond changed is told by `staked`, which follows. */
function transactionLine({
  type,
  amount,
  to,
  toName,
  round,
  frees,
  index,
  awaited,
  name,
}: Extract<ClientEvent, { event: "transaction" }>): Line | undefined {
  const what =
    type === "transfer" ? `${tokens(amount)} to ${toName ?? short(to ?? "")}` : `${type} of ${tokens(amount)}`;
  if (!awaited)
    return warn(
      `${name}: ${what}, recorded in block ${index}, for which this client did not wait: it had been refused, or another client has this key`,
    );
  if (index !== null) return info(`${name}: ${what}, recorded in block ${index}`);
  if (type === "bond") return undefined;
  const then = frees === null ? "" : `; free in round ${frees}`;
  return good(`${name}: ${what}, accepted for the block of round ${round}${then}`);
}

function rejectedText({ code, message, name, round, bpm }: Extract<ClientEvent, { event: "rejected" }>): string {
  const what = [
    name,
    bpm === undefined ? undefined : `BPM ${JSON.stringify(bpm)}`,
    round === undefined ? undefined : `round ${round}`,
  ];
  const about = what.filter((part) => part !== undefined).join(", ");
  return `rejected${about === "" ? "" : ` (${about})`}: ${message} [${code}]`;
}

function chance({ stake, eligibleStake }: { stake: number; eligibleStake: number }): string {
  return `chance ${((100 * stake) / eligibleStake).toFixed(1)}%`;
}

function tokens(amount: number): string {
  return count(amount, "token");
}

function count(number: number, what: string): string {
  return `${number.toLocaleString("en-US")} ${what}${number === 1 ? "" : "s"}`;
}

function withoutStop(text: string): string {
  return text.endsWith(".") ? text.slice(0, -1) : text;
}

/** Local time of day. */
function clockTime(timestamp: string): string {
  return new Date(timestamp).toLocaleTimeString("en-GB");
}

function info(text: string): Line {
  return { level: "info", text };
}

function good(text: string): Line {
  return { level: "good", text };
}

function warn(text: string): Line {
  return { level: "warn", text };
}
