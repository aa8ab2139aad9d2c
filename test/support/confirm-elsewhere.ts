import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";
import { temporaryHome } from "./temporary-home.ts";

export interface Confirmation {
  readonly rule: string;
  readonly index: number;
  readonly proven: boolean;
  readonly needsChain: number | null;
  readonly chainId: string;
}

/** Somebody else, who never met this hub and does not reach it, checks the evidence from a copy of the file. */
export async function confirmElsewhere(evidence: string): Promise<Confirmation> {
  const home = temporaryHome();
  const folder = join(home, "from-a-friend");
  mkdirSync(folder);
  const copy = join(folder, "evidence.json");
  cpSync(evidence, copy);
  const { code, stdout, stderr } = await run("pos-client", ["verify", copy, "--json"], { home });
  if (code !== 0) throw new Error(`not confirmed: ${stdout} ${stderr}`);
  return JSON.parse(stdout).evidence;
}
