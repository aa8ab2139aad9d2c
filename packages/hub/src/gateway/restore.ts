import type { RequestOf } from "pos-shared/protocol/requests.ts";
import type { Gate } from "./gate.ts";
import type { Session } from "./session.ts";

/** A wrong one costs the hub up to a block's whole check. */
const WRONG_COST = 50;

/** Puts the pieces of what a client gives back together, and hands it to the hub (DESIGN §9). */
export function restore(gate: Gate, session: Session, request: RequestOf<"restore">): void {
  const { hub, limits, restoring } = gate;
  const { id: re, kind, text, isLast } = request;
  session.restoring ??= { pieces: [], units: 0 };
  const { pieces } = session.restoring;
  pieces.push(text);
  session.restoring.units += text.length;
  restoring.units += text.length;
  const isTooMuch = session.restoring.units > limits.maxRestoreUnits || restoring.units > limits.maxRestoreTotalUnits;
  if (isLast || isTooMuch || !hub.isRecovering()) forgetPieces(gate, session);
  if (isTooMuch || !hub.isRecovering() || (isLast && !hub.restore(kind, parse(pieces.join(""))))) {
    session.bucket.take(WRONG_COST, gate.nowMs());
    session.refuse(re, { code: "NOT_MISSING", actual: kind });
    return;
  }
  session.send({ type: "restored", re, index: hub.status().tip.index });
}

/** Lets go of what a client has given back so far: it is whole, or never will be. */
export function forgetPieces({ restoring }: Pick<Gate, "restoring">, session: Session): void {
  restoring.units -= session.restoring?.units ?? 0;
  session.restoring = null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
