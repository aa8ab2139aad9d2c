/**
 * What an alarm leaves behind: a file that somebody else can check offline, trusting neither side. Everything that the
 * hub signed proves itself; the ledger before the failed block is pinned by the sealed block before it.
 */
import type { ChainState } from "pos-shared/chain/chain-state.ts";
import type { Network } from "pos-shared/chain/network.ts";
import { accountsOf } from "pos-shared/ledger/ledger.ts";
import { accountForm } from "pos-shared/model/account.ts";
import type { Block } from "pos-shared/model/block.ts";
import { blockForm } from "pos-shared/model/block.ts";
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
import { proposalReceiptForm, transactionReceiptForm } from "pos-shared/model/receipt.ts";
import type { Held } from "pos-shared/rules/check.ts";
import { NOTHING_HELD } from "pos-shared/rules/check.ts";
import type { AlarmFinding } from "./alarm.ts";
import type { ServedProof } from "./block-source.ts";

export const EVIDENCE_VERSION = 1;

/** Long enough for every expected and actual value that a rule names. */
const MAX_TEXT_UNITS = 4_096;
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
  chainId: hex(32),
  genesis: anything,
  /** The chain before the failed block; `block` is null where that is genesis. */
  before: record({
    block: nullable(blockForm),
    accounts: list(accountForm),
    minted: integer(),
    burned: integer(),
  }),
  /** The failed block, as it came; null where the failure is one without a block. */
  block: anything,
  /** For `blocks`: the other one of the same index. */
  otherBlock: anything,
  /** All proposals of the round where they were fetched. */
  proposals: nullable(list(anything)),
  /** Inclusion proofs of the block's proposals, where the failure is about those. */
  proofs: list(record({ position: integer(), proposal: anything, path: list(hex(32)) })),
  held: record({
    proposals: list(record({ proposal: anything, receipt: proposalReceiptForm })),
    transactions: list(record({ transaction: anything, receipt: transactionReceiptForm })),
    openings: list(openingForm),
  }),
  /** Earlier sealed blocks whose seeds the failed block's own evidence needs. */
  seedBlocks: list(blockForm),
});

export type EvidenceFile = Of<typeof evidenceFileForm>;

export interface EvidenceInput {
  readonly finding: AlarmFinding;
  readonly isProven: boolean;
  readonly network: Network;
  readonly before: ChainState;
  /** The block that left `before`; null for genesis. */
  readonly beforeBlock: Block | null;
  readonly block?: unknown;
  readonly otherBlock?: unknown;
  readonly proposals?: readonly unknown[] | undefined;
  readonly proofs?: readonly ServedProof[];
  readonly held?: Held;
}

/** @param createdAt as `YYYY-MM-DDTHH:MM:SS.sssZ` */
export function makeEvidence(input: EvidenceInput, createdAt: string): EvidenceFile {
  const { finding, isProven, network, before, beforeBlock, held = NOTHING_HELD } = input;
  const { rule: code, index, expected, actual } = finding;
  const { ledger } = before;
  return {
    kind: "pos-evidence",
    version: EVIDENCE_VERSION,
    createdAt,
    code,
    index,
    expected: clip(expected),
    actual: clip(actual),
    proven: isProven,
    chainId: network.chainId,
    genesis: network.genesis,
    before: { block: beforeBlock, accounts: accountsOf(ledger), minted: ledger.minted, burned: ledger.burned },
    block: input.block ?? null,
    otherBlock: input.otherBlock ?? null,
    proposals: input.proposals ?? null,
    proofs: input.proofs ?? [],
    held,
    seedBlocks: [],
  };
}

function clip(shown: string | number): string | number {
  return typeof shown === "string" ? shown.slice(0, MAX_TEXT_UNITS).toWellFormed() : shown;
}

export function evidenceFileName({ code, index, createdAt, chainId }: EvidenceFile): string {
  return `${chainId.slice(0, 8)}-${index}-${code}-${createdAt.replaceAll(/[:.]/g, "-")}.json`;
}
