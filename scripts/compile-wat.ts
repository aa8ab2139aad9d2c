// `node scripts/compile-wat.ts`: makes the modules that are kept in the repository of their WebAssembly sources, next to them.
// A test of each holds the two against each other.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import openWabt from "wabt";

const sources = ["packages/shared/src/encoding/byte-runs.wat"];

/** The bytes of the module, in base64. */
export async function compileWat(path: string): Promise<string> {
  const { parseWat } = await openWabt();
  const module = parseWat(basename(path), readFileSync(path, "utf8"));
  try {
    return Buffer.from(module.toBinary({}).buffer).toString("base64");
  } finally {
    module.destroy();
  }
}

if (import.meta.main) {
  for (const source of sources) {
    const path = join(import.meta.dirname, "..", source);
    const text = `/** Made of ${basename(path)} by scripts/compile-wat.ts. */\nexport const wasm =\n  "${await compileWat(path)}";\n`;
    writeFileSync(path.replace(/\.wat$/, ".wasm.ts"), text);
  }
}
