import type { Row } from "../run/row.ts";
import { firstFrame } from "./rows/first-frame.ts";
import { idle } from "./rows/idle.ts";
import { join } from "./rows/join.ts";
import { keys } from "./rows/keys.ts";
import { memory } from "./rows/memory.ts";

/** In the order of the table. */
export const rows: readonly Row[] = [firstFrame, idle, keys, memory, join];
