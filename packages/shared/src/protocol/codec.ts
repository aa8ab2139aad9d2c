/** Between frames and messages. Whatever is read is checked against its form; nothing else comes through. */
import type { Fault } from "../model/fault.ts";
import { type FormFault, findFault } from "../model/form.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { ErrorCode } from "./error-codes.ts";
import { type HubMessage, hubMessageForm } from "./hub-messages.ts";
import { MAX_ID_UNITS } from "./limits.ts";
import { type Request, requestForm } from "./requests.ts";

/** Why a frame is refused; `re` names the request where its id could be read. */
export interface RequestFault extends Fault<ErrorCode> {
  readonly re: string | null;
}

export function decodeRequest(frame: string): Result<Request, RequestFault> {
  const parsed = parseJson(frame);
  if (!parsed.ok) return err({ code: "NOT_JSON", re: null });
  const fault = findFault(requestForm, parsed.value);
  if (fault !== undefined) return err({ code: "MALFORMED", re: idOf(parsed.value), ...fault });
  return ok(parsed.value as Request);
}

/** A message of the hub, which the client believes no more than anything else. */
export function decodeHubMessage(frame: string): Result<HubMessage, FormFault> {
  const parsed = parseJson(frame);
  if (!parsed.ok) return err({ path: "", expected: "JSON text", actual: "something else" });
  const isReply = typeof parsed.value === "object" && parsed.value !== null && Object.hasOwn(parsed.value, "re");
  const fault = findFault(isReply ? hubMessageForm.reply : hubMessageForm.push, parsed.value);
  return fault === undefined ? ok(parsed.value as HubMessage) : err(fault);
}

export function encode(message: Request | HubMessage): string {
  return JSON.stringify(message);
}

function parseJson(frame: string): Result<unknown, undefined> {
  try {
    return ok(JSON.parse(frame));
  } catch {
    return err(undefined);
  }
}

function idOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("id" in value)) return null;
  const { id } = value;
  return typeof id === "string" && id.length <= MAX_ID_UNITS && id.isWellFormed() ? id : null;
}
