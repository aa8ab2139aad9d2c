import type { ClientConfig } from "../config/client-config.ts";

/** Not written yet, and says so. */
export async function run(_config: ClientConfig): Promise<void> {
  throw new Error("run is not part of this build");
}
