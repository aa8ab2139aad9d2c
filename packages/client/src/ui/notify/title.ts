import { clean } from "../../words/clean.ts";
import { countdown } from "../format/time.ts";
import { isFollowing } from "../panels/nothing-shown.ts";
import { questionOf } from "../state/questions.ts";
import type { ScreenState, ScreenStore } from "../store/screen-store.ts";
import { words } from "../words.ts";
import { setTitle } from "./sequences.ts";

/** The window's title: `17s r1205 alice`, so that a glance at the tabs is enough; `!` where an alarm or a question waits. */
export function windowTitle({ session, nowMs, ui }: ScreenState): string {
  const who = session.me === null ? words.program : clean(session.me.name);
  if (!isFollowing(session)) return `○ ${who}`;
  if (questionOf(ui, session) !== null) return `! ${who}`;
  const { round } = session;
  if (round === null) return who;
  return `${countdown(round.closesAtMs - nowMs)} r${round.opening.round} ${who}`;
}

/** Writes the title whenever it is another one. Returns how to stop. */
export function keepTitle(store: ScreenStore, write: (sequence: string) => void): () => void {
  let shown = "";
  const update = (): void => {
    const title = windowTitle(store.getState());
    if (title === shown) return;
    shown = title;
    write(setTitle(title));
  };
  update();
  return store.subscribe(update);
}
