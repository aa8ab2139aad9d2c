/** The package's version, put in by `scripts/build.ts` in a bundle and by `vitest.config.ts` in tests. */
declare const __POS_VERSION__: string;
