import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** End-to-end tests run what `npx pos-hub` runs: the bundles, built anew from the sources under test. */
export default function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, "..", "scripts", "build.ts")], { stdio: "inherit" });
}
