import { hex, integer, type Of, record, timestamp } from "./form.ts";

export const openingForm = record({ round: integer(1), prevHash: hex(32), closesAt: timestamp, signature: hex(64) });
/** The hub's signed announcement of a round; `closesAt` becomes the timestamp of its block (SPEC §4). */
export type Opening = Of<typeof openingForm>;
