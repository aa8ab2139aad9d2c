import { append } from "./rows/append.ts";
import { catchUp } from "./rows/catch-up.ts";
import { drawWork } from "./rows/draw-work.ts";
import { fanOut } from "./rows/fan-out.ts";
import { fullVerification } from "./rows/full-verification.ts";
import { growth } from "./rows/growth.ts";
import { idle } from "./rows/idle.ts";
import { memory } from "./rows/memory.ts";
import { proposals } from "./rows/proposals.ts";
import { restart } from "./rows/restart.ts";
import { round } from "./rows/round.ts";
import { seal } from "./rows/seal.ts";
import { sockets } from "./rows/sockets.ts";
import { start } from "./rows/start.ts";
import type { Row } from "./run/row.ts";

/** In the order of the table. */
export const rows: readonly Row[] = [
  fanOut,
  memory,
  sockets,
  proposals,
  seal,
  drawWork,
  append,
  restart,
  catchUp,
  fullVerification,
  idle,
  growth,
  start,
  round,
];
