import { join } from "node:path";
import { build } from "esbuild";
import { bundling } from "../../../scripts/build/bundling.ts";

/** The bare Ink program, bundled as ours are; the file to start. */
export async function bundleInkHello(directory: string): Promise<string> {
  await build({
    ...bundling("bench"),
    absWorkingDir: join(import.meta.dirname, ".."),
    entryPoints: ["baselines/ink-hello.tsx"],
    outdir: directory,
    outExtension: { ".js": ".mjs" },
  });
  return join(directory, "ink-hello.mjs");
}
