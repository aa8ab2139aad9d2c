import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { ConfigFault } from "./config-fault.ts";
import type { Variables } from "./home-dir.ts";

/** The variables of `.env` in a directory; none where there is no such file (the tutorial's program refused to start). */
export function readDotenv(directory: string): Result<Variables, ConfigFault> {
  const file = join(directory, ".env");
  try {
    return ok(parseEnv(readFileSync(file, "utf8")));
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
    // Python keeps its virtual environments in a directory of this name.
    if (["ENOENT", "EISDIR", "ENOTDIR"].includes(code)) return ok({});
    return err({ code: "UNREADABLE_FILE", source: file, actual: code });
  }
}
