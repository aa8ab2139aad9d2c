import { ledgerRoot } from "../../ledger/ledger.ts";
import { differs, type Finding } from "../../rules/check.ts";
import type { BlockContext } from "../block-context.ts";

/** Rule `ledgerRoot`: the Merkle root over all accounts after the block (SPEC §6, §7). */
export const checkLedgerRoot = {
  rule: "ledgerRoot",
  find: ({ ledgerAfter, block }: BlockContext): Finding | undefined =>
    differs(ledgerRoot(ledgerAfter), block.ledgerRoot),
} as const;
