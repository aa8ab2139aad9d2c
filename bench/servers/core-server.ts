/** The hub without sockets, on a disk: from a frame's text to the receipt's frame. */
import { verifyingKey } from "pos-shared/crypto/keys.ts";
import { taggedBytes } from "pos-shared/encoding/tagged-bytes.ts";
import { type Proposal, unsigned } from "pos-shared/model/proposal.ts";
import { decodeRequest, encode } from "pos-shared/protocol/codec.ts";
import { textFrame } from "../../packages/hub/src/gateway/frame.ts";
import { type Signed, verifyAll } from "../baselines/verify-loop.ts";
import { serve } from "../run/child.ts";
import { type BenchHub, startStoredHub } from "../support/bench-hub.ts";
import { keysOf } from "../support/bench-network.ts";
import { makeDataDirectory } from "../support/data-directory.ts";
import { makeField } from "../support/field.ts";

export type Core = {
  /** A hub with so many bonded validators, on a new data directory or on one that is there. */
  open: (plan: { readonly directory: string; readonly validators: number; readonly isThere?: boolean }) => void;
  /** Signs a proposal of so many validators for the open round, of all where it says null. */
  prepare: (proposers: number | null) => void;
  /** Takes them all in; milliseconds until the last receipt was ready to be sent, durable before. */
  accept: (none: null) => Promise<number>;
  /** Verifies the same signatures and does nothing else; milliseconds. */
  verify: (none: null) => number;
  /** Closes the round; milliseconds until its block was durable and told. */
  close: (none: null) => Promise<number>;
};

/** So many frames come in one turn of the event loop. */
const AT_ONCE = 200;

let hub: BenchHub;
let validators = 0;
let texts: string[] = [];
let signatures: Signed[] = [];

serve({
  open: (plan) => {
    validators = plan.validators;
    if (plan.isThere !== true) makeDataDirectory(plan.directory, validators);
    hub = startStoredHub(plan.directory);
    hub.sequencer.start();
  },
  prepare: (proposers) => {
    const proposals = makeField(hub.network.chainId, hub.slot(), keysOf(0, proposers ?? validators));
    texts = proposals.map((proposal) => JSON.stringify({ type: "propose", id: "p", proposal }));
    signatures = proposals.map(signedOf);
  },
  accept: async () => {
    const startedMs = performance.now();
    const receipts: Promise<Buffer>[] = [];
    for (const [i, text] of texts.entries()) {
      receipts.push(handIn(text));
      if (i % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(receipts);
    return performance.now() - startedMs;
  },
  verify: () => {
    const startedMs = performance.now();
    verifyAll(signatures);
    return performance.now() - startedMs;
  },
  close: async () => {
    const startedMs = performance.now();
    await hub.closeRound();
    return performance.now() - startedMs;
  },
} satisfies Core);

function handIn(text: string): Promise<Buffer> {
  const decoded = decodeRequest(text);
  if (!decoded.ok || decoded.value.type !== "propose") throw new Error("no proposal");
  const { id: re, proposal } = decoded.value;
  return new Promise((resolve, reject) => {
    hub.port.propose(proposal, (outcome) => {
      if (outcome.kind === "accepted") resolve(textFrame(encode({ type: "accepted", re, receipt: outcome.receipt })));
      else reject(new Error(`not accepted: ${JSON.stringify(outcome)}`));
    });
  });
}

function signedOf(proposal: Proposal): Signed {
  return {
    message: Buffer.from(taggedBytes("proposal", hub.network.chainId, unsigned(proposal))),
    key: verifyingKey(proposal.publicKey),
    signature: Buffer.from(proposal.signature, "hex"),
  };
}
