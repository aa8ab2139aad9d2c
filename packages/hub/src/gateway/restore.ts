import type { RequestOf } from "pos-shared/protocol/requests.ts";
import type { Gate } from "./gate.ts";
import type { Session } from "./session.ts";

/** More than any block has, in UTF-16 code units. */
const MAX_UNITS = 16 * 1024 * 1024;
/** A wrong one costs the hub up to a block's whole check. */
const WRONG_COST = 50;

/** Puts the pieces of what a client gives back together, and hands it to the hub (DESIGN §9). */
export function restore({ hub, nowMs }: Gate, session: Session, request: RequestOf<"restore">): void {
  const { id: re, kind, text, isLast } = request;
  const held = session.restoring ?? { pieces: [], units: 0 };
  held.pieces.push(text);
  held.units += text.length;
  session.restoring = isLast ? null : held;
  const isTooMuch = held.units > MAX_UNITS;
  if (isTooMuch || !hub.isRecovering() || (isLast && !hub.restore(kind, parse(held.pieces.join(""))))) {
    session.restoring = null;
    session.bucket.take(WRONG_COST, nowMs());
    session.refuse(re, { code: "NOT_MISSING", actual: kind });
    return;
  }
  session.send({ type: "restored", re, index: hub.status().tip.index });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
