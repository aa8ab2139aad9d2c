import { sentenceOfEvent } from "../words/hub-events.ts";
import type { HubEvent, HubEventName, HubEvents } from "./hub-event.ts";
import { isAtLeast, type LogLevel, levelOf } from "./log-levels.ts";

export interface HubLog {
  readonly event: <N extends HubEventName>(name: N, fields: HubEvents[N]) => void;
}

/** Takes one line without its end. */
type WriteLine = (line: string) => void;

/** JSON lines, each with `event`, `time` (ISO 8601) and `level` first (DESIGN §10). `nowMs`: milliseconds since 1970. */
export function createJsonLog(write: WriteLine, nowMs: () => number): HubLog {
  return {
    event: (event, fields) => {
      const time = new Date(nowMs()).toISOString();
      write(JSON.stringify({ event, time, level: levelOf(event), ...fields }));
    },
  };
}

/** Passes on only what matters at least so much. */
export function atLeast(least: LogLevel, log: HubLog): HubLog {
  return {
    event: (name, fields) => {
      if (isAtLeast(levelOf(name), least)) log.event(name, fields);
    },
  };
}

/** One line in plain English per event that matters to people, after the local time. */
export function createPeopleLog(write: WriteLine, nowMs: () => number): HubLog {
  return {
    event: (name, fields) => {
      const sentence = sentenceOfEvent({ name, fields } as HubEvent);
      if (sentence !== undefined) write(`${localTime(nowMs())}  ${printable(sentence)}`);
    },
  };
}

function localTime(milliseconds: number): string {
  const time = new Date(milliseconds);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

/** No control, direction or invisible character of whatever origin gets into somebody's terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
}
