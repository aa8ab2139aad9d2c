/** Does what the pure part of the screen asks for. */
import type { Outcome, Session } from "../session/session.ts";
import { copyToClipboard, ringAndNotify } from "./notify/sequences.ts";
import type { Action } from "./state/actions.ts";
import type { Effect } from "./state/effects.ts";

export interface Outside {
  readonly session: Session;
  readonly dispatch: (action: Action) => void;
  /** Writes to the terminal what draws nothing. */
  readonly write: (sequence: string) => void;
  readonly exit: (code: number) => void;
  readonly suspend: () => void;
}

export function makePerformer({ session, dispatch, write, exit, suspend }: Outside): (effect: Effect) => void {
  let waiting: NodeJS.Timeout | undefined;
  const answerStaking = (answer: Promise<Outcome>): void => {
    void answer.then((outcome) => dispatch({ type: "stakingAnswered", outcome }));
  };
  return (effect) => {
    switch (effect.type) {
      case "propose":
        void session
          .propose(effect.bpm)
          .then((outcome) => dispatch({ type: "proposeAnswered", bpm: effect.bpm, outcome }));
        return;
      case "repeat":
        session.repeat(effect.bpm);
        return;
      case "bond":
        answerStaking(session.bond(effect.amount));
        return;
      case "unbond":
        answerStaking(session.unbond(effect.amount));
        return;
      case "transfer":
        answerStaking(session.transfer(effect.to, effect.amount));
        return;
      case "joinNewNetwork":
        session.joinNewNetwork();
        return;
      case "takeNewIdentity":
        if (effect.name === null) session.takeNewIdentity();
        else session.takeNewIdentity(effect.name);
        return;
      case "readBlock":
        clearTimeout(waiting);
        waiting = setTimeout(() => {
          void session
            .readBlock(effect.index)
            .then((detail) => dispatch({ type: "blockRead", index: effect.index, detail: detail ?? null }));
        }, effect.delayMs);
        return;
      case "readDraw":
        void session
          .readBlock(effect.index)
          .then((detail) => dispatch({ type: "drawRead", index: effect.index, detail: detail ?? null }));
        return;
      case "copy":
        write(copyToClipboard(effect.text));
        return;
      case "notify":
        write(ringAndNotify(effect.text));
        return;
      case "suspend":
        suspend();
        return;
      case "exit":
        exit(effect.code);
        return;
    }
  };
}
