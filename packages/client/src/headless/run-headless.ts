/** A client without a screen: lines for people, or JSON lines; BPMs from standard input (DESIGN §10). */
import type { Readable } from "node:stream";
import { sentenceOf } from "pos-shared/protocol/sentences.ts";
import type { ClientConfig } from "../config/client-config.ts";
import { alarmTitleOf } from "../words/alarms.ts";
import type { BpmRange } from "./bpm-lines.ts";
import { BpmQueue } from "./bpm-queue.ts";
import { printEvent } from "./event-printer.ts";
import type { HeadlessSession } from "./headless-session.ts";
import { whenRoundSettled } from "./round-watch.ts";

export interface HeadlessPorts {
  readonly input: Readable;
  readonly print: (line: string) => void;
  readonly nowMs: () => number;
}

/** Runs until there is nothing more to do. Resolves with the sentence of what failed, undefined after a good end. */
export async function runHeadless(
  session: HeadlessSession,
  config: ClientConfig,
  { input, print, nowMs }: HeadlessPorts,
): Promise<string | undefined> {
  let lastAcceptedRound = 0;
  const tell = (event: Parameters<typeof printEvent>[0]): void => printEvent(event, config.json, nowMs(), print);
  session.onEvent((event) => {
    if (event.event === "accepted") lastAcceptedRound = event.round;
    tell(event);
    // Nobody is there to be asked.
    if (event.event === "newNetwork") session.joinNewNetwork();
  });
  const failure = Promise.race([session.whenFailed(), ...(readsBpms(config) ? [whenForsaken(session)] : [])]);
  session.start();
  if (!readsBpms(config)) return Promise.race([failure, whenIdleForGood(session)]);
  const queue = new BpmQueue(session.propose, tell, () => rangeOf(session));
  const ended = feedFrom(input, queue)
    .then(() => session.whenSettledIn())
    .then(() => whenRoundSettled(session, lastAcceptedRound))
    .then(() => shortfallOf(session, queue));
  return Promise.race([failure, ended]);
}

/** A client that proposes by itself, but could not stake, and has nothing staked, would wait for ever. Resolves with why. */
function whenIdleForGood(session: HeadlessSession): Promise<string> {
  return new Promise((resolve) => {
    void session.whenSettledIn().then(() => {
      const fault = session.settlingFault();
      const { me } = session.readNow();
      if (fault === undefined || (me !== null && (me.bonded > 0 || me.activating.length > 0))) return;
      resolve(sentenceOf(fault));
    });
  });
}

/** What was asked for and did not come about; undefined where all is done, or some of the lines. In words. */
function shortfallOf(session: HeadlessSession, queue: BpmQueue): string | undefined {
  const fault = session.settlingFault();
  if (fault !== undefined) return sentenceOf(fault);
  return queue.fault === undefined ? undefined : `no BPM was accepted: ${sentenceOf(queue.fault)}`;
}

/** Once a hub has cheated and is no longer followed, no line would ever be answered. Resolves with why. */
function whenForsaken(session: HeadlessSession): Promise<string> {
  return new Promise((resolve) => {
    session.onEvent(({ event }) => {
      if (event !== "alarm") return;
      const alarm = session.readNow().alarms.find(({ halts }) => halts);
      if (alarm !== undefined) resolve(alarmTitleOf(alarm.failure, alarm.isProven));
    });
  });
}

/** Standard input brings the BPMs where nothing else does, and its end is then the end of the client. */
function readsBpms({ bpm, bots, spectate }: ClientConfig): boolean {
  return bpm.kind === "ask" && bots === 0 && !spectate;
}

function rangeOf(session: HeadlessSession): BpmRange | undefined {
  const genesis = session.getState().network?.genesis;
  return genesis === undefined ? undefined : { min: genesis.bpmMin, max: genesis.bpmMax };
}

function feedFrom(input: Readable, queue: BpmQueue): Promise<void> {
  return new Promise((resolve) => {
    input.setEncoding("utf8");
    input.on("data", (text: string) => queue.feed(text));
    const end = (): void => void queue.end().then(resolve);
    input.on("end", end);
    // A terminal that is gone ends as a file does.
    input.on("error", end);
  });
}
