/** `npm run bench`: every figure beside a raw baseline timed in the same run. See docs/performance.md. */
import { rows } from "./rows.ts";
import { runBench } from "./run/command.ts";

await runBench({ script: "bench", rows });
