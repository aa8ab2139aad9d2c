/** What is written on the borders of a region: its title, and at its lower right what more there is. */
import type { ChainReader } from "../chain/chain-reader.ts";
import { shortHex } from "../format/identifiers.ts";
import { bold, fitLine, type Line, lineWidth, longestFitting, type Span, span } from "../format/line.ts";
import type { FrameLabel } from "../layout/frame.ts";
import { PANES, type PaneId, type Region, type ScreenLayout } from "../layout/layout.ts";
import { overlayLines } from "../overlays/overlay-lines.ts";
import { moreLine, type Scrolled } from "../overlays/scrolled.ts";
import { isForsaken } from "../panels/nothing-shown.ts";
import { bannerIn, drawRegionOf, shownSession } from "../state/context.ts";
import { listKeys } from "../state/movement.ts";
import type { ScreenState } from "../store/screen-store.ts";
import { words } from "../words.ts";

export function titlesOf(
  region: Region,
  state: ScreenState,
  layout: ScreenLayout,
  reader: ChainReader,
): readonly FrameLabel[] {
  const { id, inner } = region;
  switch (id) {
    case "head":
    case "winner":
      return [];
    case "banner":
      // The keys are for what is open, if anything is.
      return state.ui.mode.kind === "main" ? moreLabel(region, bannerIn(state.ui, state)?.seen ?? null) : [];
    case "overlay":
      return [
        titleAt(region, [titled(overlayTitle(state), [], true)]),
        ...moreLabel(region, overlayLines(state, inner.width, inner.height)),
      ];
    case "detail":
      return [titleAt(region, [titled(detailTitle(state.ui), [], false)])];
    default:
      return [titleAt(region, paneTitles(id, region, state, layout, reader)), ...tipOf(region, state)];
  }
}

/** The longest of several forms of a title that fits above its region. */
function titleAt({ outer }: Region, forms: readonly Line[]): FrameLabel {
  // A focused title begins at the corner with its sign; others leave a stroke before them.
  const inset = forms[0]?.[0]?.text === "▸" ? 1 : 2;
  // One pane's title never reaches into the next one's.
  const room = outer.width - inset - 1;
  const line = longestFitting(forms, room);
  return { row: outer.top, left: outer.left + inset, line: lineWidth(line) > room ? fitLine(line, room) : line };
}

/** A pane's title, or that of the draw that plays in its place; longest form first. */
function paneTitles(
  id: PaneId,
  { inner }: Region,
  state: ScreenState,
  layout: ScreenLayout,
  reader: ChainReader,
): readonly Line[] {
  const { ui } = state;
  const isFocused = ui.hasPaneFocus && ui.pane === id;
  if (ui.draw !== null && drawRegionOf(ui, layout) === id) return drawTitles(ui.draw, inner.height, isFocused);
  const infos = paneInfos(id, state, reader);
  if (layout.breakpoint === "tabs" && !state.isSpectator) return infos.map((info) => tabs(id, info, state));
  return infos.map((info) => titled(paneTitle(id, state), info, isFocused));
}

function detailTitle({ chain, openBlock }: ScreenState["ui"]): string {
  if (chain?.selected === 0) return words.genesis.title;
  return openBlock === null ? words.panes.detail : words.detail.title(openBlock.index);
}

/** At the right of the lower border: how much there is above and below what is seen. */
function moreLabel({ outer }: Region, seen: Omit<Scrolled, "lines"> | null): readonly FrameLabel[] {
  const more = seen === null ? [] : moreLine(seen);
  if (more.length === 0) return [];
  const line = [span(" "), ...more, span(" ")];
  return [{ row: outer.top + outer.height - 1, left: outer.left + outer.width - lineWidth(line) - 2, line }];
}

/** Below the chain the tip as three words, so that a class can compare by eye. On its right, for a title may stand left. */
function tipOf({ id, outer }: Region, { session, isSpectator }: ScreenState): readonly FrameLabel[] {
  const { words: tip } = session.tip;
  // A projector has them larger.
  if (id !== "chain" || tip === "" || isSpectator) return [];
  const line = [span(` ${words.chain.tip} `, "muted"), span(`${tip} `, "accent")];
  const left = outer.left + outer.width - lineWidth(line) - 2;
  return left < outer.left + LONGEST_TITLE ? [] : [{ row: outer.top + outer.height - 1, left, line }];
}

/** Of the pane below the chain. */
const LONGEST_TITLE = 8;

