import { join } from "node:path";
import { build } from "esbuild";

const SUPPORT = import.meta.dirname;
const REACT_DEVTOOLS = /^react-devtools-core$/;

/** Bundles a program with a screen (Node cannot run JSX by itself) into one file, and gives its path. */
export async function bundleScreen(source: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [join(SUPPORT, source)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
    define: { __POS_VERSION__: '"0"', "process.env.NODE_ENV": '"production"' },
    plugins: [
      {
        name: "without-react-devtools",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: REACT_DEVTOOLS }, ({ path }) => ({ path, namespace: "none" }));
          onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "export default {};" }));
        },
      },
    ],
    logLevel: "warning",
  });
  return outfile;
}
