/** Other values of the same form as one that stands in a block: what a cheat would put in its place. */
import { isHex, toHex } from "../../src/encoding/hex.ts";
import { MAX_INTEGER } from "../../src/model/limits.ts";
import { isTimestamp, millisecondsOf, timestampOf } from "../../src/model/timestamp.ts";
import { flipBit } from "./bytes.ts";

const TRANSACTION_TYPES = ["join", "bond", "unbond", "transfer", "slash"];
const EVIDENCE_KINDS = ["bpm", "equivocation", "vrf"];

/**
 * A few other values of the same form: the next and the last integers, a first or a last bit turned, a moment earlier
 * or later, another type, another name.
 *
 * @param elsewhere values that stand at other places, of which those of the same length are taken for hex
 */
export function otherValues(value: unknown, elsewhere: readonly unknown[] = []): unknown[] {
  const others = typeof value === "string" ? otherTexts(value, elsewhere) : otherScalars(value);
  return others.filter((other) => other !== value);
}

function otherScalars(value: unknown): unknown[] {
  if (typeof value === "number") return [value + 1, Math.max(value - 1, 0), 0, MAX_INTEGER];
  if (typeof value === "boolean") return [!value];
  throw new Error(`no other values known for ${JSON.stringify(value)}`);
}

function otherTexts(text: string, elsewhere: readonly unknown[]): string[] {
  // Written down as booleans: as type guards they would leave nothing of a string that is not one.
  const isMoment: boolean = isTimestamp(text);
  const isDigest: boolean = text.length >= 64 && isHex(text, text.length / 2);
  if (TRANSACTION_TYPES.includes(text)) return TRANSACTION_TYPES;
  if (EVIDENCE_KINDS.includes(text)) return EVIDENCE_KINDS;
  if (isMoment) return [-1, 1, 86_400_000].map((ms) => timestampOf(millisecondsOf(text) + ms));
  if (!isDigest) return ["zoe", text.slice(0, -1) || "z", text.toUpperCase(), text.toLowerCase()];
  const found = elsewhere.find((other) => typeof other === "string" && other.length === text.length && other !== text);
  return [flipBit(text, 0), flipBit(text, text.length * 4 - 1), typeof found === "string" ? found : text];
}

/** One other value of the same form, made of random bytes (at least 80). */
export function randomOther(value: unknown, bytes: Uint8Array): unknown {
  const [first = 0, second = 0] = bytes;
  const integer = bytes.subarray(2, 8).reduce((sum, byte) => sum * 256 + byte, 0);
  if (typeof value === "number") return [integer % 300, integer % 1_000_000, integer, MAX_INTEGER - first][second % 4];
  if (typeof value === "string" && value.length >= 64) return toHex(bytes.subarray(0, value.length / 2));
  if (isTimestamp(value)) return timestampOf(integer % 4_000_000_000_000);
  const others = otherValues(value);
  return others[first % others.length];
}
