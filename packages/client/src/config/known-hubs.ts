/** Which network was last seen at a hub's address, so that another one there is noticed (DESIGN §10). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Hex, isHex } from "pos-shared/encoding/hex.ts";
import { hubKeyOf } from "./hub-url.ts";
import { openStore } from "./settings-file.ts";

const FILE = "hubs";

/** The chain id last seen at a hub, or null for a hub that was never met. */
export function lastChainAt(homeDir: string, hubUrl: string): Hex | null {
  const chainId = readHubs(homeDir)[hubKeyOf(hubUrl)];
  return isHex(chainId, 32) ? chainId : null;
}

/** Writes it down where it is news; the package that writes is loaded only then, as most starts bring none. */
export async function rememberChain(homeDir: string, hubUrl: string, chainId: Hex): Promise<void> {
  const key = hubKeyOf(hubUrl);
  if (readHubs(homeDir)[key] !== chainId) (await openStore(homeDir, FILE, true)).set(key, chainId);
}

/** A damaged file counts as none, and is started anew: it holds nothing that the next connection does not bring back. */
function readHubs(homeDir: string): Readonly<Record<string, unknown>> {
  try {
    const hubs: unknown = JSON.parse(readFileSync(join(homeDir, `${FILE}.json`), "utf8"));
    return typeof hubs === "object" && hubs !== null ? { ...hubs } : {};
  } catch {
    return {};
  }
}
