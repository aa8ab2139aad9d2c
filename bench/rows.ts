import { append } from "./rows/append.ts";
import { drawWork } from "./rows/draw-work.ts";
import { fanOut } from "./rows/fan-out.ts";
import { proposals } from "./rows/proposals.ts";
import { restart } from "./rows/restart.ts";
import type { Row } from "./run/row.ts";

/** In the order of the table. */
export const rows: readonly Row[] = [fanOut, proposals, drawWork, append, restart];
