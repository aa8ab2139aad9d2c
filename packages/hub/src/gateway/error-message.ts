import type { Fault } from "pos-shared/model/fault.ts";
import type { ErrorCode } from "pos-shared/protocol/error-codes.ts";
import type { ReplyOf } from "pos-shared/protocol/hub-messages.ts";

/** As long as the form of an error's texts allows. */
const MAX_UNITS = 400;

/** A refusal as a message. What a client wrote (an unknown key, say) may come back in it, cut to a fitting length. */
export function errorMessage(
  re: string | null,
  fault: Fault<ErrorCode>,
  suggestion: string | null = null,
): ReplyOf<"error"> {
  const { code, path, expected, actual } = fault;
  return { type: "error", re, code, path: clip(path), expected: clip(expected), actual: clip(actual), suggestion };
}

function clip(value: string | number | undefined): string | null {
  if (value === undefined) return null;
  const text = String(value);
  return (text.length > MAX_UNITS ? `${text.slice(0, MAX_UNITS - 1)}…` : text).toWellFormed();
}
