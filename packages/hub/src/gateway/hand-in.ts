import type { Fault } from "pos-shared/model/fault.ts";
import type { ErrorCode } from "pos-shared/protocol/error-codes.ts";
import type { RequestOf } from "pos-shared/protocol/requests.ts";
import type { Outcome } from "../sequencer/hub-port.ts";
import type { Gate } from "./gate.ts";
import type { Session } from "./session.ts";

/** Hands a proposal of the login's own key in; the answer comes once it is durable. */
export function propose({ hub }: Gate, session: Session, { id, proposal }: RequestOf<"propose">): void {
  if (!isOfLogin(session, id, fieldOf(proposal, "publicKey"))) return;
  hub.propose(proposal, (outcome) => answer(session, id, outcome, null));
}

/** Hands a transaction of the login's own key in; evidence is anybody's, logged in or not (DESIGN §7). */
export function transact(gate: Gate, session: Session, { id, transaction }: RequestOf<"transact">): void {
  const { hub, evidence } = gate;
  if (fieldOf(transaction, "type") !== "slash") {
    if (!isOfLogin(session, id, fieldOf(transaction, "publicKey"))) return;
  } else if (!evidence.admits(session.address, transaction)) {
    session.refuse(id, { code: "RATE_LIMITED" });
    return;
  }
  hub.transact(transaction, (outcome) => {
    const name = fieldOf(transaction, "name");
    const isTaken = outcome.kind === "refused" && outcome.fault.code === "NAME_TAKEN";
    answer(session, id, outcome, isTaken && typeof name === "string" ? hub.suggestName(name) : null);
  });
}

/** Refuses another key's; what has no key at all is left to the rules, which say where its form is wrong. */
function isOfLogin(session: Session, re: string, publicKey: unknown): boolean {
  const fault = loginFault(session, publicKey);
  if (fault === undefined) return true;
  session.refuse(re, fault);
  return false;
}

function loginFault({ publicKey: own }: Session, publicKey: unknown): Fault<ErrorCode> | undefined {
  if (own === null) return { code: "LOGIN_REQUIRED" };
  if (typeof publicKey !== "string" || publicKey === own) return undefined;
  return { code: "NOT_YOUR_KEY", path: "publicKey", expected: own, actual: publicKey };
}

function answer(session: Session, re: string, outcome: Outcome, suggestion: string | null): void {
  switch (outcome.kind) {
    case "accepted":
      session.send({ type: "accepted", re, receipt: outcome.receipt });
      return;
    case "receipted":
      session.send({ type: "receipted", re, receipt: outcome.receipt });
      return;
    case "refused":
      session.refuse(re, outcome.fault, suggestion);
      return;
    case "storeFailed":
      session.refuse(re, { code: "STORE_FAILED" });
      return;
    case "recovering":
      session.refuse(re, { code: "HUB_RECOVERING" });
      return;
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
