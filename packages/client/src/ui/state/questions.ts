import type { SessionState } from "../../session/session.ts";
import { short } from "../../words/alarms.ts";
import { clean } from "../../words/clean.ts";
import type { Tone } from "../look/themes.ts";
import { words } from "../words.ts";
import type { Effect } from "./effects.ts";
import type { UiState } from "./ui-state.ts";

/** Something that stands across the screen until it is answered: an alarm, or a question that Enter answers. */
export interface Question {
  /** What Esc puts aside. */
  readonly id: string;
  readonly tone: Tone;
  readonly title: string;
  /** Sentences, each on lines of its own. Where there is no room for all, the last one stays. */
  readonly text: readonly string[];
  /** What Enter does, in a word for the footer. */
  readonly enter: string;
  /** What Enter does; null where there is nothing to do but read. */
  readonly accept: Effect | "acknowledge" | null;
}

/** The most pressing thing that wants an answer. */
export function questionOf(ui: UiState, session: SessionState): Question | null {
  const alarm = session.alarms[ui.acknowledgedAlarms];
  if (alarm !== undefined) {
    const more = session.alarms.length - ui.acknowledgedAlarms - 1;
    return {
      id: `alarm ${ui.acknowledgedAlarms}`,
      tone: "alarm",
      title: words.alarm.title(alarm, more),
      text: words.alarm.text(alarm, (publicKey) => nameOf(session, publicKey)),
      enter: words.alarm.enter,
      accept: "acknowledge",
    };
  }
  const question = connectionQuestion(session) ?? slashedQuestion(session);
  return question?.id === ui.dismissedQuestion ? null : question;
}

function connectionQuestion({ connection, url }: SessionState): Question | null {
  if (connection.phase === "otherChain") {
    return {
      id: `chain ${connection.actual}`,
      tone: "warn",
      title: words.otherChain.title(url),
      text: [words.otherChain.text(connection.expected, connection.actual)],
      enter: words.otherChain.enter,
      accept: { type: "joinNewNetwork" },
    };
  }
  if (connection.phase === "failed") {
    const text = clean(connection.message);
    return { id: `failed ${text}`, tone: "bad", title: words.failed.title, text: [text], enter: "", accept: null };
  }
  if (connection.phase !== "refused") return null;
  const { fault } = connection;
  const suggestion = fault.suggestion ?? null;
  const offersIdentity = NEW_IDENTITY_HELPS.has(fault.code);
  return {
    id: `refused ${fault.code} ${suggestion ?? ""}`,
    tone: "warn",
    title: words.refused.title,
    text: [words.refused.text(fault, offersIdentity, suggestion)],
    enter: words.refused.enter,
    accept: offersIdentity ? { type: "takeNewIdentity", name: suggestion } : null,
  };
}

const NEW_IDENTITY_HELPS: ReadonlySet<string> = new Set([
  "NAME_TAKEN",
  "SESSION_ELSEWHERE",
  "TOMBSTONED",
  "BAD_PUBLIC_KEY",
]);

function slashedQuestion({ me }: SessionState): Question | null {
  if (me === null || !me.isTombstoned) return null;
  return {
    id: `slashed ${me.address}`,
    tone: "bad",
    title: words.slashed.title(me),
    text: [words.slashed.text(me)],
    enter: words.slashed.enter,
    accept: { type: "takeNewIdentity", name: null },
  };
}

function nameOf({ validators }: SessionState, publicKey: string): string {
  return validators.find((validator) => validator.publicKey === publicKey)?.name ?? short(publicKey);
}
