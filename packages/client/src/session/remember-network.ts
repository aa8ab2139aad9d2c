import type { Hex } from "pos-shared/encoding/hex.ts";
import type { ClientConfig } from "../config/client-config.ts";
import { rememberChain } from "../config/known-hubs.ts";
import { storageFailureOf } from "../words/storage-failures.ts";
import type { ClientEvent } from "./client-event.ts";

/** Who only watches needs no folder, and goes on; who needs one for an identity is told so by that. */
export async function rememberNetwork(
  { homeDir, hubUrl }: ClientConfig,
  chainId: Hex,
  emit: (event: ClientEvent) => void,
): Promise<void> {
  try {
    await rememberChain(homeDir, hubUrl, chainId);
  } catch (error) {
    const message = `which network is at this address is not remembered (${storageFailureOf(error)})`;
    emit({ event: "notice", message });
  }
}
