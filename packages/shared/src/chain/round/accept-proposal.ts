import { leafHashHexOfText } from "../../crypto/merkle.ts";
import { signText, verifySignature } from "../../crypto/signature.ts";
import { canonicalize } from "../../encoding/canonical-json.ts";
import { getDigest, setDigest } from "../../ledger/digest-map.ts";
import { getAccount } from "../../ledger/ledger.ts";
import type { Account } from "../../model/account.ts";
import type { EvidenceOfValidator } from "../../model/evidence.ts";
import type { Fault } from "../../model/fault.ts";
import { findFault } from "../../model/form.ts";
import { type Proposal, type SignedProposal, signedProposalForm, unsigned } from "../../model/proposal.ts";
import type { ProposalReceipt } from "../../model/receipt.ts";
import { type CheckedProposal, checkFormedProposal } from "../check-proposal.ts";
import { acceptOwnSlash, refuse } from "./accept-transaction.ts";
import type { Effect } from "./effects.ts";
import {
  type AcceptedProposal,
  andThen,
  type OpenRound,
  type RoundParams,
  type RoundState,
  type Step,
} from "./round-state.ts";

/**
 * A proposal is handed in (SPEC §4, DESIGN §7). The first of a key counts; the same again gets the same receipt; a
 * different one for the same round, or a signed bpm that is no integer, is slashed. What costs no signature check comes
 * first, so that duplicates and floods are cheap.
 */
export function acceptProposal(params: RoundParams, state: RoundState, value: unknown): Step {
  const malformed = findFault(signedProposalForm, value);
  if (malformed !== undefined) return refuse(state, { code: "MALFORMED", ...malformed });
  const proposal = value as SignedProposal;
  const account = getAccount(state.batches[0].ledger, proposal.publicKey);
  const stranger = findStanding(account, proposal);
  if (stranger !== undefined) return refuse(state, stranger);
  if (!Number.isInteger(proposal.bpm)) return refusePolluted(params, state, proposal);
  const { open } = state;
  if (open === undefined) return refuse(state, { code: "NO_OPEN_ROUND" });
  const first = getDigest(open.proposals, proposal.publicKey);
  if (first !== undefined && proposal.round === open.opening.round) return acceptAgain(params, state, first, proposal);
  return acceptFirst(params, state, open, account, proposal);
}

/** Only a bonded account may propose; seen with all transactions accepted so far (SPEC §4). */
function findStanding(account: Account | undefined, { publicKey }: SignedProposal): Fault | undefined {
  if (account === undefined) return { code: "UNKNOWN_ACCOUNT", actual: publicKey };
  if (account.tombstoned) return { code: "TOMBSTONED", actual: account.name };
  return undefined;
}

function acceptFirst(
  params: RoundParams,
  state: RoundState,
  open: OpenRound,
  account: Account | undefined,
  value: SignedProposal,
): Step {
  if (account === undefined || account.bonded === 0)
    return refuse(state, { code: "NOT_BONDED", expected: "bonded stake", actual: 0 });
  if (!hasCommonBpm(value)) {
    const { bpmMin, bpmMax } = params.network.genesis;
    return refuse(state, { code: "BPM_OUT_OF_RANGE", expected: `${bpmMin} to ${bpmMax}`, actual: Number(value.bpm) });
  }
  const checked = checkFormedProposal(params.network, value, open.opening.round, open.opening.prevHash);
  if (!checked.ok) return refuse(state, checked.error);
  const { proposal, text } = checked.value;
  const receipt = receiptFor(params, checked.value);
  const { round: draw, slashes } = open.draw.accept(proposal, account.bonded);
  const proposals = setDigest(open.proposals, proposal.publicKey, { proposal, receipt });
  const accepted: Step = {
    state: { ...state, open: { ...open, proposals, draw } },
    effects: [
      {
        kind: "persist",
        record: { kind: "proposal", round: receipt.round, text, receipt },
      },
      { kind: "answer", answer: { kind: "accepted", receipt } },
      {
        kind: "broadcast",
        broadcast: { kind: "proposal", round: proposal.round, proposal, proposals: proposals.size },
      },
    ],
  };
  return slashes.reduce((step, slash) => andThen(step, (after) => acceptOwnSlash(params, after, slash)), accepted);
}

/**
 * Whether this integer may stand in a proposal's form. A negative bpm, or one above 2^53−1, lies outside of it already:
 * told as what it is, with the range (SPEC §3).
 */
function hasCommonBpm(proposal: SignedProposal): proposal is Proposal {
  return Number.isSafeInteger(proposal.bpm) && Number(proposal.bpm) >= 0;
}

function acceptAgain(params: RoundParams, state: RoundState, first: AcceptedProposal, second: SignedProposal): Step {
  // Another signature over the same content is the same proposal.
  if (canonicalize(unsigned(first.proposal)) === canonicalize(unsigned(second))) {
    return { state, effects: [{ kind: "answer", answer: { kind: "accepted", receipt: first.receipt } }] };
  }
  if (!isSigned(params, second)) return refuse(state, { code: "BAD_SIGNATURE", path: "signature" });
  const evidence = { kind: "equivocation", first: first.proposal, second } as const;
  return slashAuthor(params, state, second, evidence, {
    code: "EQUIVOCATION",
    expected: "the proposal accepted before",
  });
}

function refusePolluted(params: RoundParams, state: RoundState, proposal: SignedProposal): Step {
  if (!isSigned(params, proposal)) return refuse(state, { code: "BAD_SIGNATURE", path: "signature" });
  const fault: Fault = {
    code: "POLLUTED_BPM",
    path: "bpm",
    expected: "an integer",
    actual: JSON.stringify(proposal.bpm),
  };
  return slashAuthor(params, state, proposal, { kind: "bpm", proposal }, fault);
}

function slashAuthor(
  params: RoundParams,
  state: RoundState,
  proposal: SignedProposal,
  evidence: EvidenceOfValidator,
  fault: Fault,
): Step {
  const { round } = proposal;
  const text = canonicalize(proposal);
  const record: Effect = { kind: "persist", record: { kind: "proposal", round, text, receipt: null } };
  const slashed = acceptOwnSlash(params, state, { type: "slash", evidence });
  return {
    state: slashed.state,
    effects: [record, ...slashed.effects, { kind: "answer", answer: { kind: "refused", fault } }],
  };
}

function isSigned({ network }: RoundParams, proposal: SignedProposal): boolean {
  return verifySignature(proposal.publicKey, "proposal", network.chainId, unsigned(proposal), proposal.signature);
}

function receiptFor({ network, hubKey }: RoundParams, { proposal, text }: CheckedProposal): ProposalReceipt {
  const { round } = proposal;
  const leaf = leafHashHexOfText(text);
  // The canonical JSON of both, put together directly.
  const signature = signText(hubKey, "receipt", network.chainId, `{"leaf":"${leaf}","round":${round}}`);
  return { round, leaf, signature };
}
