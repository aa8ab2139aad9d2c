import type { Network } from "pos-shared/chain/network.ts";
import { openNetwork } from "pos-shared/chain/network.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { isSealedBlock } from "pos-shared/evidence/dishonest-hub.ts";
import { sealedHeaderOf } from "pos-shared/model/block.ts";
import { checkpointPath, readCheckpoint } from "../replica/checkpoint-file.ts";
import type { KnownTip, OwnChain } from "../replica/compare-tips.ts";
import { TipFolder } from "../session/tip-folder.ts";

/** Everything that this machine's panes have verified of a chain: the checkpoint, and the tips that came after it. */
export async function readOwnChain(homeDir: string, chainId: Hex, genesis: unknown): Promise<OwnChain | undefined> {
  const read = readCheckpoint(checkpointPath(homeDir, chainId), chainId);
  const checkpoint = read.ok ? read.value : undefined;
  const folder = new TipFolder(homeDir, chainId);
  const network = checkpoint?.network ?? openOnly(genesis, chainId) ?? openOnly(await folder.readGenesis(), chainId);
  if (network === undefined) return undefined;
  const tips: KnownTip[] = [];
  for (const name of await folder.list()) {
    const tip = await folder.read(name);
    if (tip !== undefined && isSealedBlock(network.genesis, chainId, tip.block)) tips.push(tip);
  }
  if (checkpoint !== undefined && !tips.some(({ block }) => block.hash === checkpoint.block.hash)) {
    tips.push({ block: sealedHeaderOf(checkpoint.block), opening: null });
  }
  tips.sort((a, b) => a.block.index - b.block.index);
  const hashAt = (index: number): Hex | undefined => {
    const columns = checkpoint?.columns;
    if (columns !== undefined && index >= 1 && index <= columns.length) return columns.hashAt(index);
    return tips.find(({ block }) => block.index === index)?.block.hash;
  };
  return { network, hashAt, tips };
}

function openOnly(genesis: unknown, chainId: Hex): Network | undefined {
  const opened = openNetwork(genesis);
  return opened.ok && opened.value.chainId === chainId ? opened.value : undefined;
}
