import { type ChainState, genesisState, tipAfter } from "pos-shared/chain/chain-state.ts";
import type { Network } from "pos-shared/chain/network.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { isSealedBlock } from "pos-shared/evidence/dishonest-hub.ts";
import type { SeedAfter } from "pos-shared/evidence/false-claim.ts";
import { genesisLedger, type Ledger, ledgerRoot, restoreLedger } from "pos-shared/ledger/ledger.ts";
import type { SealedHeader } from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import { proposalForm } from "pos-shared/model/proposal.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { EvidenceFile } from "./evidence-file.ts";
import { evidenceTips } from "./evidence-tips.ts";
import { isFarFromTokenLimit } from "./token-bounds.ts";

/** The chain before the failed block, from elsewhere: replayed from genesis on. */
export interface KnownChain {
  readonly state: ChainState;
  readonly seedAfter: SeedAfter;
}

/** What evidence is judged on, or up to which block the chain is needed to judge it at all. */
export type Ground =
  | { readonly kind: "ground"; readonly state: ChainState; readonly seedAfter: SeedAfter }
  | { readonly kind: "needsChain"; readonly index: number };

/**
 * The chain before the failed block, pinned by the sealed block before it: its ledger root, hash, and seed. A chain that
 * is known takes the place of what the file says. An error, in words, where the file does not hold together.
 */
export function groundOf(
  file: EvidenceFile,
  network: Network,
  needsLedger: boolean,
  chain: KnownChain | undefined,
): Result<Ground, string> {
  const { before, accounts } = file;
  if (before === null && accounts !== null) return err("it holds accounts, but no block that bears their root");
  const header = before === null ? null : readSealed(before, network);
  if (header === undefined) return err("the hub did not seal the block before");
  const seeds = seedsOf(file, network);
  if (!seeds.ok) return seeds;
  const expectedTip = header?.hash ?? network.chainId;
  if (chain !== undefined) {
    if (chain.state.tip.hash !== expectedTip) return err("the chain given is not the one that it speaks of");
    return ok({ kind: "ground", ...chain });
  }
  if (header === null) return ok({ kind: "ground", state: genesisState(network), seedAfter: seeds.value });
  const tip = tipAfter(network, header);
  if (accounts === null) {
    if (needsLedger) return ok({ kind: "needsChain", index: header.index });
    return ok({ kind: "ground", state: { tip, ledger: genesisLedger(network.genesis) }, seedAfter: seeds.value });
  }
  const ledger = ledgerOf(file, header);
  if (ledger === undefined) return err("its accounts are not those after the block before");
  if (!isFarFromTokenLimit(network, accounts, header.index, transactionsIn(file.block))) {
    return ok({ kind: "needsChain", index: header.index });
  }
  return ok({ kind: "ground", state: { tip, ledger }, seedAfter: seeds.value });
}

/** A sealed header whose proposal has its form, so that its seed can be worked out. */
export function readSealed(value: EvidenceFile["before"], { genesis, chainId }: Network): SealedHeader | undefined {
  if (value === null || !isSealedBlock(genesis, chainId, value)) return undefined;
  const { proposal } = value;
  return proposal === null || conforms(proposalForm, proposal) ? { ...value, proposal } : undefined;
}

/** How many tokens were ever minted and burned stands nowhere; far from their limit only the difference matters. */
function ledgerOf({ accounts }: EvidenceFile, { ledgerRoot: root }: SealedHeader): Ledger | undefined {
  const restored = restoreLedger(accounts ?? [], 0, 0);
  if (ledgerRoot(restored) !== root) return undefined;
  const { liquid, bonded, activating, unbonding } = restored.totals;
  return { ...restored, minted: liquid + bonded + activating + unbonding };
}

function transactionsIn(block: unknown): number {
  const transactions = typeof block === "object" && block !== null && "transactions" in block ? block.transactions : [];
  return Array.isArray(transactions) ? transactions.length : 0;
}

/** Seeds of older blocks that evidence in the failed block, or in a lost transaction, speaks of; and of no others. */
function seedsOf({ seedBlocks, block, held }: EvidenceFile, network: Network): Result<SeedAfter, string> {
  const needed = new Set([
    ...evidenceTips(block),
    ...evidenceTips({ transactions: held.transactions.map(({ transaction }) => transaction) }),
  ]);
  const seeds = new Map<Hex, Hex>();
  for (const value of seedBlocks) {
    const header = readSealed(value, network);
    if (header === undefined) return err("the hub did not seal one of the older blocks in it");
    if (!needed.has(header.hash)) return err("it holds an older block that nothing in it speaks of");
    seeds.set(header.hash, network.rule.nextSeed(network.chainId, header));
  }
  return ok((hash) => seeds.get(hash));
}
