/** What an HTTP request costs, in tokens of its address's budget. */
import type { HubPort } from "../../sequencer/hub-port.ts";

export const USUAL_COST = 1;
/** About a millisecond of the hub's time or more, or a mebibyte to send. */
export const PAGE_COST = 10;

const BYTES_A_TOKEN = (1024 * 1024) / PAGE_COST;

/** One block, by its bytes: mostly as little as any answer, and as much as a page where it is as large. */
export function priceOfBlock(hub: Pick<HubPort, "sizeOfBlock">, indexText: string): number {
  const index = Number(indexText);
  return Number.isSafeInteger(index) ? USUAL_COST + Math.floor(hub.sizeOfBlock(index) / BYTES_A_TOKEN) : USUAL_COST;
}
