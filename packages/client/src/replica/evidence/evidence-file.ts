/**
 * What an alarm leaves behind: a file that somebody else can check offline, trusting neither side. Everything that the
 * hub signed proves itself; the accounts before the failed block are pinned by the sealed block before it. What each
 * code's file holds, and what it is worth, is a table in docs/evidence.md.
 */
import { sha256OfText } from "pos-shared/crypto/hash.ts";
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import { type Hex, toHex } from "pos-shared/encoding/hex.ts";
import { accountForm } from "pos-shared/model/account.ts";
import { sealedHeaderForm } from "pos-shared/model/block.ts";
import {
  anyOf,
  anything,
  boolean,
  hex,
  integer,
  list,
  literal,
  nullable,
  type Of,
  record,
  text,
  timestamp,
} from "pos-shared/model/form.ts";
import { openingForm } from "pos-shared/model/opening.ts";
import { proposalForm } from "pos-shared/model/proposal.ts";
import { proposalReceiptForm, transactionReceiptForm } from "pos-shared/model/receipt.ts";

export const EVIDENCE_VERSION = 1;

/** Long enough for every expected and actual value that a rule names. */
export const MAX_TEXT_UNITS = 4_096;
const value = anyOf(integer(), text(MAX_TEXT_UNITS));

export const evidenceFileForm = record({
  kind: literal("pos-evidence"),
  version: literal(EVIDENCE_VERSION),
  createdAt: timestamp,
  code: text(40),
  index: integer(),
  expected: value,
  actual: value,
  /** By what the hub signed; else it is a suspicion. */
  proven: boolean,
  /** It cannot be judged without the chain up to this block; null where it stands alone. */
  needsChain: nullable(integer()),
  chainId: hex(32),
  genesis: anything,
  /** The last sealed block before the failed one, and the accounts after it; null at genesis, or where not needed. */
  before: nullable(sealedHeaderForm),
  accounts: nullable(list(accountForm)),
  /** The failed block, without its `transactions` where they do not matter. */
  block: anything,
  /** For `blocks`: the one of the same index that was verified. */
  otherBlock: nullable(sealedHeaderForm),
  /** All proposals of the round as they were served. */
  proposals: nullable(list(anything)),
  /** Inclusion proofs of the block's proposals. */
  proofs: list(record({ position: integer(), proposal: anything, path: list(hex(32), 64) })),
  held: record({
    proposals: list(record({ proposal: anything, receipt: proposalReceiptForm })),
    transactions: list(record({ transaction: anything, receipt: transactionReceiptForm })),
    openings: list(openingForm),
  }),
  /** Earlier sealed blocks whose seeds evidence in the failed block speaks of. */
  seedBlocks: list(sealedHeaderForm),
  /** For `noReceipt`: the proposal that got no answer. */
  unanswered: nullable(proposalForm),
  /** What nobody but its writer has seen, by the hub's clock: when the proposal went out, when all was over. */
  observed: nullable(record({ sentAt: nullable(timestamp), seenAt: timestamp })),
  /** SHA-256 over the canonical JSON of all the rest: what nobody signed was not changed by accident. */
  digest: hex(32),
});

export type EvidenceFile = Of<typeof evidenceFileForm>;

/** The digest that a file of this content bears. */
export function digestOf(content: Omit<EvidenceFile, "digest">): Hex {
  return toHex(sha256OfText(canonicalize(content)));
}

/** Short, for it is read off a screen: block, code, the chain's first digits, time of day in UTC. */
export function evidenceFileName({ code, index, createdAt, chainId }: EvidenceFile): string {
  const time = createdAt.slice("YYYY-MM-DDT".length).replaceAll(/\D/g, "");
  return `${index}-${code}-${chainId.slice(0, 4)}-${time}.json`;
}
