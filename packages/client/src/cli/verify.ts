import type { ClientConfig } from "../config/client-config.ts";

/** Not written yet, and says so. */
export async function verify(_config: ClientConfig): Promise<void> {
  throw new Error("verify is not part of this build");
}
