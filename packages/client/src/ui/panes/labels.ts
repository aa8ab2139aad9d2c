/** What is written on the borders: identity, connection, titles of regions, the footer. */

import { clean } from "../../words/clean.ts";
import type { ChainReader } from "../chain/chain-reader.ts";
import { shortHex } from "../format/identifiers.ts";
import { bold, EMPTY_LINE, type Line, lineWidth, longestFitting, type Span, span } from "../format/line.ts";
import { age, secondsLeft } from "../format/time.ts";
import type { CommandId } from "../keys/binding.ts";
import { bindingsOf } from "../keys/bindings.ts";
import { type FooterHints, footerLine } from "../keys/footer.ts";
import { needsPanes } from "../keys/pane-keys.ts";
import type { FrameLabel } from "../layout/frame.ts";
import { hasPanes, type ScreenLayout } from "../layout/layout.ts";
import { isForsaken } from "../panels/nothing-shown.ts";
import { bannerIn } from "../state/context.ts";
import { type Question, questionOf } from "../state/questions.ts";
import { scopeOf } from "../state/scope.ts";
import { whyShutOut } from "../state/shut-out.ts";
import type { ScreenState } from "../store/screen-store.ts";
import { words } from "../words.ts";
import { titlesOf } from "./titles.ts";

export function frameLabels(state: ScreenState, layout: ScreenLayout, reader: ChainReader): readonly FrameLabel[] {
  const row = layout.height - 1;
  const titles = layout.regions.flatMap((region) => titlesOf(region, state, layout, reader));
  // What stands on the lowest border at the right, as how much more there is of a long alarm, stays whole.
  const end = Math.min(layout.width - 1, ...titles.filter((title) => title.row === row).map(({ left }) => left));
  const footer = footerOf(state, end - 5);
  return [
    ...topLabels(state, layout.width),
    ...titles,
    { row, left: 1, line: [span("─ ", "frame"), ...footer, span(" ")] },
  ];
}

/** The footer: keys of the present scope; what Enter answers comes first. */
export function footerOf(state: ScreenState, width: number): Line {
  const { ui, session, isSpectator } = state;
  const scope = scopeOf(ui);
  const question = scope === "main" ? questionOf(ui, session) : null;
  const first = question === null ? [] : firstKeys(state, question);
  const without = scope === "main" ? uselessKeys(state, question).filter((command) => !first.includes(command)) : [];
  const hints: FooterHints = { first, without };
  if (question === null || question.accept === null) return footerLine(scope, isSpectator, width, hints);
  const answer = [bold("Enter", "accent"), span(` ${question.enter}`, "warn")];
  const others = footerLine(scope, isSpectator, width - lineWidth(answer) - 2, hints);
  return others.length === 0 ? answer : [...answer, span("  "), ...others];
}

/** What would do nothing now on the main screen. */
function uselessKeys({ ui, session, isSpectator, size }: ScreenState, question: Question | null): readonly CommandId[] {
  const isRoomy = hasPanes(size);
  // In the BPM field Enter opens nothing, and where there is something to answer, it answers that.
  const isForList = isRoomy && (ui.hasPaneFocus || isSpectator);
  const answers = question !== null && question.accept !== null;
  return [
    ...(isForList && !answers ? [] : (["open"] as const)),
    ...(isRoomy
      ? []
      : bindingsOf("main", isSpectator)
          .map(({ command }) => command)
          .filter(needsPanes)),
    ...(whyShutOut(session) === null ? [] : (["stake", "repeat"] as const)),
  ];
}

/** What is needed before all else: to read the rest, and of an alarm to take its evidence away. */
function firstKeys(state: ScreenState, { accept }: Question): readonly CommandId[] {
  return [...(isBannerCut(state) ? (["down"] as const) : []), ...(accept === "acknowledge" ? (["copy"] as const) : [])];
}

/** Has an alarm or a question more to say than its place shows? */
function isBannerCut(state: ScreenState): boolean {
  const shown = bannerIn(state.ui, state);
  return shown !== null && shown.seen.above + shown.seen.below > 0;
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
