/** What each alarm's evidence holds, and what it is worth. docs/evidence.md is held to this table. */
import { RULE_NAMES, type RuleName } from "pos-shared/rules/check.ts";
import type { AlarmCode } from "../alarm.ts";

/** A part of an evidence file. */
export type Part =
  | "before"
  | "accounts"
  | "block"
  | "transactions"
  | "otherBlock"
  | "proposals"
  | "proofs"
  | "ownProposals"
  | "ownTransactions"
  | "openings"
  | "seedBlocks"
  | "unanswered"
  | "observed";

export interface EvidenceCode {
  /** `either`: it depends on what the hub signed of it. */
  readonly weight: "proves" | "suspects" | "either";
  /** Everything that may be there; what is not listed must be empty, so that nothing stands in a file unchecked. */
  readonly parts: ReadonlySet<Part>;
}

/** The rules that are checked before the transactions are looked at rest on two headers alone. */
const ON_HEADERS: ReadonlySet<RuleName> = new Set(before("transactionCount"));
/** Those before `transaction` look at no account. */
const WITHOUT_ACCOUNTS: ReadonlySet<RuleName> = new Set(before("transaction"));
const ON_PROPOSALS: ReadonlySet<RuleName> = new Set([
  "proposals",
  "proposalCount",
  "proposalsRoot",
  "eligibleStake",
  "draw",
]);

const WEIGHTS: Partial<Readonly<Record<RuleName, EvidenceCode["weight"]>>> = {
  // Of a block of another place in the chain, nothing is proven; of one on the same tip it is.
  index: "either",
  // What the hub did not sign, anybody may have made.
  hash: "suspects",
  hubSignature: "suspects",
  // The hub signed the root, but not what was served for it.
  transactionsRoot: "suspects",
  proposalsRoot: "suspects",
  proposals: "either",
  proposalCount: "either",
  eligibleStake: "either",
  draw: "either",
};

const OWN: Partial<Readonly<Record<RuleName, readonly Part[]>>> = {
  timestamp: ["openings"],
  ownScore: ["ownProposals"],
  ownRound: ["ownProposals", "openings"],
  ownTransaction: ["ownTransactions", "openings"],
  proposals: ["ownProposals"],
  draw: ["proofs"],
};

/** Nothing is proven by what has no form, and a wrong genesis is not followed at all. */
type Silent = "genesis" | "form";

const OTHERS: Readonly<Record<Exclude<AlarmCode, RuleName>, EvidenceCode>> = {
  openings: { weight: "proves", parts: new Set(["before", "openings"]) },
  blocks: { weight: "either", parts: new Set(["block", "otherBlock"]) },
  inclusion: { weight: "either", parts: new Set(["block", "ownProposals", "proofs"]) },
  noReceipt: {
    weight: "suspects",
    parts: new Set(["before", "accounts", "block", "openings", "unanswered", "observed"]),
  },
  earlyClose: { weight: "suspects", parts: new Set(["before", "block", "openings", "observed"]) },
};

export const EVIDENCE_CODES: Readonly<Record<Exclude<AlarmCode, Silent>, EvidenceCode>> = {
  ...(Object.fromEntries(
    RULE_NAMES.filter((rule) => !isSilent(rule)).map((rule) => [rule, codeOfRule(rule)]),
  ) as Readonly<Record<Exclude<RuleName, Silent>, EvidenceCode>>),
  ...OTHERS,
};

export function isEvidenceCode(code: string): code is keyof typeof EVIDENCE_CODES {
  return Object.hasOwn(EVIDENCE_CODES, code);
}

export function isOnHeaders(rule: RuleName): boolean {
  return ON_HEADERS.has(rule);
}

export function isOnProposals(rule: RuleName): boolean {
  return ON_PROPOSALS.has(rule);
}

function codeOfRule(rule: RuleName): EvidenceCode {
  const parts = new Set<Part>(["before", "block", ...(OWN[rule] ?? [])]);
  if (!ON_HEADERS.has(rule)) parts.add("transactions");
  if (!WITHOUT_ACCOUNTS.has(rule)) parts.add("accounts").add("seedBlocks");
  if (ON_PROPOSALS.has(rule)) parts.add("proposals");
  return { weight: WEIGHTS[rule] ?? "proves", parts };
}

function before(rule: RuleName): RuleName[] {
  return RULE_NAMES.slice(0, RULE_NAMES.indexOf(rule));
}

function isSilent(rule: RuleName): rule is Silent {
  return rule === "genesis" || rule === "form";
}
