/**
 * Why a transaction, a proposal or evidence is refused: a stable code with what was expected and what came. Codes of
 * the connection are added by `protocol/error-codes.ts`, which also turns each of them into a sentence.
 */
export type FaultCode =
  | "MALFORMED"
  | "BAD_PUBLIC_KEY"
  | "BAD_SIGNATURE"
  | "UNKNOWN_ACCOUNT"
  | "UNKNOWN_RECIPIENT"
  | "ALREADY_JOINED"
  | "NAME_TAKEN"
  | "WRONG_GRANT"
  | "WRONG_NONCE"
  | "INSUFFICIENT_FUNDS"
  | "SUPPLY_LIMIT"
  | "ROUND_LIMIT"
  | "TOO_MANY_PENDING"
  | "TOMBSTONED"
  | "ALREADY_SLASHED"
  | "NO_OFFENCE"
  | "UNKNOWN_BLOCK"
  | "ROUND_CLOSED"
  | "ROUND_NOT_OPEN"
  | "STALE_TIP"
  | "BPM_OUT_OF_RANGE"
  | "POLLUTED_BPM"
  | "EQUIVOCATION"
  | "NOT_BONDED";

export interface Fault<Code extends string = FaultCode> {
  readonly code: Code;
  /** The place inside what was sent, as in `claim.output`. */
  readonly path?: string;
  readonly expected?: string | number;
  readonly actual?: string | number;
}
