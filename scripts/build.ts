// Bundles both programs into packages/*/dist, so that a packed program needs no other package.
// Run by `npm ci` (prepare), `npm run build` and before the end-to-end tests; several may run at once.
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build, type Metafile } from "esbuild";
import { bundling } from "./build/bundling.ts";
import { keptLines } from "./build/kept-lines.ts";
import { quickGraphemes } from "./build/quick-graphemes.ts";
import { thirdPartyNotices } from "./build/third-party-notices.ts";

const root = join(import.meta.dirname, "..");

type Program = {
  dir: string;
  /** Output name without extension → source. All outputs lie in one folder: `new URL("./name.js", import.meta.url)` finds a worker from any of them. */
  entries: Record<string, string>;
  /** Has it a screen? */
  hasScreen: boolean;
  /** Packages that may only be loaded by a dynamic import, for a fast start without them. */
  lazy: string[];
};

const SODIUM = ["libsodium-wrappers-sumo", "libsodium-sumo"];

const programs: Program[] = [
  { dir: "packages/hub", entries: { main: "src/cli/main.ts" }, hasScreen: false, lazy: SODIUM },
  {
    dir: "packages/client",
    entries: { main: "src/cli/main.ts", "check-worker": "src/replica/checking/check-worker.ts" },
    hasScreen: true,
    lazy: ["ink", "react", "react-reconciler", ...SODIUM],
  },
];

async function bundle({ dir, entries, hasScreen, lazy }: Program): Promise<void> {
  const packageDir = join(root, dir);
  const { version } = JSON.parse(await readFile(join(packageDir, "package.json"), "utf8"));
  const usual = bundling(version);
  const screen = hasScreen ? quickGraphemes(packageDir) : undefined;
  const { metafile, outputFiles } = await build({
    absWorkingDir: packageDir,
    entryPoints: entries,
    outdir: "dist",
    chunkNames: "[name]-[hash]",
    ...usual,
    define: { ...usual.define, ...screen?.define },
    inject: screen?.inject ?? [],
    plugins: [...usual.plugins, ...(screen?.plugins ?? []), ...(hasScreen ? [keptLines(packageDir)] : [])],
    metafile: true,
    write: false,
  });
  for (const name of Object.keys(entries)) refuseEager(metafile, `dist/${name}.js`, lazy);
  const files = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  const notices = await thirdPartyNotices(packageDir, metafile);
  files.set(join(packageDir, "dist", "THIRD-PARTY-NOTICES.txt"), Buffer.from(notices));
  await writeDist(join(packageDir, "dist"), files);
}

/** Throws where `entry` loads a lazy package by itself, not through a dynamic import. */
function refuseEager(metafile: Metafile, entry: string, lazy: string[]): void {
  const reached = new Set([entry]);
  for (const path of reached) {
    const output = metafile.outputs[path];
    for (const input of Object.keys(output?.inputs ?? {})) {
      const found = lazy.find((name) => input.includes(`node_modules/${name}/`));
      if (found !== undefined)
        throw new Error(`${entry} loads ${found} at its start (${input}): import it dynamically`);
    }
    for (const { path: next, kind, external } of output?.imports ?? []) {
      if (kind === "import-statement" && !external) reached.add(next);
    }
  }
}

/** Each file appears whole, entries last, so that a program started meanwhile finds either build. */
async function writeDist(dist: string, files: Map<string, Uint8Array>): Promise<void> {
  const unfinished = `${dist}-${process.pid}.tmp`;
  await mkdir(dist, { recursive: true });
  await mkdir(unfinished, { recursive: true });
  try {
    const chunksFirst = [...files].sort(([a], [b]) => Number(isChunk(b)) - Number(isChunk(a)));
    for (const [path, contents] of chunksFirst) {
      if ((await readFile(path).catch(() => undefined))?.equals(contents)) continue;
      await writeFile(join(unfinished, basename(path)), contents);
      await rename(join(unfinished, basename(path)), path);
    }
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  for (const name of await readdir(dist)) {
    if (!files.has(join(dist, name))) await rm(join(dist, name), { recursive: true, force: true });
  }
}

const isChunk = (path: string) => /-[A-Z0-9]{8}\.js$/.test(path);

await Promise.all(programs.map(bundle));
