/** What stands across the screen until it is answered, as lines for its place. */
import type { SessionState } from "../../session/session.ts";
import { wrapWords } from "../format/text.ts";
import { breakpointOf, type LayoutInput } from "../layout/layout.ts";
import type { Tone } from "../look/themes.ts";
import { words } from "../words.ts";
import { questionOf } from "./questions.ts";
import type { UiState } from "./ui-state.ts";

export interface Banner {
  /** Of what it says; null for the question before quitting. */
  readonly id: string | null;
  readonly tone: Tone;
  readonly lines: readonly string[];
  /** So many of the last lines stay where the others scroll. */
  readonly kept: number;
  /** The first line that is wanted. */
  readonly top: number;
}

/** The question before quitting, or what wants an answer. */
export function bannerOf(
  ui: UiState,
  session: SessionState,
  size: Pick<LayoutInput, "columns" | "rows">,
): Banner | null {
  const width = widthFor(size);
  if (ui.mode.kind === "quit")
    return bannerFor(null, "warn", [words.quit.title, ...ui.mode.reasons, words.quit.ask], 0, width);
  const question = questionOf(ui, session);
  if (question === null) return null;
  const { id, tone, title, text } = question;
  return bannerFor(id, tone, [title, ...text], topOf(ui, id), width);
}

/** Beside something that is open, which has the keys, it stands at its beginning. */
function topOf({ mode, bannerScroll }: UiState, id: string): number {
  return mode.kind === "main" && bannerScroll?.id === id ? bannerScroll.top : 0;
}

/** Where there are borders, two of them and a mark of three columns stand beside the text. */
function widthFor({ columns, rows }: Pick<LayoutInput, "columns" | "rows">): number {
  return Math.max(20, breakpointOf(columns, rows) === "minimal" ? columns : columns - 5);
}

function bannerFor(id: string | null, tone: Tone, sentences: readonly string[], top: number, width: number): Banner {
  // One column is left for the `…` of a line below which there is more.
  const wrapped = sentences.map((sentence) => wrapWords(sentence, width - 1));
  return { id, tone, lines: wrapped.flat(), kept: wrapped.at(-1)?.length ?? 0, top };
}

export interface SeenBanner {
  readonly lines: readonly string[];
  /** So many of them, the first, scroll. */
  readonly room: number;
  /** So many are hidden above and below those. */
  readonly above: number;
  readonly below: number;
}

/** What an alarm rests on stays only where so many lines are left to what it says. */
const LEAST_SAID = 2;

/**
 * The lines of a banner in a place with room for so many: what does not fit scrolls, with `…` where it goes on, and the last
 * sentence stays below it.
 */
export function seenOf({ lines, kept, top }: Banner, height: number): SeenBanner {
  const staying = lines.length > height && height - kept >= LEAST_SAID ? kept : 0;
  const said = lines.slice(0, lines.length - staying);
  const room = height - staying;
  const first = Math.max(0, Math.min(top, said.length - room));
  const below = Math.max(0, said.length - first - room);
  const scrolled = said.slice(first, first + room);
  const last = scrolled.pop() ?? "";
  return {
    lines: [...scrolled, below > 0 ? `${last.replace(/[.,]$/, "")}…` : last, ...lines.slice(lines.length - staying)],
    room,
    above: first,
    below,
  };
}
