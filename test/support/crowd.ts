import { join } from "node:path";
import type { CrowdEvent, CrowdOrder } from "./crowd-process.ts";
import { Events } from "./events.ts";
import { Program } from "./program.ts";
import { temporaryHome } from "./temporary-home.ts";

const script = join(import.meta.dirname, "crowd-process.ts");

/** Many validators in one other process; its events say when all are in, and how each winner reached them. */
export function startCrowd(order: CrowdOrder): Events<CrowdEvent> {
  return new Events<CrowdEvent>(new Program(script, [JSON.stringify(order)], { home: temporaryHome() }));
}
