/**
 * Why the hub closes a connection: the close frame's reason is the code of the protocol, and its number (RFC 6455
 * §7.4.1) says the same as far as numbers can. ws itself closes with 1002, 1007, 1008 and 1009; those get their
 * reasons here too.
 */
import type { ErrorCode } from "pos-shared/protocol/error-codes.ts";

const CLOSE_STATUS = {
  HUB_STOPPING: 1001,
  BROKEN_FRAME: 1002,
  BINARY_FRAME: 1003,
  NOT_JSON: 1007,
  /** Where a client goes on in spite of the refusals, which leave the connection open. */
  RATE_LIMITED: 1008,
  TOO_SLOW: 1008,
  FRAME_TOO_LARGE: 1009,
  HUB_BEHIND: 1011,
  TOO_MANY_CONNECTIONS: 1013,
} as const satisfies Partial<Record<ErrorCode, number>>;

export type ClosingCode = keyof typeof CLOSE_STATUS;

/** Does the hub close the connection with this code, always? */
export function isClosingCode(code: ErrorCode): code is ClosingCode {
  return code !== "RATE_LIMITED" && Object.hasOwn(CLOSE_STATUS, code);
}

export function closeStatusOf(code: ClosingCode): number {
  return CLOSE_STATUS[code];
}

/** The code for a connection that ws closes by itself, by the status that it uses. */
export function codeOfStatus(status: number): ClosingCode | undefined {
  switch (status) {
    // Reserved bits, unknown opcodes, no mask; text that is not UTF-8; a message in too many pieces.
    case 1002:
    case 1007:
    case 1008:
      return "BROKEN_FRAME";
    case 1009:
      return "FRAME_TOO_LARGE";
    default:
      return undefined;
  }
}
