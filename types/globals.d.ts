/** The package's version, put in by `scripts/build.ts` in a bundle and by `vitest.config.ts` in tests. */
declare const __POS_VERSION__: string;

/** As much of WebAssembly (https://webassembly.github.io/spec/js-api/) as is used; of TypeScript's libraries only that of browsers has it. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    readonly exports: object;
    constructor(module: Module);
  }
}
