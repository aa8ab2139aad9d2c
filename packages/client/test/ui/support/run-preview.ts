// Bundles and starts the preview; options are handed on.
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleScreen } from "./bundle.ts";

const program = await bundleScreen("preview.tsx", join(tmpdir(), `pos-preview-${process.pid}.mjs`));
const child = spawn(process.execPath, [program, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, POS_PREVIEW_NOW_MS: String(Date.now()) },
});
child.on("exit", (code) => process.exit(code ?? 1));
