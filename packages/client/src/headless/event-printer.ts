import type { ClientEvent } from "../session/session.ts";
import { clean } from "../words/clean.ts";
import { lineOfEvent } from "../words/events.ts";

/** Prints one event: as a line of JSON with `event` and `time` first, or as a line for people (DESIGN §10). */
export function printEvent(event: ClientEvent, isJson: boolean, nowMs: number, print: (line: string) => void): void {
  const date = new Date(nowMs);
  if (isJson) {
    const { event: name, ...facts } = event;
    print(JSON.stringify({ event: name, time: date.toISOString(), ...facts }));
    return;
  }
  const line = lineOfEvent(event);
  if (line !== undefined) print(`${date.toLocaleTimeString("en-GB")} ${clean(line.text)}`);
}
