import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Block } from "pos-shared/model/block.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { startHub } from "./hub.ts";
import type { Ended } from "./program.ts";
import { run } from "./run.ts";
import { temporaryHome } from "./temporary-home.ts";
import { sealRound, startValidator } from "./validator.ts";

/** What `pos-hub export` writes: genesis, then a block a line. */
export interface ExportedChain {
  readonly chainId: string;
  readonly genesis: Genesis;
  readonly blocks: readonly Block[];
}

/** A chain of a real hub with two validators and some blocks, as its operator exports it. */
export async function exportChain(): Promise<ExportedChain> {
  const home = temporaryHome();
  const hub = await startHub({ home, round: "300ms" });
  const two = [await startValidator(hub, 100), await startValidator(hub, 200)] as const;
  for (let i = 0; i < 4; i++) await sealRound(two, (position) => 60 + 10 * position + i);
  await hub.stop();
  const { code, stdout } = await run("pos-hub", ["export"], { home });
  if (code !== 0) throw new Error("the export failed");
  const [first, ...blocks] = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { chainId: hub.chainId, genesis: first.genesis, blocks };
}

/** What `pos-client verify` says of such a file. `change`: what is done to its text. */
export async function verifyExport(
  { genesis, blocks }: Pick<ExportedChain, "genesis" | "blocks">,
  args: readonly string[] = [],
  change: (text: string) => string = (text) => text,
): Promise<Ended> {
  const home = temporaryHome();
  const file = join(home, "chain.jsonl");
  writeFileSync(file, change([{ genesis }, ...blocks].map((line) => `${JSON.stringify(line)}\n`).join("")));
  return await run("pos-client", ["verify", file, ...args], { home });
}
