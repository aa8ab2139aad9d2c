import { readFileSync } from "node:fs";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { HubConfig } from "../config/hub-config.ts";
import { token } from "../config/values.ts";
import type { HubFault } from "./hub-fault.ts";

/** The join token, or null where there is none; a file's may have a line's end after it. */
export function readToken({ token: given, tokenFile: file }: HubConfig): Result<string | null, HubFault> {
  if (file === undefined) return ok(given ?? null);
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (thrown) {
    return err({ code: "TOKEN_FILE_WRONG", file, reason: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  const parsed = token(text);
  return parsed.ok ? parsed : err({ code: "TOKEN_FILE_WRONG", file, reason: `it must hold ${parsed.error}` });
}
