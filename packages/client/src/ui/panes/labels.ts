/** What is written on the borders: identity, connection, titles of panes, the footer. */

import { clean } from "../../words/clean.ts";
import type { ChainReader } from "../chain/chain-reader.ts";
import { shortHex } from "../format/identifiers.ts";
import { bold, EMPTY_LINE, fitLine, type Line, lineWidth, longestFitting, type Span, span } from "../format/line.ts";
import { age, secondsLeft } from "../format/time.ts";
import { footerLine } from "../keys/footer.ts";
import type { FrameLabel } from "../layout/frame.ts";
import { PANES, type PaneId, type Region, type ScreenLayout } from "../layout/layout.ts";
import { overlayLines } from "../overlays/overlay-lines.ts";
import { moreLine } from "../overlays/scrolled.ts";
import { isForsaken } from "../panels/nothing-shown.ts";
import { drawRegionOf, shownSession } from "../state/context.ts";
import { listKeys } from "../state/movement.ts";
import { questionOf } from "../state/questions.ts";
import { scopeOf } from "../state/reduce.ts";
import type { ScreenState } from "../store/screen-store.ts";
import { words } from "../words.ts";

export function frameLabels(state: ScreenState, layout: ScreenLayout, reader: ChainReader): readonly FrameLabel[] {
  return [
    ...topLabels(state, layout.width),
    ...layout.regions.flatMap((region) => [...titleOf(region, state, layout, reader), ...tipOf(region, state)]),
    { row: layout.height - 1, left: 1, line: [span("─ ", "frame"), ...footerOf(state, layout.width - 6), span(" ")] },
  ];
}

/** The footer: keys of the present scope; what Enter answers comes first. */
export function footerOf({ ui, session, isSpectator }: ScreenState, width: number): Line {
  const scope = scopeOf(ui);
  const question = scope === "main" ? questionOf(ui, session) : null;
  if (question === null || question.accept === null) {
    // In the BPM field Enter opens nothing.
    return footerLine(scope, isSpectator, width, ui.hasPaneFocus || isSpectator ? undefined : "open");
  }
  const answer = [bold("Enter", "accent"), span(` ${question.enter}  `, "warn")];
  return [...answer, ...footerLine(scope, isSpectator, width - lineWidth(answer), "open")];
}

function topLabels(state: ScreenState, width: number): readonly FrameLabel[] {
  const right = connectionLine(state);
  const rightWidth = lineWidth(right) + 2;
  const left = identityLine(state, width - rightWidth - 6);
  return [
    { row: 0, left: 1, line: [span("─ ", "frame"), ...left, span(" ")] },
    { row: 0, left: Math.max(4, width - rightWidth - 2), line: [span(" "), ...right, span(" ")] },
  ];
}

/** Who one is, as far as there is room. */
export function identityLine({ session: { me, network } }: ScreenState, width: number): Line {
  const program = [bold(words.program, "title")];
  const networkName = network === null ? [] : [span(`  ${clean(network.genesis.network)}`, "muted")];
  if (me === null) return longestFitting([[...program, ...networkName], program], width);
  const name = bold(clean(me.name), "you");
  const gap = span("  ");
  const address = span(` ${shortHex(me.address)}`, "muted");
  return longestFitting(
    [
      [...program, gap, name, address, ...networkName],
      [...program, gap, name, address],
      [...program, gap, name],
      [name],
    ],
    width,
  );
}

