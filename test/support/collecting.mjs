// Loaded before a program (NODE_OPTIONS=--expose-gc --import): at SIGUSR2 it collects all garbage, and adds a line to a
// file with the bytes that it then holds: in its heap, and outside of it (buffers, WebAssembly).
import { appendFileSync } from "node:fs";

const { POS_TEST_HELD_FILE: file } = process.env;

process.on("SIGUSR2", () => {
  // What a first pass finds to be finalized, a second one frees.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  appendFileSync(file, `${heapUsed + external}\n`);
});
