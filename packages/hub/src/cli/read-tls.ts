import { readFileSync } from "node:fs";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { HubConfig } from "../config/hub-config.ts";
import type { GatewayOptions } from "../gateway/gateway-options.ts";
import type { HubFault } from "./hub-fault.ts";

/** Certificate and key as PEM, or null where there are none. */
export function readTls({ tls }: HubConfig): Result<GatewayOptions["tls"], HubFault> {
  if (tls === undefined) return ok(null);
  const texts: string[] = [];
  for (const file of [tls.certFile, tls.keyFile]) {
    try {
      texts.push(readFileSync(file, "utf8"));
    } catch (thrown) {
      return err({
        code: "TLS_FILE_UNREADABLE",
        file,
        reason: thrown instanceof Error ? thrown.message : String(thrown),
      });
    }
  }
  const [cert = "", key = ""] = texts;
  return ok({ cert, key });
}