/** State of the connection as sign and word, with what there is to say about it. */
export function connectionLine({ session, nowMs }: Pick<ScreenState, "session" | "nowMs">): Line {
  const { connection, url } = session;
  const where = url.replace(/^wss?:\/\//, "");
  switch (connection.phase) {
    case "connecting":
      return [bold(connectingWords(session, connection.attempt), "warn"), span(` ${where}`, "muted")];
    case "offline":
      return [bold(words.connection.retry(connection.attempt), "bad"), span(" "), ...troubleLine({ session, nowMs })];
    case "otherChain":
      return [bold(words.connection.otherChain, "warn")];
    case "refused":
      return [bold(words.connection.refused, "bad"), span(` ${where}`, "muted")];
    case "failed":
      return [bold(words.connection.failed, "bad")];
    case "online": {
      const warning = clockWarning(connection.clockOffsetMs ?? 0);
      return [
        livenessOf(session),
        span(` ${where} ${Math.round(connection.roundTripMs)}ms`, "muted"),
        ...(warning.length === 0 ? [] : [span(" · ", "muted"), ...warning]),
      ];
    }
  }
}

/** What there is to say of a connection besides its state: why it is gone, or that a clock is off. */
export function troubleLine({ session: { connection }, nowMs }: Pick<ScreenState, "session" | "nowMs">): Line {
  if (connection.phase === "online") return clockWarning(connection.clockOffsetMs ?? 0);
  if (connection.phase !== "offline") return EMPTY_LINE;
  const seconds = secondsLeft(connection.retryAtMs - nowMs);
  return [span(`${words.connection.retryIn(seconds)} · ${clean(connection.reason)}`, "muted")];
}

/** A long chain takes a while before it can be shown. */
function connectingWords({ progress: { linked, total } }: ScreenState["session"], attempt: number): string {
  return linked < total ? words.connection.loading(linked / total) : words.connection.connecting(attempt);
}

function livenessOf(session: ScreenState["session"]): Span {
  const { verified, total } = session.progress;
  if (isForsaken(session)) return bold(words.connection.forsaken, "bad");
  return verified < total
    ? bold(words.connection.verifying(verified / total), "warn")
    : bold(words.connection.live, "good");
}

/** A clock that is off by less is nobody's business: the countdown goes by the hub's. */
const CLOCK_WARNING_MS = 5000;

function clockWarning(offsetMs: number): Line {
  return Math.abs(offsetMs) < CLOCK_WARNING_MS
    ? EMPTY_LINE
    : [span(words.connection.clockOff(age(Math.abs(offsetMs)), offsetMs > 0), "warn")];
}

function titleOf(region: Region, state: ScreenState, layout: ScreenLayout, reader: ChainReader): readonly FrameLabel[] {
  const { id, outer } = region;
  // A focused title begins at the corner with its sign; others leave a stroke before them.
  const at = (line: Line): FrameLabel => {
    const inset = line[0]?.text === "▸" ? 1 : 2;
    // One pane's title never reaches into the next one's.
    const room = outer.width - inset - 1;
    return { row: outer.top, left: outer.left + inset, line: lineWidth(line) > room ? fitLine(line, room) : line };
  };
  if (id === "head" || id === "banner" || id === "winner") return [];
  if (id === "overlay") return [at(titled(overlayTitle(state), null, true)), ...moreLabel(region, state)];
  const { ui } = state;
  if (id === "detail") {
    return [at(titled(detailTitle(ui), null, false))];
  }
  const isFocused = ui.hasPaneFocus && ui.pane === id;
  if (ui.draw !== null && drawRegionOf(ui, layout) === id)
    return [at(drawTitle(ui.draw, region.inner.height, isFocused))];
  if (layout.breakpoint === "tabs" && !state.isSpectator) return [at(tabs(id, state, reader))];
  return [at(titled(paneTitle(id, state), paneInfo(id, state, reader), isFocused))];
}

function detailTitle({ chain, openBlock }: ScreenState["ui"]): string {
  if (chain?.selected === 0) return words.genesis.title;
  return openBlock === null ? words.panes.detail : words.detail.title(openBlock.index);
}

/** At the right of the lower border: how much there is above and below what is seen. */
function moreLabel({ inner, outer }: Region, state: ScreenState): readonly FrameLabel[] {
  const more = moreLine(overlayLines(state, inner.width, inner.height));
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

function titled(title: string, info: Line | null, isFocused: boolean): Line {
  return [
    ...(isFocused ? [bold("▸", "accent")] : []),
    isFocused ? bold(` ${title} `, "accent") : bold(` ${title} `, "title"),
    ...(info === null || info.length === 0
      ? []
      : [span(isFocused ? "━ " : "─ ", isFocused ? "accent" : "frame"), ...info, span(" ")]),
  ];
}

function drawTitle(
  { detail: { block, view } }: NonNullable<ScreenState["ui"]["draw"]>,
  height: number,
  isFocused: boolean,
): Line {
  const info = `${words.draw.lowestWins}, ${words.draw.of(Math.min(view.rows.length, height), block.proposalCount)}`;
  return titled(words.draw.title(block.index), [span(info, "muted")], isFocused);
}

function paneTitle(pane: PaneId, { session, ui }: ScreenState): string {
  const round = shownSession(ui, session).round;
  return pane === "proposals" && round !== null
    ? `${words.panes.proposals} r${round.opening.round}`
    : words.panes[pane];
}

/** Beside a title: the filter, the order, how the chain stands, and that it is paused. */
function paneInfo(pane: PaneId, state: ScreenState, reader: ChainReader): Line {
  const { ui, session } = state;
  const parts: Span[] = [];
  if (ui.paused !== null) parts.push(bold(words.paused, "warn"));
  const filter = ui.filters[pane];
  if (ui.mode.kind === "filter" && ui.mode.pane === pane) parts.push(bold(`/${filter}▏`, "accent"));
  else if (filter !== "") parts.push(span(`/${filter}`, "accent"));
  if (filter !== "") parts.push(span(matchesOf(pane, state, reader), "muted"));
  if (pane === "validators") parts.push(span(`↓ ${ui.sort}`, "muted"));
  if (pane === "chain") parts.push(chainInfo(ui, shownSession(ui, session), filter !== ""));
  return parts.flatMap((part, i) => (i === 0 ? [part] : [span(" "), part]));
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

function tabs(active: PaneId, state: ScreenState, reader: ChainReader): Line {
  const names = PANES.flatMap(
    (pane): Line =>
      pane === active
        ? [bold(`▸ ${paneTitle(pane, state)}`, "accent"), span("  ")]
        : [span(`${paneTitle(pane, state)}`, "muted"), span("  ")],
  );
  const info = paneInfo(active, state, reader);
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
