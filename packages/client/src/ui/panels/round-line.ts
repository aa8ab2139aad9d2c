import type { SessionState } from "../../session/session.ts";
import { bar } from "../format/bars.ts";
import { bold, type Line, lineWidth, span } from "../format/line.ts";
import { countdown } from "../format/time.ts";
import { words } from "../words.ts";
import { isForsaken, noRoundText } from "./nothing-shown.ts";

export interface RoundLineProps {
  readonly session: Pick<SessionState, "round" | "connection" | "me" | "alarms">;
  /** By the local clock; while the hub is away, the moment at which it went. */
  readonly nowMs: number;
  readonly isFrozen: boolean;
  readonly width: number;
  /** With the trail of phases, where there is room. */
  readonly hasTrail?: boolean;
  /** Show the draw phase: the close has passed, or its draw is being played. */
  readonly isDrawing?: boolean;
}

/** The open round: number, phase, what is left of it as a bar and in seconds, how many have proposed. */
export function roundLine({
  session,
  nowMs,
  isFrozen,
  width,
  hasTrail = false,
  isDrawing = false,
}: RoundLineProps): Line {
  const { round } = session;
  if (round === null) return [span(noRoundText(session), isForsaken(session) ? "bad" : "muted")];
  const leftMs = Math.max(0, round.closesAtMs - nowMs);
  const phase = phaseOf(isFrozen, leftMs);
  const head = [
    span(`${words.round.round} `, "muted"),
    bold(String(round.opening.round)),
    span(" "),
    bold(phase.text, phase.tone),
    span("  "),
  ];
  const isUrgent = leftMs <= Math.min(URGENT_MS, round.roundMs / 3) && !isFrozen;
  const tail = [
    bold(` ${countdown(leftMs).padStart(5)}`, isUrgent ? "warn" : "accent"),
    span(`   ${words.round.proposed} `, "muted"),
    span(`${round.proposals}/${round.validators}`),
    ...(hasTrail ? trail(isDrawing || leftMs === 0) : []),
  ];
  const { full, rest } = bar(leftMs / round.roundMs, width - lineWidth(head) - lineWidth(tail));
  return [...head, span(full, isFrozen ? "muted" : isUrgent ? "warn" : "bar"), span(rest, "frame"), ...tail];
}

const URGENT_MS = 5000;

function phaseOf(isFrozen: boolean, leftMs: number): { text: string; tone: "muted" | "good" | "warn" } {
  if (isFrozen) return { text: words.round.frozen, tone: "muted" };
  return leftMs > 0 ? { text: words.round.open, tone: "good" } : { text: words.round.closing, tone: "warn" };
}

function trail(isDrawing: boolean): Line {
  const [open, draw, sealed] = words.round.phases;
  return [
    span("   "),
    isDrawing ? span(open, "muted") : bold(open, "good"),
    span(" ▸ ", "muted"),
    isDrawing ? bold(draw, "warn") : span(draw, "muted"),
    span(" ▸ ", "muted"),
    span(sealed, "muted"),
  ];
}
