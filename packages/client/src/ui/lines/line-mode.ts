/**
 * The screen for a screen reader: lines instead of frames. What happens is said in a sentence when it happens; what one
 * wants is typed as a line. Nothing is drawn twice, nothing moves.
 */
import { createInterface } from "node:readline";
import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";
import type { Outcome, Session, SessionState } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { lineOfEvent } from "../../words/events.ts";
import { lineText } from "../format/line.ts";
import { secondsLeft } from "../format/time.ts";
import { noRoundText, noWinnerText } from "../panels/nothing-shown.ts";
import { stakeLine } from "../panels/stake-line.ts";
import { winnerLine } from "../panels/winner-line.ts";
import type { ScreenOptions } from "../screen-options.ts";
import { questionOf } from "../state/questions.ts";
import { initialUi, type UiState } from "../state/ui-state.ts";
import { words } from "../words.ts";
import { type LineCommand, parseLine } from "./line-command.ts";

const ENDLESS = 1000;

/** Runs until `quit`, the end of the input or `left`; gives the exit code. */
export async function runLineMode(session: Session, options: ScreenOptions, left: Promise<number>): Promise<number> {
  const { stdin = process.stdin, stdout = process.stdout, now = Date.now } = options;
  const say = (text: string): void => {
    stdout.write(`${clean(text)}\n`);
  };
  const { promise: quit, resolve: leave } = Promise.withResolvers<number>();
  let ui = initialUi({ ...options, log: [] });
  const asked = new Set<string>();
  const ask = (): void => {
    const question = questionOf(ui, session.getState());
    if (question === null || asked.has(question.id)) return;
    asked.add(question.id);
    say([`${question.title}.`, ...question.text].join(" "));
  };
  const stopEvents = session.onEvent((event) => {
    const line = lineOfEvent(event);
    if (line !== undefined) say(line.text);
  });
  const stopSession = session.subscribe(ask);
  say(options.spectate ? words.lines.welcomeSpectator : words.lines.welcome);
  ask();

  const input = createInterface({ input: stdin, terminal: false });
  input.on("line", (line) => {
    const command = parseLine(line);
    if (command.kind === "quit") leave(0);
    else if (command.kind === "answer") ui = answer(ui, session, options.spectate, say);
    else if (command.kind === "status")
      for (const each of statusOf(session.getState(), now(), options.spectate)) say(each);
    else void act(command, session, options.spectate).then((text) => text !== null && say(text));
  });
  input.on("close", () => leave(0));
  const code = await Promise.race([quit, left]);
  input.close();
  stopEvents();
  stopSession();
  return code;
}

/** Does what a line says; what there is to say about it. What the hub answers comes as an event of its own. */
async function act(command: LineCommand, session: Session, isSpectator: boolean): Promise<string | null> {
  if (command.kind === "help") return words.lines.help;
  if (command.kind === "unknown") return words.lines.unknown(command.text);
  if (isSpectator) return words.bpm.watching;
  switch (command.kind) {
    case "bpm":
      return sentence(await session.propose(command.bpm));
    case "bond":
      return sentence(await session.bond(command.amount));
    case "unbond":
      return sentence(await session.unbond(command.amount));
    case "transfer":
      return sentence(await session.transfer(command.to, command.amount));
    case "repeat":
      session.repeat(command.bpm);
      return command.bpm === null ? words.bpm.stoppedRepeating : words.bpm.repeating(command.bpm);
    default:
      return null;
  }
}

function sentence(outcome: Outcome): string | null {
  return outcome.ok ? null : faultSentence(outcome.fault);
}

function faultSentence(fault: ErrorFacts): string {
  return words.fault(fault);
}

/** An empty line answers the question that stands, or says what to type. */
function answer(ui: UiState, session: Session, isSpectator: boolean, say: (text: string) => void): UiState {
  const state = session.getState();
  const question = questionOf(ui, state);
  if (question?.accept === "acknowledge") {
    say(words.lines.acknowledged);
    return { ...ui, acknowledgedAlarms: ui.acknowledgedAlarms + 1 };
  }
  if (question !== null && question.accept !== null) {
    if (question.accept.type === "joinNewNetwork") session.joinNewNetwork();
    if (question.accept.type === "takeNewIdentity") {
      if (question.accept.name === null) session.takeNewIdentity();
      else session.takeNewIdentity(question.accept.name);
    }
    return { ...ui, dismissedQuestion: question.id };
  }
  const genesis = state.network?.genesis;
  say(genesis === undefined || isSpectator ? words.lines.help : words.bpm.empty(genesis.bpmMin, genesis.bpmMax));
  return ui;
}

/** How things stand, a line each. */
function statusOf(session: SessionState, nowMs: number, isSpectator: boolean): readonly string[] {
  const { round, network, lastWinner } = session;
  const reward = network?.genesis.blockReward ?? null;
  return [
    lineText(stakeLine({ session, pulse: [], width: ENDLESS, isSpectator })).trim(),
    round === null
      ? noRoundText(session)
      : words.lines.round(
          round.opening.round,
          secondsLeft(round.closesAtMs - nowMs),
          round.proposals,
          round.validators,
        ),
    lineText(winnerLine({ winner: lastWinner, none: noWinnerText(session), reward, width: ENDLESS })).trim(),
  ];
}
