import { readFile, rm } from "node:fs/promises";
import { build } from "esbuild";

const root = new URL("..", import.meta.url);
for (const name of ["hub", "client"]) {
  const dir = new URL(`packages/${name}/`, root);
  const { version } = JSON.parse(await readFile(new URL("package.json", dir), "utf8"));
  await rm(new URL("dist", dir), { recursive: true, force: true });
  await build({
    absWorkingDir: (await import("node:url")).fileURLToPath(dir),
    entryPoints: { main: "src/cli/main.ts" },
    outdir: "dist",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    define: { __POS_VERSION__: JSON.stringify(version), "process.env.NODE_ENV": '"production"' },
  });
}
