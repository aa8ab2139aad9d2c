import { hash } from "node:crypto";
import type { Block } from "pos-shared/model/block.ts";

/**
 * The least that checking links can be: parse a block, put its header's canonical text together field by field, hash it.
 * A program for this one form only, which trusts that it has it.
 */
export function checkLinks(texts: readonly string[], chainId: string, tip: string): string {
  let prevHash = tip;
  for (const text of texts) {
    const b: Block = JSON.parse(text);
    const { beacon, eligibleStake, seed, stake } = b.draw;
    const p = b.proposal;
    if (p === null) throw new Error("a block without a winner");
    const header = `{"bpm":${b.bpm},"draw":{"beacon":{"output":"${beacon.output}","proof":"${beacon.proof}"},"eligibleStake":${eligibleStake},"seed":"${seed}","stake":${stake}},"index":${b.index},"ledgerRoot":"${b.ledgerRoot}","prevHash":"${b.prevHash}","proposal":{"bpm":${p.bpm},"claim":{"output":"${p.claim.output}","proof":"${p.claim.proof}"},"prevHash":"${p.prevHash}","publicKey":"${p.publicKey}","round":${p.round},"signature":"${p.signature}"},"proposalCount":${b.proposalCount},"proposalsRoot":"${b.proposalsRoot}","round":${b.round},"timestamp":"${b.timestamp}","transactionCount":${b.transactionCount},"transactionsRoot":"${b.transactionsRoot}","validator":"${b.validator}"}`;
    const found = hash("sha256", `pos/block/v1\0${chainId}${header}`, "hex");
    if (found !== b.hash || b.prevHash !== prevHash) throw new Error(`block ${b.index} does not fit`);
    prevHash = found;
  }
  return prevHash;
}
