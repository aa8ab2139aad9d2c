/** The verdicts of `pos-client verify` in plain English. */
import type { EvidenceVerdict } from "../replica/evidence/check-evidence.ts";
import type { EvidenceFile } from "../replica/evidence/evidence-file.ts";
import type { ChainReport } from "../replica/verify-chain.ts";
import { alarmWordsOf, short } from "./alarms.ts";
import { clean } from "./clean.ts";
import { counted, grouped } from "./plain.ts";

export function sentenceOfReport({ full, replica }: ChainReport, accounts: number): string {
  const blocks = counted(full + replica, "block");
  const draws =
    full === 0
      ? "without their proposals"
      : replica === 0
        ? "draws and all"
        : `${grouped(replica)} of them without their proposals`;
  return `All holds: ${blocks}, ${draws}; ${counted(accounts, "account")}.`;
}

export function sentenceOfBroken({ code, index, expected, actual, proven }: EvidenceFile): string {
  const weight = proven
    ? "The hub signed it, which proves it dishonest."
    : "Nothing that the hub signed proves whose doing that is.";
  return `block ${index} breaks the rule ${code}: expected ${expected}, got ${actual}. ${weight}`;
}

/** A line for each thing to know. */
export function sentenceOfEvidence({ finding, isProven, needsChain, chainId }: EvidenceVerdict): string {
  const { rule, index, expected, actual } = finding;
  if (needsChain !== null) {
    return `Not judged: whether block ${index} of ${chainId} breaks the rule ${rule} shows only with the chain up to block ${needsChain}. Add --chain-file with an exported one.`;
  }
  const { said, truth, known } = alarmWordsOf(finding, { own: "its writer's", nameOf: short });
  return [
    isProven
      ? "Confirmed: by its own signatures the hub is dishonest."
      : "Plausible, but only a suspicion: no signature of the hub proves it.",
    `The hub said: ${said}.`,
    `The truth: ${truth}.`,
    `How it is known: ${known}`,
    `In full: ${rule} at block ${index} of ${chainId}: expected ${expected}, got ${actual}.`,
  ]
    .map(clean)
    .join("\n");
}

export function progressLine(index: number, total: number | undefined): string {
  if (total === undefined) return `verified ${counted(index, "block")}`;
  return `verified ${grouped(index)} of ${counted(total, "block")}, ${Math.floor((100 * index) / Math.max(total, 1))} %`;
}
