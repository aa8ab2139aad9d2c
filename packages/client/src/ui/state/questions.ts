import type { SessionState } from "../../session/session.ts";
import { clean, wrapWords } from "../format/text.ts";
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
  readonly text: string;
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
      tone: "bad",
      title: words.alarm.title(alarm, more),
      text: words.alarm.text(alarm),
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
      text: words.otherChain.text(connection.expected, connection.actual),
      accept: { type: "joinNewNetwork" },
    };
  }
  if (connection.phase === "failed") {
    const text = clean(connection.message);
    return { id: `failed ${text}`, tone: "bad", title: words.failed.title, text, accept: null };
  }
  if (connection.phase !== "refused") return null;
  const { fault } = connection;
  const suggestion = fault.suggestion ?? null;
  const offersIdentity = NEW_IDENTITY_HELPS.has(fault.code);
  return {
    id: `refused ${fault.code} ${suggestion ?? ""}`,
    tone: "warn",
    title: words.refused.title,
    text: words.refused.text(fault, offersIdentity, suggestion),
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
    text: words.slashed.text(me),
    accept: { type: "takeNewIdentity", name: null },
  };
}

export interface Banner {
  readonly question: Question;
  readonly lines: readonly string[];
}

const MOST_BANNER_ROWS = 5;

/** The question as lines for a screen of so many columns. */
export function bannerOf(ui: UiState, session: SessionState, columns: number): Banner | null {
  const question = questionOf(ui, session);
  if (question === null) return null;
  const text = wrapWords(question.text, Math.max(20, columns - 4));
  return { question, lines: [question.title, ...text].slice(0, MOST_BANNER_ROWS) };
}
