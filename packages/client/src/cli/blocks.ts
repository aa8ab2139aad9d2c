import type { ClientConfig } from "../config/client-config.ts";

/** Not written yet, and says so. */
export async function blocks(_config: ClientConfig): Promise<void> {
  throw new Error("blocks is not part of this build");
}
