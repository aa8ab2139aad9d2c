/** Frames made from the protocol's own forms: right ones, nearly right ones, signed ones, and noise. */
import fc from "fast-check";
import type { Form } from "pos-shared/model/form.ts";
import { proposalForm, signedProposalForm } from "pos-shared/model/proposal.ts";
import { bondForm, joinForm, transactionForm, transferForm, unbondForm } from "pos-shared/model/transaction.ts";
import { MAX_FRAME_BYTES } from "pos-shared/protocol/limits.ts";
import { requestForm } from "pos-shared/protocol/requests.ts";
import { arbitraryOf, nearMissOf } from "pos-shared/test-support/arbitrary-of-form.ts";
import type { Known } from "./fuzz-wire.ts";
import type { Person } from "./person.ts";

/** Makes the frame when it is sent, for what is signed over what is known then. */
export type Frame = (client: Known, person: Person) => string | Buffer;

const id = fc.string({ maxLength: 32 }).map((text) => text.toWellFormed());

/** Some value of a form, right or wrong in one place. */
function about(form: Form<unknown>): fc.Arbitrary<unknown> {
  const wrong = nearMissOf(form)?.map(({ value }) => value) ?? fc.constant(null);
  return fc.oneof(arbitraryOf(form), wrong);
}

const fixed = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<Frame> =>
  arbitrary.map((value) => () => JSON.stringify(value) ?? "");

/** Inside of a right request, something that the rules look at. */
const inside = fc.oneof(
  fc.record({ type: fc.constant("propose"), id, proposal: about(proposalForm) }),
  fc.record({ type: fc.constant("propose"), id, proposal: arbitraryOf(signedProposalForm) }),
  fc.record({ type: fc.constant("transact"), id, transaction: about(transactionForm) }),
);

/** A transaction that its author really signed, whatever stands in it. */
const signedTransaction: fc.Arbitrary<Frame> = fc
  .tuple(
    id,
    fc.oneof(...[joinForm, bondForm, unbondForm, transferForm].map((form) => arbitraryOf<object>(form))),
    fc.boolean(),
  )
  .map(([id, { ...fields }, isSmall]) => (client: Known, person: Person) => {
    const { signature: _, ...unsigned } = fields as Record<string, unknown>;
    const small = isSmall && "amount" in unsigned ? { amount: 1, nonce: 1 + (Number(unsigned.nonce) % 4) } : {};
    return JSON.stringify({
      type: "transact",
      id,
      transaction: person.transaction(client.chainId, { ...unsigned, ...small }),
    });
  });

/** A proposal for about the open round that its author really signed. */
const signedProposal: fc.Arbitrary<Frame> = fc
  .tuple(id, fc.integer({ min: -1, max: 1 }), fc.integer({ min: 0, max: 300 }), fc.boolean())
  .map(([id, off, bpm, isStale]) => (client: Known, person: Person) => {
    const slot = client.opening === null ? { round: 1, prevHash: client.chainId } : client.opening;
    const round = Math.max(1, slot.round + off);
    const prevHash = isStale ? "0".repeat(64) : slot.prevHash;
    const claim = { output: "0".repeat(128), proof: "0".repeat(160) };
    return JSON.stringify({
      type: "propose",
      id,
      proposal: person.proposal(client.chainId, { round, prevHash, seed: "" }, bpm, claim),
    });
  });

const noise = fc.oneof(
  fc.json().map(
    (text): Frame =>
      () =>
        text,
  ),
  fc.string({ unit: "binary" }).map(
    (text): Frame =>
      () =>
        text.toWellFormed(),
  ),
  fc.integer({ min: 1, max: 9_000 }).map(
    (depth): Frame =>
      () =>
        "[".repeat(depth) + "]".repeat(depth),
  ),
);

/** These end the connection, so there are few of them. */
const ending = fc.oneof(
  fc.uint8Array({ maxLength: 64 }).map(
    (bytes): Frame =>
      () =>
        Buffer.from(bytes),
  ),
  fc.constant<Frame>(() => "x".repeat(MAX_FRAME_BYTES + 1)),
);

export const frames: fc.Arbitrary<Frame> = fc.oneof(
  { weight: 30, arbitrary: fixed(arbitraryOf(requestForm)) },
  { weight: 30, arbitrary: fixed(nearMissOf(requestForm)?.map(({ value }) => value) ?? fc.constant(null)) },
  { weight: 20, arbitrary: fixed(inside) },
  { weight: 10, arbitrary: signedTransaction },
  { weight: 6, arbitrary: signedProposal },
  { weight: 3, arbitrary: noise },
  { weight: 1, arbitrary: ending },
);
