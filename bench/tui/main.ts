/** `npm run bench:tui`: the screen of the released client, in a real pseudo-terminal. See docs/performance.md. */
import { runBench } from "../run/command.ts";
import { rows } from "./rows.ts";

await runBench({ script: "bench:tui", rows });
