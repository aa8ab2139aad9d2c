// Bundles both programs into packages/*/dist, so that a packed program needs no other package.
// Run by `npm ci` (prepare), `npm run build` and before the end-to-end tests; several may run at once.
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { thirdPartyNotices } from "./build/third-party-notices.ts";

const root = join(import.meta.dirname, "..");

type Program = {
  dir: string;
  /** Output name without extension → source. All outputs lie in one folder: `new URL("./name.js", import.meta.url)` finds a worker from any of them. */
  entries: Record<string, string>;
  /** Packages that may only be loaded by a dynamic import, for a fast start without them. */
  lazy: string[];
};

const programs: Program[] = [
  { dir: "packages/hub", entries: { main: "src/cli/main.ts" }, lazy: [] },
  { dir: "packages/client", entries: { main: "src/cli/main.ts" }, lazy: ["ink", "react", "react-reconciler"] },
];

/** Ink asks for React's debugger in development only; it is neither installed nor wanted in a bundle. */
const withoutReactDevtools: Plugin = {
  name: "without-react-devtools",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: "without-react-devtools" }));
    onLoad({ filter: /.*/, namespace: "without-react-devtools" }, () => ({
      contents: "export default { initialize() {}, connectToDevTools() {} };",
    }));
  },
};

/** The package under conf clears up at exit, which is wanted, and ends the program itself on a signal, before it has. */
const withoutSignalHandlers: Plugin = {
  name: "without-signal-handlers",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^when-exit$/ }, ({ path }) => ({ path, namespace: "without-signal-handlers" }));
    onLoad({ filter: /.*/, namespace: "without-signal-handlers" }, () => ({
      contents: `export default function whenExit(callback) {
        process.once("exit", callback);
        return () => process.off("exit", callback);
      }`,
    }));
  },
};

async function bundle({ dir, entries, lazy }: Program): Promise<void> {
  const packageDir = join(root, dir);
  const { version } = JSON.parse(await readFile(join(packageDir, "package.json"), "utf8"));
  const { metafile, outputFiles } = await build({
    absWorkingDir: packageDir,
    entryPoints: entries,
    outdir: "dist",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    // Optional native speed-ups of ws, which it does without where they are missing.
    external: ["bufferutil", "utf-8-validate"],
    banner: {
      // CommonJS packages in an ES module bundle still call require for Node's own modules.
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
    define: { __POS_VERSION__: JSON.stringify(version), "process.env.NODE_ENV": '"production"' },
    plugins: [withoutReactDevtools, withoutSignalHandlers],
    metafile: true,
    write: false,
    logLevel: "warning",
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
