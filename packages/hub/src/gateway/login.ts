import { createHash, timingSafeEqual } from "node:crypto";
import { addressOf, isValidPublicKey } from "pos-shared/crypto/keys.ts";
import { verifySignature } from "pos-shared/crypto/signature.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Fault } from "pos-shared/model/fault.ts";
import type { ErrorCode } from "pos-shared/protocol/error-codes.ts";
import type { RequestOf } from "pos-shared/protocol/requests.ts";
import type { HubPort } from "../sequencer/hub-port.ts";
import type { Gate } from "./gate.ts";
import type { Session } from "./session.ts";
import { TakeOver } from "./take-over.ts";

type Login = RequestOf<"login">;

/**
 * A login is a signature over this connection's challenge (SPEC §4). A key has one live session: a second login is
 * refused with where the first one is from, unless that one no longer answers (DESIGN §7).
 */
export function logIn(gate: Gate, session: Session, request: Login): void {
  const fault = findLoginFault(gate, session, request);
  if (fault !== undefined) {
    session.refuse(request.id, fault);
    return;
  }
  const { hub, sessions, limits, log } = gate;
  const { tip } = request;
  if (hub.isAhead(tip) && tip !== null) {
    const { index, hash } = tip;
    log.event("behind", { index, hash });
    session.refuse(request.id, { code: "HUB_BEHIND", expected: hub.status().tip.index, actual: index });
    return;
  }
  const first = sessions.holderOf(request.publicKey);
  if (first === undefined || !first.isOpen) {
    if (first !== undefined) sessions.logOut(first);
    welcome(gate, session, request);
    return;
  }
  const refuse = () => session.refuse(request.id, { code: "SESSION_ELSEWHERE", actual: first.from });
  if (first.contest !== null) {
    refuse();
    return;
  }
  new TakeOver(first, session, limits.takeOverMs, refuse, () => {
    first.close("TOO_SLOW");
    sessions.logOut(first);
    welcome(gate, session, request);
  });
}

function findLoginFault(gate: Gate, session: Session, login: Login): Fault<ErrorCode> | undefined {
  const { hub, options } = gate;
  const { publicKey, signature, token } = login;
  const { challenge } = session;
  if (challenge === null || session.contest !== null) return { code: "ALREADY_LOGGED_IN" };
  if (!isValidPublicKey(publicKey) || publicKey === hub.genesis.hub) {
    return { code: "BAD_PUBLIC_KEY", path: "publicKey", actual: publicKey };
  }
  if (options.token !== null && !isSameSecret(options.token, token ?? "")) return { code: "TOKEN_REFUSED" };
  const key = keptText(hub, publicKey);
  if (!verifySignature(key, "login", hub.chainId, { challenge }, signature)) return { code: "LOGIN_REFUSED" };
  return undefined;
}

/** A key as its account has it. What is remembered of a login would keep a copy of its own, 80 bytes a connection. */
function keptText(hub: HubPort, publicKey: Hex): Hex {
  return hub.accountOf(publicKey)?.publicKey ?? publicKey;
}

/** Takes as long whatever is wrong with the guess, its length included. */
function isSameSecret(secret: string, guess: string): boolean {
  return timingSafeEqual(sha256(secret), sha256(guess));
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function welcome({ hub, sessions, changes, log }: Gate, session: Session, { id: re, publicKey }: Login): void {
  sessions.logIn(session, keptText(hub, publicKey));
  const account = hub.accountOf(publicKey) ?? null;
  const held = hub.acceptedProposalOf(publicKey);
  session.send({
    type: "welcome",
    re,
    account,
    // Field by field: the hub may keep more beside them than the message has.
    proposal: held === undefined ? null : { proposal: held.proposal, receipt: held.receipt },
    transactions: hub.waitingTransactionsOf(publicKey).map(({ transaction, receipt }) => ({ transaction, receipt })),
  });
  if (account === null) return;
  changes.mark(publicKey);
  log.event("online", { address: addressOf(publicKey), name: account.name, from: session.from });
}
