import type { Network } from "pos-shared/chain/network.ts";
import { type EvidenceOfValidator, validatorEvidenceForm } from "pos-shared/model/evidence.ts";
import { conforms } from "pos-shared/model/form.ts";
import { signedProposalForm } from "pos-shared/model/proposal.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { type Slash, slashForm } from "pos-shared/model/transaction.ts";

/**
 * Evidence against a validator as people hold it: a whole slash, the evidence in it, one signed proposal (a polluted BPM,
 * or else a false claim), or two of one key for one round.
 */
export function slashOf(value: unknown): Slash | undefined {
  if (conforms(slashForm, value)) return value;
  if (conforms(validatorEvidenceForm, value)) return slash(value);
  if (conforms(signedProposalForm, value)) {
    return slash({ kind: Number.isInteger(value.bpm) ? "vrf" : "bpm", proposal: value });
  }
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [first, second]: readonly unknown[] = value;
  if (!conforms(signedProposalForm, first) || !conforms(signedProposalForm, second)) return undefined;
  return slash({ kind: "equivocation", first, second });
}

/**
 * What of evidence can be checked before it is handed in. Whether a claim is false shows only with the seed of the block
 * that it was made on.
 */
export function checkSlash({ chainId, rule }: Network, { evidence }: Slash): Result<void, string> {
  const fault = rule.findEvidenceFault(chainId, evidence, () => undefined);
  if (fault === undefined || fault.code === "UNKNOWN_BLOCK") return ok(undefined);
  return err(`it proves nothing: expected ${fault.expected ?? "an offence"}, got ${fault.actual ?? fault.code}`);
}

function slash(evidence: EvidenceOfValidator): Slash {
  return { type: "slash", evidence };
}