function titled(title: string, info: Line, isFocused: boolean): Line {
  return [
    ...(isFocused ? [bold("▸", "accent")] : []),
    isFocused ? bold(` ${title} `, "accent") : bold(` ${title} `, "title"),
    ...(info.length === 0 ? [] : [span(isFocused ? "━ " : "─ ", isFocused ? "accent" : "frame"), ...info, span(" ")]),
  ];
}

function drawTitles(
  { detail: { block, view } }: NonNullable<ScreenState["ui"]["draw"]>,
  height: number,
  isFocused: boolean,
): readonly Line[] {
  const shown = words.draw.of(Math.min(view.rows.length, height), view.drawn);
  return [`${words.draw.lowestWins}, ${shown}`, shown].map((info) =>
    titled(words.draw.title(block.index), [span(info, "muted")], isFocused),
  );
}

function paneTitle(pane: PaneId, { session, ui }: ScreenState): string {
  const round = shownSession(ui, session).round;
  return pane === "proposals" && round !== null
    ? `${words.panes.proposals} r${round.opening.round}`
    : words.panes[pane];
}

/** Parts beside a title that give way where there is little room: those above the limit, the highest first. */
const RANKS = { paused: 0, filter: 0, standing: 1, matches: 2, order: 3 } as const;
const LIMITS = [3, 2, 1, 0] as const;

/** Beside a title: that it is paused, the filter, the order, how the chain stands. As much as there may be, and ever less. */
function paneInfos(pane: PaneId, state: ScreenState, reader: ChainReader): readonly Line[] {
  const { ui, session } = state;
  const parts: (readonly [keyof typeof RANKS, Span])[] = [];
  if (ui.paused !== null) parts.push(["paused", bold(words.paused, "warn")]);
  const filter = ui.filters[pane];
  if (ui.mode.kind === "filter" && ui.mode.pane === pane) parts.push(["filter", bold(`/${filter}▏`, "accent")]);
  else if (filter !== "") parts.push(["filter", span(`/${filter}`, "accent")]);
  if (filter !== "") parts.push(["matches", span(matchesOf(pane, state, reader), "muted")]);
  if (pane === "validators") parts.push(["order", span(`↓ ${ui.sort}`, "muted")]);
  if (pane === "chain") parts.push(["standing", chainInfo(ui, shownSession(ui, session), filter !== "")]);
  return LIMITS.map((limit) =>
    parts.filter(([kind]) => RANKS[kind] <= limit).flatMap(([, part], i) => (i === 0 ? [part] : [span(" "), part])),
  );
}

/** How many rows a filter keeps: `2 of 13`. */
function matchesOf(pane: PaneId, { ui, session }: ScreenState, reader: ChainReader): string {
  const shown = shownSession(ui, session);
  if (pane === "chain") {
    const { kept } = reader.source(shown, ui.filters.chain);
    return words.matches(kept?.size ?? shown.tip.index, shown.tip.index);
  }
  const count = (filters: ScreenState["ui"]["filters"]): number => listKeys(pane, { ...ui, filters }, shown).length;
  return words.matches(count(ui.filters), count({ ...ui.filters, [pane]: "" }));
}

function chainInfo(ui: ScreenState["ui"], { tip, alarms }: ScreenState["session"], isFiltered: boolean): Span {
  if (ui.chain === null && isForsaken({ alarms }))
    return span(isFiltered ? words.chain.stoppedSign : words.chain.stopped, "bad");
  // Beside a filter there is room for the sign alone.
  if (ui.chain === null) return span(isFiltered ? words.chain.followingSign : words.chain.following, "good");
  const fresh = tip.index - ui.chain.tipThen;
  return span(words.chain.pinned(fresh), fresh > 0 ? "warn" : "muted");
}

function tabs(active: PaneId, info: Line, state: ScreenState): Line {
  const names = PANES.flatMap(
    (pane): Line =>
      pane === active
        ? [bold(`▸ ${paneTitle(pane, state)}`, "accent"), span("  ")]
        : [span(`${paneTitle(pane, state)}`, "muted"), span("  ")],
  );
  return [span(" "), ...names.slice(0, -1), ...(info.length === 0 ? [] : [span(" ─ ", "frame"), ...info]), span(" ")];
}

function overlayTitle({ ui: { mode }, session }: ScreenState): string {
  switch (mode.kind) {
    case "block":
      return words.detail.title(mode.index);
    case "verify":
      return words.detail.verifyTitle(mode.index);
    case "palette":
      return words.palette.title;
    case "help":
      return words.help.title;
    case "staking":
      return words.staking.title;
    case "validator": {
      const found = session.validators.find(({ publicKey }) => publicKey === mode.publicKey);
      return words.validator.title(found?.name ?? shortHex(mode.publicKey));
    }
    default:
      return "";
  }
}
