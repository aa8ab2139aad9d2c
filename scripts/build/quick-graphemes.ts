import { join } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";

/**
 * Lets Ink and its packages measure and take apart texts with the client's own means, which are quick where a text is
 * plainly narrow and ask string-width and Intl.Segmenter where it is not.
 */
export function quickGraphemes(packageDir: string) {
  const folder = join(packageDir, "src", "ui", "format");
  const measuring: Plugin = {
    name: "quick-width",
    setup({ onResolve }) {
      onResolve({ filter: /^string-width$/ }, ({ importer }) =>
        importer.includes("node_modules") ? { path: join(folder, "ink-width.ts") } : undefined,
      );
    },
  };
  return {
    define: { "Intl.Segmenter": "QuickSegmenter" },
    inject: [join(folder, "quick-segmenter.ts")],
    plugins: [measuring],
  } satisfies BuildOptions;
}
