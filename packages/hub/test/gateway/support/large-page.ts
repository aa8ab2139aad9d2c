import type { BlockPage } from "../../../src/sequencer/hub-port.ts";

/** A page of blocks of so many bytes. Nobody looks into it. */
export function largePage(bytes: number): BlockPage {
  return { count: 1, text: Buffer.from(JSON.stringify("x".repeat(bytes))) };
}
