import { createRequire } from "node:module";
import type { Plugin } from "esbuild";

const require = createRequire(import.meta.url);

/** Loaded when something of them is first used: what TLS and compression are made of, which most programs here never use. */
const USED_LATE = ["https", "tls", "zlib"];

/**
 * Keeps Node's own modules as small in memory as they can be. `import … from "node:http"` has Node make all of its names
 * at once, and with them its whole HTTP client for `WebSocket` (14 MB); `require` leaves them alone. And ws asks for TLS
 * and compression at its start (6 MB), which are only needed for `wss:`.
 */
export const leanBuiltins: Plugin = {
  name: "lean-builtins",
  setup({ onResolve, onLoad }) {
    const namespace = "lean-builtins";
    onResolve({ filter: /^(node:)?(http|https|tls|zlib)$/ }, ({ path, importer, namespace: from }) =>
      from === namespace || importer === "" ? undefined : { path: path.replace(/^node:/, ""), namespace },
    );
    onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: USED_LATE.includes(path) ? loadedLate(path) : `module.exports = require("node:${path}");`,
      loader: "js",
    }));
  },
};

/** A module with the same names, each of which loads the true one. */
function loadedLate(name: string): string {
  const keys = Object.keys(require(`node:${name}`) as object);
  return `for (const key of ${JSON.stringify(keys)}) {
    Object.defineProperty(exports, key, { enumerable: true, get: () => require("node:${name}")[key] });
  }`;
}
