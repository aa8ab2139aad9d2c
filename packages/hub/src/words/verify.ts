import type { VerifyFinding, VerifyReport } from "../data/verify-chain.ts";
import { counted, grouped } from "./plain.ts";

/** What a verification that found nothing wrong looked at. */
export function sentenceOfVerifyReport({ full, replica, accounts }: VerifyReport): string {
  const older = replica === 0 ? "" : ` (${grouped(replica)} without their proposals, which are no longer kept)`;
  return `All holds: ${counted(full + replica, "block")}${older}, ${counted(accounts, "account")}.`;
}

/** The first thing that is wrong with a stored chain. */
export function sentenceOfVerifyFinding(finding: VerifyFinding): string {
  const values = `expected ${finding.expected}, got ${finding.actual}`;
  return finding.kind === "block"
    ? `block ${finding.index} breaks the rule ${finding.rule}: ${values}`
    : `the chain holds, but what is stored beside it does not fit: ${finding.what}: ${values}`;
}

/** How far a verification is. */
export function progressLine(index: number, tipIndex: number): string {
  const percent = tipIndex === 0 ? 100 : Math.floor((100 * index) / tipIndex);
  return `verified ${grouped(index)} of ${counted(tipIndex, "block")}, ${percent} %`;
}
