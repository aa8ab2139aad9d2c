import type { ClientConfig } from "../config/client-config.ts";
import type { Failure } from "./print.ts";

/** Not written yet, and says so. */
export async function blocks(_config: ClientConfig): Promise<Failure | undefined> {
  throw new Error("blocks is not part of this build");
}
