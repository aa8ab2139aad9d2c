/**
 * A proposal is canonicalised in three places: for its signature, for its leaf and for the store. Its fields are few and
 * need no escapes, so that its text is put together directly, and once.
 */
import type { Hex } from "../encoding/hex.ts";
import { taggedBytesOfText } from "../encoding/tagged-bytes.ts";
import type { Proposal } from "./proposal.ts";

/** Comes last among the names of a proposal (RFC 8785 §3.2.3), so that what it covers is the beginning of the text. */
const BEFORE_SIGNATURE = ',"signature":"';
const SIGNATURE_CHARACTERS = 128;
const END = '"}';
/** From what is signed to the end of the text. */
const SIGNATURE_BYTES = BEFORE_SIGNATURE.length + SIGNATURE_CHARACTERS + END.length;
const CLOSING_BRACE = 0x7d;

/**
 * The canonical JSON of a proposal, as `canonicalize` writes it: for one that has its form, which holds nothing but
 * these fields, hex and integers.
 */
export function proposalText({ bpm, claim, prevHash, publicKey, round, signature }: Proposal): string {
  return (
    `{"bpm":${bpm},"claim":{"output":"${claim.output}","proof":"${claim.proof}"},"prevHash":"${prevHash}",` +
    `"publicKey":"${publicKey}","round":${round}${BEFORE_SIGNATURE}${signature}"}`
  );
}

/** The tagged bytes that a proposal's signature covers, from the {@link proposalText} of the whole. */
export function signedBytesOf(chainId: Hex, text: string): Uint8Array {
  const bytes = taggedBytesOfText("proposal", chainId, text);
  const end = bytes.length - SIGNATURE_BYTES;
  bytes[end] = CLOSING_BRACE;
  return bytes.subarray(0, end + 1);
}
