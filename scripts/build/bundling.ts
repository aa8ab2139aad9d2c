import { readFile } from "node:fs/promises";
import type { BuildOptions, Plugin } from "esbuild";
import { leanBuiltins } from "./lean-builtins.ts";

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

/** Yoga gets its WebAssembly out of a data URL by `fetch` where there is one, for which Node would load all of its HTTP client. */
const withoutFetchInYoga: Plugin = {
  name: "without-fetch-in-yoga",
  setup({ onLoad }) {
    onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => ({
      contents: `const fetch = undefined;${await readFile(path, "utf8")}`,
    }));
  },
};

/** How programs are bundled: for each of them the same. */
export function bundling(version: string) {
  return {
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
    plugins: [withoutReactDevtools, withoutSignalHandlers, withoutFetchInYoga, leanBuiltins],
    logLevel: "warning",
  } satisfies BuildOptions;
}
