import { type KeyObject, verify } from "node:crypto";
import type { Socket } from "node:net";
import type { Proposal } from "pos-shared/model/proposal.ts";

/** RFC 6455 §5.2: two bytes, a length of two, the mask. */
const HEADER_BYTES = 8;

/**
 * The least that a server can do that takes signed proposals over sockets: take the mask off, parse, put the signed text
 * together field by field, verify it, answer. It trusts that a chunk is a frame and that a frame has this one form; it
 * keeps nothing and signs nothing. `tag`: what stands before the text.
 */
export function verifyAndAnswer(
  socket: Socket,
  frame: Buffer,
  tag: string,
  keyOf: (publicKey: string) => KeyObject,
  answer: Buffer,
): void {
  const payload = frame.subarray(HEADER_BYTES);
  for (let i = 0; i < payload.length; i++) payload[i] = (payload[i] ?? 0) ^ (frame[4 + (i & 3)] ?? 0);
  const { proposal: p }: { proposal: Proposal } = JSON.parse(payload.toString("latin1"));
  const text = `${tag}{"bpm":${p.bpm},"claim":{"output":"${p.claim.output}","proof":"${p.claim.proof}"},"prevHash":"${p.prevHash}","publicKey":"${p.publicKey}","round":${p.round}}`;
  const isRight = verify(null, Buffer.from(text), keyOf(p.publicKey), Buffer.from(p.signature, "hex"));
  if (!isRight) throw new Error("a wrong signature");
  socket.write(answer);
}
