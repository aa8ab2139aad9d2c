import { leafHash, merkleRoot } from "../../crypto/merkle.ts";
import { type Check, differs } from "../../rules/check.ts";

/** Rule `transactionsRoot`: the Merkle root over the transactions in order (SPEC §6, §7). */
export const checkTransactionsRoot: Check = {
  rule: "transactionsRoot",
  find: ({ block }) => differs(merkleRoot(block.transactions.map(leafHash)), block.transactionsRoot),
};
