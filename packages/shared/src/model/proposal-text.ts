/**
 * A proposal is canonicalised in three places: for its signature, for its leaf and for the store. Its fields are few and
 * need no escapes, so that its text is put together directly, and once.
 */
import type { Proposal } from "./proposal.ts";

/** Comes last among the names of a proposal (RFC 8785 §3.2.3), so that what it covers is the beginning of the text. */
const BEFORE_SIGNATURE = ',"signature":"';

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

/** The canonical JSON of what a proposal's signature covers, from the {@link proposalText} of the whole. */
export function signedPartOf(text: string): string {
  return `${text.slice(0, text.lastIndexOf(BEFORE_SIGNATURE))}}`;
}
