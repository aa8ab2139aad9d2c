import { decodeRequest } from "pos-shared/protocol/codec.ts";
import type { Request } from "pos-shared/protocol/requests.ts";
import type { Gate } from "./gate.ts";
import { propose, transact } from "./hand-in.ts";
import { logIn } from "./login.ts";
import { restore } from "./restore.ts";
import type { Session } from "./session.ts";

/** What a frame costs that is nothing dearer, in tokens of the connection's bucket. */
const USUAL_COST = 1;
/** A signature to verify and perhaps a join token to guess. */
const LOGIN_COST = 10;
/** Up to two signatures and a VRF proof, from anybody. */
const EVIDENCE_COST = 10;

/** Reads one frame: size (ws has checked it), form, rate, and only then what costs something (PERFORMANCE, rule 4). */
export function handleFrame(gate: Gate, session: Session, data: Buffer, isBinary: boolean): void {
  gate.telemetry.frameReceived();
  if (isBinary) {
    session.refuse(null, { code: "BINARY_FRAME" });
    return;
  }
  const decoded = decodeRequest(data.toString());
  if (!decoded.ok) {
    const { re, ...fault } = decoded.error;
    if (mayGoOn(gate, session, re, USUAL_COST)) session.refuse(re, fault);
    return;
  }
  handleRequest(gate, session, decoded.value);
}

function handleRequest(gate: Gate, session: Session, request: Request): void {
  switch (request.type) {
    // Pages are paced, not counted: who waits for one before asking for the next can always catch up.
    case "genesis":
    case "blocks":
    case "proposals":
    case "prove":
    case "validators":
      if (gate.messageBudgets.take(session.address, USUAL_COST) > 0) {
        session.refuse(request.id, { code: "RATE_LIMITED" });
      } else if (!gate.pages.add(session, request) && mayGoOn(gate, session, request.id, USUAL_COST)) {
        session.refuse(request.id, { code: "RATE_LIMITED" });
      }
      return;
    default:
      if (mayGoOn(gate, session, request.id, costOf(request))) answer(gate, session, request);
  }
}

type CountedRequest = Exclude<Request, { readonly type: "genesis" | "blocks" | "proposals" | "prove" | "validators" }>;

function answer(gate: Gate, session: Session, request: CountedRequest): void {
  const { hub, sessions, fanOut } = gate;
  const re = request.id;
  switch (request.type) {
    case "login":
      logIn(gate, session, request);
      return;
    case "subscribe": {
      fanOut.subscribe(session);
      const { tip, opening, validators, stake, proposals } = hub.status();
      session.send({ type: "subscribed", re, tip, opening, validators, stake, proposals, online: sessions.online });
      return;
    }
    case "propose":
      propose(gate, session, request);
      return;
    case "transact":
      transact(gate, session, request);
      return;
    case "account":
      session.send({ type: "account", re, account: hub.accountOf(request.publicKey) ?? null });
      return;
    case "restore":
      restore(gate, session, request);
      return;
    case "ping":
      session.send({ type: "pong", re, time: Math.floor(hub.nowMs()) });
      return;
  }
}

function costOf(request: Request): number {
  if (request.type === "login") return LOGIN_COST;
  if (request.type === "transact" && isEvidence(request.transaction)) return EVIDENCE_COST;
  return USUAL_COST;
}

function isEvidence(transaction: unknown): boolean {
  return (
    typeof transaction === "object" && transaction !== null && "type" in transaction && transaction.type === "slash"
  );
}

/** The connection's own budget, then that of its address. */
function mayGoOn(gate: Gate, session: Session, re: string | null, cost: number): boolean {
  switch (session.bucket.take(cost, gate.nowMs())) {
    case "pass":
      if (gate.messageBudgets.take(session.address, cost) === 0) return true;
      session.refuse(re, { code: "RATE_LIMITED" });
      return false;
    case "refuse":
      session.refuse(re, { code: "RATE_LIMITED" });
      return false;
    case "close":
      session.close("RATE_LIMITED");
      return false;
  }
}
