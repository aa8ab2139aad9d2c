import type { Theme } from "../../config/client-config.ts";
import type { BlockDetail, LogLine, SessionState } from "../../session/session.ts";
import type { PaneId } from "../layout/layout.ts";
import type { Tone } from "../look/themes.ts";
import type { StakingForm } from "./staking-form.ts";

/** What lies over the panels and takes the keys. */
export type Mode =
  | { readonly kind: "main" }
  | { readonly kind: "filter"; readonly pane: PaneId; readonly before: string }
  | { readonly kind: "palette"; readonly text: string; readonly selected: number }
  | { readonly kind: "help"; readonly top: number }
  | { readonly kind: "block"; readonly index: number; readonly selected: number }
  | { readonly kind: "verify"; readonly index: number; readonly selected: number }
  | { readonly kind: "validator"; readonly publicKey: string; readonly top: number }
  | { readonly kind: "staking"; readonly form: StakingForm }
  | { readonly kind: "quit"; readonly reasons: readonly string[] };

/** Where a list stands: the selected row by its key, null for the first, and on which line of the pane it stands. */
export interface ListPosition {
  readonly key: string | null;
  readonly line: number;
}

/** Where the chain list stands: by block index; null follows the tip. */
export interface ChainPosition {
  readonly selected: number;
  /** The block on the first line. */
  readonly top: number;
  /** Index of the tip when the reader left it, to count what is new. */
  readonly tipThen: number;
}

export type ValidatorSort = "stake" | "name" | "wins" | "luck";
export const VALIDATOR_SORTS: readonly ValidatorSort[] = ["stake", "name", "wins", "luck"];

/** A short answer to what was just done, until the next key. */
export interface Note {
  readonly text: string;
  readonly tone: Tone;
  /** It says that there is no such block yet, which the next one may make untrue. */
  readonly isAboutTip?: true;
}

/** A block that is looked at in detail. */
export interface OpenBlock {
  readonly index: number;
  readonly status: "loading" | "missing" | "read";
  readonly detail: BlockDetail | null;
}

/** A draw that is played: bars fall into place, then the result stays for a while. */
export interface PlayedDraw {
  readonly detail: BlockDetail;
  readonly startedAtMs: number;
}

/** Everything that the screen remembers by itself; the rest comes from the session. */
export interface UiState {
  readonly mode: Mode;
  /** The list that moves, and whether it has the focus; else the BPM field has it. */
  readonly pane: PaneId;
  readonly hasPaneFocus: boolean;
  readonly isZoomed: boolean;
  /** What stands in the BPM field. */
  readonly entry: string;
  readonly note: Note | null;
  readonly lists: Readonly<Record<"validators" | "proposals" | "log", ListPosition>>;
  readonly chain: ChainPosition | null;
  readonly filters: Readonly<Record<PaneId, string>>;
  readonly sort: ValidatorSort;
  readonly theme: Theme;
  /** What happened, oldest first. */
  readonly log: readonly LogLine[];
  /** While paused, the lists show this. */
  readonly paused: { readonly session: SessionState; readonly log: readonly LogLine[] } | null;
  /** As many alarms were acknowledged. */
  readonly acknowledgedAlarms: number;
  /** The question that the reader put aside with Esc. */
  readonly dismissedQuestion: string | null;
  /** How far the question with this id was scrolled, where its place is too small for it. */
  readonly bannerScroll: { readonly id: string; readonly top: number } | null;
  readonly openBlock: OpenBlock | null;
  readonly draw: PlayedDraw | null;
  /** One line in each panel says what it is, until the reader knows. */
  readonly showsHints: boolean;
  /** The staking form opens by itself once there is a balance. */
  readonly asksForStake: boolean;
  /** The last BPM that was sent, for `r`. */
  readonly lastBpm: number | null;
  /** When the connection was lost; the bar stands still at this moment. */
  readonly frozenAtMs: number | null;
  /** How far this machine's clock is behind the hub's, by which blocks have their times; the last that was known. */
  readonly clockOffsetMs: number;
}

export interface InitialUi {
  readonly theme: Theme;
  readonly asksForStake: boolean;
  readonly showsHints: boolean;
  /** What happened before the screen came up. */
  readonly log: readonly LogLine[];
}

const FIRST_ROW: ListPosition = { key: null, line: 0 };

export function initialUi({ theme, asksForStake, showsHints, log }: InitialUi): UiState {
  return {
    mode: { kind: "main" },
    pane: "chain",
    hasPaneFocus: false,
    isZoomed: false,
    entry: "",
    note: null,
    lists: { validators: FIRST_ROW, proposals: FIRST_ROW, log: FIRST_ROW },
    chain: null,
    filters: { validators: "", chain: "", proposals: "", log: "" },
    sort: "stake",
    theme,
    log,
    paused: null,
    acknowledgedAlarms: 0,
    dismissedQuestion: null,
    bannerScroll: null,
    openBlock: null,
    draw: null,
    showsHints,
    asksForStake,
    lastBpm: null,
    frozenAtMs: null,
    clockOffsetMs: 0,
  };
}
