import type { LogLine, SessionState } from "../../session/session.ts";
import type { ChainReader } from "../chain/chain-reader.ts";
import type { ChainSource } from "../chain/chain-window.ts";
import {
  drawRegion,
  type LayoutInput,
  layoutScreen,
  type PaneId,
  type RegionId,
  type ScreenLayout,
} from "../layout/layout.ts";
import { type Banner, bannerOf, type SeenBanner, seenOf } from "./banner.ts";
import { noteRows } from "./note-rows.ts";
import { scopeOf } from "./scope.ts";
import type { UiState } from "./ui-state.ts";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What the pure part of the screen may look at besides its own state. */
export interface Context {
  readonly session: SessionState;
  readonly reader: ChainReader;
  readonly size: Size;
  readonly nowMs: number;
  readonly isSpectator: boolean;
  /** Bell and notices of the terminal are wanted. */
  readonly bell: boolean;
}

/** What lists show: the session, or what stood there when the reader paused. */
export function shownSession(ui: UiState, session: SessionState): SessionState {
  return ui.paused?.session ?? session;
}

/** The log, or what stood there when the reader paused. */
export function shownLog(ui: UiState): readonly LogLine[] {
  return ui.paused?.log ?? ui.log;
}

/** The layout that was asked for last, so that nothing is laid out and drawn anew where nothing moved. */
let last: { readonly input: LayoutInput; readonly layout: ScreenLayout } | undefined;

export function layoutOf(
  ui: UiState,
  { session, size, isSpectator }: Pick<Context, "session" | "size" | "isSpectator">,
): ScreenLayout {
  const input: LayoutInput = {
    ...size,
    pane: ui.pane,
    isZoomed: ui.isZoomed,
    bannerRows: bannerOf(ui, session, size)?.lines.length ?? 0,
    isSpectator,
    overlayRows: OVERLAY_ROWS[ui.mode.kind] ?? null,
  };
  if (last === undefined || !isSameInput(last.input, input)) last = { input, layout: layoutScreen(input) };
  return last.layout;
}

function isSameInput(a: LayoutInput, b: LayoutInput): boolean {
  return (
    a.columns === b.columns &&
    a.rows === b.rows &&
    a.pane === b.pane &&
    a.isZoomed === b.isZoomed &&
    a.bannerRows === b.bannerRows &&
    a.isSpectator === b.isSpectator &&
    a.overlayRows === b.overlayRows
  );
}

/** Columns and rows that whatever is open has to itself. */
export function overlaySpace(
  ui: UiState,
  context: Pick<Context, "session" | "size" | "isSpectator">,
): { readonly width: number; readonly height: number } {
  const region = layoutOf(ui, context).regions.find(({ id }) => id === "overlay");
  return region?.inner ?? { width: context.size.columns, height: Math.max(1, rowsAboveFooter(context)) };
}

/** Where there are no borders, what is open has all but the footer. */
function rowsAboveFooter({ size }: Pick<Context, "size">): number {
  return size.rows - 1;
}

/** What wants an answer, with what is seen of it; null where nothing does, or where a BPM that is typed has its place. */
export function bannerIn(
  ui: UiState,
  context: Pick<Context, "session" | "size" | "isSpectator">,
): { readonly banner: Banner; readonly seen: SeenBanner } | null {
  const { session, size } = context;
  const banner = bannerOf(ui, session, size);
  if (banner === null) return null;
  const height = bannerHeight(ui, context);
  return height < 1 ? null : { banner, seen: seenOf(banner, height) };
}

/** Rows that there are for it; where there are no borders, what the last key did stands below it. */
function bannerHeight(ui: UiState, context: Pick<Context, "session" | "size" | "isSpectator">): number {
  const { breakpoint, regions } = layoutOf(ui, context);
  if (breakpoint !== "minimal") return regions.find(({ id }) => id === "banner")?.inner.height ?? 0;
  return scopeOf(ui) === "entry" ? 0 : rowsAboveFooter(context) - noteRows(ui.note, context.size.columns).length;
}

/** Where the draw plays; null where none is played, or there is no place for it. */
export function drawRegionOf({ draw, hasPaneFocus, pane }: UiState, layout: ScreenLayout): RegionId | null {
  return draw === null ? null : drawRegion(hasPaneFocus ? pane : null, layout, draw.detail.view.rows.length);
}

/** Rows that each overlay would like; the panes stay where they are in a mode that is not here. */
const OVERLAY_ROWS: Partial<Record<UiState["mode"]["kind"], number>> = {
  palette: 18,
  help: 100,
  block: 100,
  verify: 100,
  validator: 12,
  staking: 13,
};

/** Lines of a pane above its list: the heading of a table. */
const HEADER_ROWS: Readonly<Record<PaneId, number>> = { validators: 1, chain: 1, proposals: 0, log: 0 };

/** Does a pane of this height spare a line to say what it is? */
export function showsHint(ui: UiState, innerHeight: number): boolean {
  return ui.showsHints && innerHeight >= 4;
}

/** Rows that a pane's list can show; 1 where the pane is not on the screen. */
export function listRows(pane: PaneId, ui: UiState, layout: ScreenLayout): number {
  const region = layout.regions.find(({ id }) => id === pane);
  if (region === undefined) return 1;
  return Math.max(1, region.inner.height - HEADER_ROWS[pane] - Number(showsHint(ui, region.inner.height)));
}

export function chainSourceOf(ui: UiState, { session, reader }: Pick<Context, "session" | "reader">): ChainSource {
  return reader.source(shownSession(ui, session), ui.filters.chain);
}
